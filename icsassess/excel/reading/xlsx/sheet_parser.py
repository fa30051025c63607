"""Reading one worksheet's part (ECMA-376 part 1, 18.3.1.99) in a single pass.

The two methods that expat calls for every tag are written for speed: a return has some 4,000 cells, a night's batch
two thousand returns.
"""

import sys
from collections.abc import Iterable

from icsassess.excel.cells.addresses import LAST_COLUMN, LAST_ROW, column_number, parse_address
from icsassess.excel.cells.formulas import SharedFormulas
from icsassess.excel.cells.model import Kind, Look, Value
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, parse
from icsassess.excel.reading.cell_format import PLAIN, CellFormat
from icsassess.excel.reading.xlsx import anomalies
from icsassess.excel.reading.xlsx.blank_rows import without_blank_rows
from icsassess.excel.reading.xlsx.cell_collector import CellCollector, Runs
from icsassess.excel.reading.xlsx.fast_elements import strip_scanned
from icsassess.excel.reading.xlsx.fast_rows import RowScanner
from icsassess.excel.reading.xlsx.rich_text import RichText, is_partly_struck
from icsassess.excel.reading.xlsx.shared_strings import SharedData

_TEXT, _NOT_CALCULATED = Kind.TEXT, Kind.NOT_CALCULATED
_DIGITS = "0123456789"
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_WITH_TEXT = frozenset(("formula", *_MARGINS))
_OF_EMBEDDED = frozenset(("col", "row", "xdr:col", "xdr:row"))  # within an embedded object: its place
_DEPTH_OF_ROWS = 2  # elements around a row: worksheet and sheetData


class SheetReader(PartReader):
    """Takes the tags of a worksheet as the parser meets them."""

    def __init__(self, meter: Meter, shared: SharedData) -> None:
        super().__init__(meter)
        self.sheet = CellCollector(meter, shared)
        self._formats = shared.formats_by_number
        self._columns: dict[str, int] = {}
        self._row_text = ""
        self._column = 0
        self._skipped: str | None = None
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
        elif name == "row" and not self.sheet.metadata.inside_embedded:
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
        elif name == "row" and not self.sheet.metadata.inside_embedded:
            self._in_row = False
            self.sheet.count()
        else:
            self.depth -= 1
            self._end_other(name)

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._in_row:
            raise Unreadable(Reason.DAMAGED, "a row lies within another row")
        self._in_row = True
        text = attributes.get("r", "").strip()
        number = int(text) if text.isdecimal() and len(text) < 8 else 0
        if not 1 <= number <= LAST_ROW:
            number = self.sheet.row + 1
            if number > LAST_ROW:
                raise Unreadable(Reason.DAMAGED, "it has more rows than a sheet can have")
            if text:
                self.sheet.anomalies.add("row " + text[:10], anomalies.NO_ADDRESS)
            self.sheet.row = number - 1
        self.sheet.begin_row(number, attributes)
        self._row_text = str(number)
        self._column = 0
        self._skipped = None

    @property
    def between_rows(self) -> bool:
        """Whether another row may begin here."""
        return self._among_rows and self.depth == _DEPTH_OF_ROWS and not self._in_row and self._cell is None

    def _end_blank(self) -> None:
        """A cell without a value: kept only for its colour."""
        cell = self._cell
        if cell is None:
            return
        self.sheet.seen += 1
        cell_format = self._formats.get(cell.get("s"), PLAIN)
        reference = cell.get("r")
        if cell_format[0] is None and reference is not None:
            self._skipped = reference
            return
        key = self._position(cell)
        if cell_format[0] is not None:
            self.sheet.add_blank(key, cell_format[0])

    def _end_cell(self) -> None:
        cell = self._cell
        if cell is None:
            return
        self.sheet.seen += 1
        raw = self._raw
        cell_format = self._formats.get(cell.get("s"), PLAIN)
        fill, shape, struck, look = cell_format
        # The address, the quick way: known letters and the row's own number.
        reference = cell.get("r", "")
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None or reference[len(letters) :] != self._row_text:
            key = self._position(cell)
        else:
            self._column = column
            self._skipped = None
            key = (self.sheet.row, column)
        sort = cell.get("t")
        if self._formula is not None or self._rich is not None or raw is None:
            self._end_rare_cell(key, cell_format, sort)
            return
        value, kind, runs = self.sheet.value_of(key, raw, sort, shape)
        self._keep(key, value, kind, fill, struck or is_partly_struck(runs), None, look, runs)

    def _end_rare_cell(self, key: tuple[int, int], cell_format: CellFormat, sort: str | None) -> None:
        """A cell with a formula or with its text within itself."""
        raw, rich, fill, struck = self._raw, self._rich, cell_format.fill, cell_format.struck
        formula = None if self._formula is None else self._formulas.text(*self._formula, key)
        self._rich = self._formula = None
        value: Value
        if rich is not None and (sort == "inlineStr" or raw is None):
            value, kind, runs = rich.text(), _TEXT, rich.runs()
            self.meter.held(sys.getsizeof(value))
        elif raw is None or (not raw and sort != "str"):
            if formula is not None:
                self._keep(key, "=" + formula, _NOT_CALCULATED, fill, struck)
            return
        else:
            value, kind, runs = self.sheet.value_of(key, raw, sort, cell_format.shape)
        self.meter.held(len(formula) if formula else 0)
        self._keep(key, value, kind, fill, struck or is_partly_struck(runs), formula, cell_format.look, runs)

    def _keep(
        self,
        key: tuple[int, int],
        value: Value,
        kind: Kind,
        fill: str | None,
        struck: bool,
        formula: str | None = None,
        look: Look | None = None,
        runs: Runs = None,
    ) -> None:
        if self.text_was_cut:
            self.text_was_cut = False
            self.sheet.anomalies.add(key, anomalies.TEXT_CUT)
        self.sheet.add(key, value, kind, fill, struck, formula, look, runs)

    def _position(self, cell: dict[str, str]) -> tuple[int, int]:
        """Give the place of a cell whose address is missing, odd, or met for the first time."""
        if self._skipped is not None:
            skipped, self._skipped = self._skipped, None
            self._position({"r": skipped})
        reference = cell.get("r")
        row, column = self.sheet.row, 0
        if reference is not None:
            letters = reference.rstrip(_DIGITS)
            try:
                if reference[len(letters) :] == self._row_text:
                    column = self._columns[letters] = column_number(letters)
                else:
                    row, column = parse_address(reference)
            except ValueError:
                self.sheet.anomalies.add(reference[:20], anomalies.NO_ADDRESS)
        if not column:
            column = self._column + 1
            if column > LAST_COLUMN or not row:
                raise Unreadable(Reason.DAMAGED, "it has more columns than a sheet can have")
        self._column = column
        return row, column

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is None:
            self._among_rows = name == "sheetData" and self.depth == _DEPTH_OF_ROWS
            if name in _WITH_TEXT or name in _OF_EMBEDDED:
                self.begin_text()
            self.sheet.metadata.opened(name, attributes)
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
            text = ""
            if name in _WITH_TEXT or name in _OF_EMBEDDED:
                text, self.keeps_text = "".join(self.pieces), False
            self.sheet.metadata.closed(name, text)
        elif name == "f":
            self._formula = (self._formula_attributes, "".join(self.pieces))
            self.keeps_text = False
        elif self._rich is not None:
            if name == "t":
                self.keeps_text = False
            self._rich.closed(name, "".join(self.pieces))


def read_sheet(chunks: Iterable[bytes], meter: Meter, shared: SharedData, part: str) -> CellCollector:
    """Read a worksheet. Raises Unreadable."""
    reader = SheetReader(meter, shared)
    near = without_blank_rows(chunks, reader.sheet.is_far_below)
    return parse(strip_scanned(near, RowScanner(reader.sheet, lambda: reader.between_rows)), reader, part).sheet
