"""Reading one worksheet's part (ECMA-376 part 1, 18.3.1.99) in a single pass.

The two methods that expat calls for every tag are written for speed: a return has some 4,000 cells, a night's batch
two thousand returns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from icsassess.excel import oddities, sheet_values
from icsassess.excel.addresses import LAST_COLUMN, LAST_ROW, column_number, parse_address
from icsassess.excel.blank_rows import without_blank_rows
from icsassess.excel.cell_formats import PLAIN, CellFormat
from icsassess.excel.cells import Cell, Kind, Value
from icsassess.excel.formulas import SharedFormulas, link_within
from icsassess.excel.limits import Meter
from icsassess.excel.number_formats import Shape
from icsassess.excel.oddities import Oddities
from icsassess.excel.plain_elements import without_taken
from icsassess.excel.plain_rows import PlainRows
from icsassess.excel.shared_strings import RichText
from icsassess.excel.sheet_frame import SheetFrame
from icsassess.excel.sheet_tables import Tables
from icsassess.excel.unreadable import Reason, Unreadable
from icsassess.excel.xml_parts import PartReader, parse

_TEXT, _NUMBER, _EMPTY = Kind.TEXT, Kind.NUMBER, Kind.EMPTY
_ERROR, _NOT_CALCULATED = Kind.ERROR, Kind.NOT_CALCULATED
_DIGITS = "0123456789"
_DEPTH_OF_ROWS = 2  # elements around a row: worksheet and sheetData
_CELL_BYTES = 320
"""About what a kept cell takes: itself, its place and its share of the dictionary."""


class SheetReader(PartReader):
    """Collects the cells of a worksheet; everything around the cells goes to its frame.

    Its tags come from the parser, or whole rows from ``PlainRows``.
    """

    def __init__(self, meter: Meter, tables: Tables) -> None:
        super().__init__(meter)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.frame = SheetFrame(meter)
        self.oddities = Oddities()
        self.tables = tables
        self._formats = tables.formats_by_number
        self._texts = tables.strings.texts
        self._struck = tables.strings.struck
        self._columns: dict[str, int] = {}
        self.row = 0
        self._row_text = ""
        self._column = 0
        self._skipped: str | None = None
        self.last_value_row = 0
        self._seen = 0
        self._counted = 0
        self._among_rows = False
        self._in_row = False
        self._cell: dict[str, str] | None = None
        self._raw: str | None = None
        self._rich: RichText | None = None
        self._formula: tuple[dict[str, str], str] | None = None
        self._formula_attributes: dict[str, str] = {}
        self._formulas = SharedFormulas(meter.limits.formats)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called by expat for each start tag."""
        if name == "c":
            if self._cell is not None:
                raise Unreadable(Reason.DAMAGED, "a cell lies within another cell")
            self._cell = attributes
            self._raw = None
        elif name == "v":
            if self.keeps_text:
                raise Unreadable(Reason.DAMAGED, "a value lies within another value")
            self.begin_text()
        elif name == "row":
            self._start_row(attributes)
        else:
            self.go_deeper()
            self._start_other(name, attributes)

    def end(self, name: str) -> None:
        """Called by expat for each end tag."""
        if name == "v":
            self._raw = "".join(self.pieces)
            self.keeps_text = False
        elif name == "c":
            if self._raw is None and self._rich is None and self._formula is None:
                self._end_blank()
            else:
                self._end_cell()
            self._cell = None
        elif name == "row":
            self.end_row()
        else:
            self.depth -= 1
            self._end_other(name)

    def is_far_below(self) -> bool:
        """Say whether the last value is so far above that blank rows need not be read; takes that down as a remark."""
        if self.row - self.last_value_row <= self.meter.limits.blank_rows_read:
            return False
        self.oddities.note(
            f"row {self.last_value_row + self.meter.limits.blank_rows_read} and below", oddities.ROWS_LEFT_OUT
        )
        return True

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._in_row:
            raise Unreadable(Reason.DAMAGED, "a row lies within another row")
        self._in_row = True
        text = attributes.get("r", "").strip()
        number = int(text) if text.isdecimal() and len(text) < 8 else 0
        if not 1 <= number <= LAST_ROW:
            number = self.row + 1
            if number > LAST_ROW:
                raise Unreadable(Reason.DAMAGED, "it has more rows than a sheet can have")
            if text:
                self.oddities.note("row " + text[:10], oddities.NO_ADDRESS)
            self.row = number - 1
        self.begin_row(number, attributes)
        self._row_text = str(number)
        self._column = 0
        self._skipped = None

    @property
    def between_rows(self) -> bool:
        """Whether another row may begin here."""
        return self._among_rows and self.depth == _DEPTH_OF_ROWS and not self._in_row and self._cell is None

    def begin_row(self, number: int, attributes: dict[str, str]) -> None:
        """A row with a number begins."""
        if number <= self.row:
            self.oddities.note(f"row {number}", oddities.OUT_OF_ORDER if number < self.row else oddities.REPEATED)
        self.row = number
        if attributes:
            self.frame.row(number, attributes)

    def seen(self, count: int) -> None:
        """So many cells were met, blank ones too."""
        self._seen += count

    def end_row(self) -> None:
        """A row ends: what it holds is counted."""
        self._in_row = False
        self._count_seen()
        count = len(self.cells) - self._counted
        if count:
            self._counted += count
            self.meter.held(count * _CELL_BYTES)

    def _end_blank(self) -> None:
        """A cell without a value: kept only for its colour."""
        cell = self._cell
        if cell is None:
            return
        self._seen += 1
        cell_format = self._formats.get(cell.get("s"), PLAIN)
        reference = cell.get("r")
        if cell_format[0] is None and reference is not None:
            self._skipped = reference
            return
        key = self._position(cell)
        if cell_format[0] is not None:
            self.keep_blank(key, cell_format[0])

    def keep_blank(self, key: tuple[int, int], fill: str) -> None:
        """Keep a cell that has nothing but a colour."""
        limits = self.meter.limits
        if key in self.cells and self.cells[key].value is not None:
            return
        if key[1] > limits.blank_columns or key[0] - self.last_value_row > limits.blank_rows:
            self.oddities.note(key, oddities.COLOURS_LEFT_OUT)
            return
        self.cells[key] = Cell(key[0], key[1], None, _EMPTY, fill)

    def _count_seen(self) -> None:
        limits = self.meter.limits
        if self._seen > limits.cells_seen or len(self.cells) > limits.cells:
            raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {limits.cells:,} cells")

    def _end_cell(self) -> None:
        cell = self._cell
        if cell is None:
            return
        self._seen += 1
        raw = self._raw
        cell_format = self._formats.get(cell.get("s"), PLAIN)
        fill, shape, struck = cell_format
        # The address, the quick way: known letters and the row's own number.
        reference = cell.get("r", "")
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None or reference[len(letters) :] != self._row_text:
            key = self._position(cell)
        else:
            self._column = column
            self._skipped = None
            key = (self.row, column)
        sort = cell.get("t")
        if self._formula is not None or self._rich is not None or raw is None:
            self._end_rare_cell(key, cell_format, sort)
            return
        value, kind, run_struck = self.value_of(key, raw, sort, shape)
        self.keep(key, value, kind, fill, struck or run_struck)

    def value_of(self, key: tuple[int, int], raw: str, sort: str | None, shape: Shape) -> tuple[Value, Kind, bool]:
        """Give a cell's value, its kind, and whether a run of its text is struck through."""
        if sort == "s":
            return self._shared_text(raw, key)
        value, kind, wrong = sheet_values.typed_value(raw, sort or "n", shape, self.tables.from_1904)
        if wrong:
            self.oddities.note(key, "holds " + wrong)
        if kind is _TEXT:
            self.meter.held(sys.getsizeof(value))
        return value, kind, False

    def _shared_text(self, raw: str, key: tuple[int, int]) -> tuple[str, Kind, bool]:
        try:
            index = int(raw)
        except ValueError:
            index = -1
        if 0 <= index < len(self._texts):
            return self._texts[index], _TEXT, index in self._struck
        self.oddities.note(key, oddities.NO_STRING)
        return "#REF!", _ERROR, False

    def _end_rare_cell(self, key: tuple[int, int], cell_format: CellFormat, sort: str | None) -> None:
        """A cell with a formula or with its text within itself."""
        raw, rich, fill, struck = self._raw, self._rich, cell_format.fill, cell_format.struck
        formula = None if self._formula is None else self._formulas.text(*self._formula, key)
        self._rich = self._formula = None
        value: Value
        if rich is not None and (sort == "inlineStr" or raw is None):
            value, kind, wrong = rich.text(), _TEXT, ""
            struck = struck or rich.struck
        elif raw is None or (not raw and sort != "str"):
            if formula is None:
                return
            self.keep(key, "=" + formula, _NOT_CALCULATED, fill, struck, None)
            return
        elif sort == "s":
            value, kind, run_struck = self._shared_text(raw, key)
            struck, wrong = struck or run_struck, ""
        else:
            value, kind, wrong = sheet_values.typed_value(raw, sort or "n", cell_format.shape, self.tables.from_1904)
        if wrong:
            self.oddities.note(key, "holds " + wrong)
        self.meter.held(sys.getsizeof(value) + (len(formula) if formula else 0))
        self.keep(key, value, kind, fill, struck, formula)

    def keep(
        self,
        key: tuple[int, int],
        value: Value,
        kind: Kind,
        fill: str | None,
        struck: bool,
        formula: str | None = None,
    ) -> None:
        """Keep a cell; one without text only where it has a colour or a formula."""
        cells = self.cells
        if value == "" and kind is _TEXT:
            if (fill is None and formula is None) or (key in cells and cells[key].value is not None):
                return
            value, kind, struck = None, _EMPTY, False
        elif key in cells and cells[key].value is not None:
            self.oddities.note(key, oddities.REPEATED)
        if self.text_was_cut:
            self.text_was_cut = False
            self.oddities.note(key, oddities.TEXT_CUT)
        self.last_value_row = key[0]
        link = None
        if formula is not None or kind is _NOT_CALCULATED:
            link = link_within(formula or str(value)[1:])
        cells[key] = Cell(key[0], key[1], value, kind, fill, None, link, struck, formula)

    def _position(self, cell: dict[str, str]) -> tuple[int, int]:
        """Give the place of a cell whose address is missing, odd, or met for the first time."""
        if self._skipped is not None:
            skipped, self._skipped = self._skipped, None
            self._position({"r": skipped})
        reference = cell.get("r")
        row, column = self.row, 0
        if reference is not None:
            letters = reference.rstrip(_DIGITS)
            try:
                if reference[len(letters) :] == self._row_text:
                    column = self._columns[letters] = column_number(letters)
                else:
                    row, column = parse_address(reference)
            except ValueError:
                self.oddities.note(reference[:20], oddities.NO_ADDRESS)
        if not column:
            column = self._column + 1
            if column > LAST_COLUMN or not row:
                raise Unreadable(Reason.DAMAGED, "it has more columns than a sheet can have")
        self._column = column
        return row, column

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is None:
            self._among_rows = name == "sheetData" and self.depth == _DEPTH_OF_ROWS
            self.frame.opened(name, attributes)
        elif name == "f":
            self._formula_attributes = attributes
            self.begin_text()
        elif name == "is":
            self._rich = RichText()
        elif self._rich is not None:
            if name == "t":
                self.begin_text()
            self._rich.opened(name, attributes)

    def _end_other(self, name: str) -> None:
        if self._cell is None:
            self._among_rows = False
            self.frame.closed(name)
        elif name == "f":
            self._formula = (self._formula_attributes, "".join(self.pieces))
            self.keeps_text = False
        elif self._rich is not None:
            if name == "t":
                self.keeps_text = False
            self._rich.closed(name, "".join(self.pieces))


def read_sheet(chunks: Iterable[bytes], meter: Meter, tables: Tables, part: str) -> SheetReader:
    """Read a worksheet. Raises Unreadable."""
    reader = SheetReader(meter, tables)
    near = without_blank_rows(chunks, reader.is_far_below)
    parse(without_taken(near, PlainRows(reader)), reader, part)
    return reader
