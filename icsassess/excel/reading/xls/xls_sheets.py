"""The sheets of an .xls, as xlrd reads them; it counts rows and columns from 0."""

import ast
import io
import struct
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, TextIO

import xlrd

from icsassess.excel.cells.addresses import Area, last_of
from icsassess.excel.cells.dates_and_numbers import built_in_shape, code_shape
from icsassess.excel.cells.model import Cell, Kind, Run, Sheet, Value
from icsassess.excel.cells.parse_value import dated, finite
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.annotations import annotate, links_by_cell
from icsassess.excel.reading.cell_format import PLAIN, CellFormat, look_of
from icsassess.excel.reading.xls.drawn import recording

CELL_BYTES = 320
MOST_MERGED = 100_000
_SOLID = 1  # [MS-XLS] 2.5.129
_PALETTE = range(8, 64)  # colours below are the same eight again, those above are the system's
_WHITE = "FFFFFF"
_FIRST_BIFF_WITH_FORMAT_NUMBERS = 50  # earlier files count their number formats from 0
_OTHER_SHEET = "NOTE *** Ignoring non-worksheet data named "
XLRD_ERRORS = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError),
    *(LookupError, NameError, RuntimeError, TypeError, ValueError),
)
"""What xlrd raises on damaged files."""


class _OtherSheets(io.StringIO):
    """Takes xlrd's log: it is the only place where xlrd names the sheets that hold no cells."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def write(self, text: str) -> int:
        if text.startswith(_OTHER_SHEET):
            self.titles.append(str(ast.literal_eval(text.removeprefix(_OTHER_SHEET).rpartition(" (type ")[0])))
        return len(text)


def xls_sheets(data: bytes, meter: Meter) -> Iterator[Sheet | str]:
    """Give the sheets of an .xls, of those that hold no cells the title. Raises Unreadable, and ``XLRD_ERRORS``."""
    others = _OtherSheets()
    with recording() as records:
        book = _opened(data, others)
        opened_sheets = book.sheets()
    formats = [_format(book, xf) for xf in book.xf_list]
    yield from others.titles
    for sheet in opened_sheets:
        cells = _cells(book, sheet, formats, meter)
        notes = {(row + 1, column + 1): str(note.text) for (row, column), note in sheet.cell_note_map.items()}
        notes = {place: note for place, note in notes.items() if note}
        meter.held(sum(4 * len(note) + CELL_BYTES for note in notes.values()))
        links = [link for hyperlink in sheet.hyperlink_list if (link := _link(hyperlink))]
        annotate(cells, notes, links_by_cell(links, cells))
        last_row, last_column = last_of(cells)
        rows, columns = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
        yield Sheet(
            title=sheet.name,
            cells=cells,
            # xlrd has the row and the column after an area's last ones.
            merged=tuple((top + 1, left + 1, end, right) for top, end, left, right in sheet.merged_cells[:MOST_MERGED]),
            hidden=bool(sheet.visibility),
            hidden_rows=frozenset(row + 1 for row, layout in rows if layout.hidden and row < last_row),
            hidden_columns=frozenset(
                column + 1 for column, layout in columns if layout.hidden and column < last_column
            ),
            filtered=False,
            drawn=records.of(sheet),
        )


def _opened(data: bytes, log: TextIO) -> xlrd.book.Book:
    """Open an .xls; where the workbook shares sectors with another stream, as report generators write it, all the same.

    Only there: xlrd follows other streams without an end where it is told to overlook such things.
    """
    open_workbook = partial(
        xlrd.open_workbook, file_contents=data, logfile=log, verbosity=1, formatting_info=True, ragged_rows=True
    )
    try:
        return open_workbook()
    except xlrd.compdoc.CompDocError as error:
        if not str(error).startswith("Workbook corruption: seen"):
            raise
    return open_workbook(ignore_workbook_corruption=True)


def _format(book: xlrd.book.Book, xf: xlrd.formatting.XF) -> CellFormat:
    number = xf.format_key if book.biff_version >= _FIRST_BIFF_WITH_FORMAT_NUMBERS else 0
    code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else ""
    shape = code_shape(code) or built_in_shape(number)
    font = book.font_list[xf.font_index] if 0 <= xf.font_index < len(book.font_list) else None
    look = look_of("" if shape else code, _colour(book, font), font.name if font is not None else "")
    return CellFormat(_fill(book, xf), shape, _is_struck(book, xf.font_index), look)


def _colour(book: xlrd.book.Book, font: xlrd.formatting.Font | None) -> str | None:
    """Give a font's colour as 'RRGGBB', None for the automatic one."""
    colour = book.colour_map.get(font.colour_index) if font is not None and font.colour_index in _PALETTE else None
    return "{:02X}{:02X}{:02X}".format(*colour) if colour else None


def _fill(book: xlrd.book.Book, xf: xlrd.formatting.XF) -> str | None:
    """Give the colour of a solid pattern; white and the automatic colours are none."""
    colour = xf.background.pattern_colour_index if xf.background else None
    if colour not in _PALETTE or xf.background.fill_pattern != _SOLID or not book.colour_map.get(colour):
        return None
    fill = "{:02X}{:02X}{:02X}".format(*book.colour_map[colour])
    return None if fill == _WHITE else fill


def _is_struck(book: xlrd.book.Book, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _link(hyperlink: xlrd.sheet.Hyperlink) -> tuple[Area, str] | None:
    """Give the area and the target of a link that leads out of the workbook; None for any other."""
    target = hyperlink.url_or_path
    if hyperlink.type == "workbook" or not target:
        return None
    if isinstance(target, bytes):  # a short name of a file, in an encoding that the workbook does not say
        target = target.decode("ascii", "replace")
    if hyperlink.textmark and "#" not in target:
        target = f"{target}#{hyperlink.textmark}"
    area = (hyperlink.frowx + 1, hyperlink.fcolx + 1, hyperlink.lrowx + 1, hyperlink.lcolx + 1)
    return area, str(target)


def _cells(
    book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, formats: list[CellFormat], meter: Meter
) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    last_value = next((row for row in reversed(range(sheet.nrows)) if any(map(_holds_value, *_row(sheet, row)))), -1)
    for row in range(min(sheet.nrows, last_value + 1 + meter.limits.blank_rows)):
        before = len(cells)
        for column, (sort, value) in enumerate(zip(*_row(sheet, row), strict=True)):
            key = row + 1, column + 1
            if _holds_value(sort, value):
                number = sheet.cell_xf_index(row, column)
                form = formats[number] if 0 <= number < len(formats) else PLAIN
                runs = sheet.rich_text_runlist_map.get((row, column), ())
                parts = _runs(book, str(value), runs, form) if runs else None
                struck = form.struck or any(part.struck for part in parts or ())
                cells[key] = Cell(
                    *key,
                    *_value(sort, value, form, bool(book.datemode)),
                    form.fill,
                    struck=struck,
                    look=form.look,
                    runs=parts,
                )
                meter.held(sys.getsizeof(value))
            elif (
                sort != xlrd.XL_CELL_EMPTY
                and column < meter.limits.blank_columns
                and (fill := formats[sheet.cell_xf_index(row, column)].fill)
            ):
                cells[key] = Cell(*key, None, Kind.EMPTY, fill)
        count_cells(len(cells) - before, len(cells), meter)
    return cells


def _runs(
    book: xlrd.book.Book, text: str, starts: Sequence[tuple[int, int]], form: CellFormat
) -> tuple[Run, ...] | None:
    """Give the runs of a text, each from where its font begins; None where their fonts do not differ."""
    fonts = [(0, -1), *starts] if starts and starts[0][0] > 0 else list(starts)
    runs = []
    for (start, number), end in zip(fonts, [*(start for start, _ in fonts[1:]), len(text)], strict=True):
        font = book.font_list[number] if 0 <= number < len(book.font_list) else None
        strong = font is not None and bool(font.bold or font.underlined or _colour(book, font) not in (None, "000000"))
        struck = _is_struck(book, number) if font is not None else form.struck
        if text[start:end]:
            runs.append(Run(text[start:end], struck, strong, font.height / 20 if font is not None else 0.0))
    sizes = {run.size for run in runs if run.size}
    differ = len({(run.struck, run.strong) for run in runs}) > 1 or len(sizes) > 1
    return tuple(runs) if differ else None


def count_cells(more: int, in_all: int, meter: Meter) -> None:
    """Count the cells of a row. Raises Unreadable where they, or those of the whole sheet, are too many."""
    meter.held(more * CELL_BYTES)
    if in_all > meter.limits.cells:
        raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {meter.limits.cells:,} cells")


def _row(sheet: xlrd.sheet.Sheet, row: int) -> tuple[Sequence[int], list[Any]]:
    """Give xlrd's types of a row's cells, and their values."""
    return sheet.row_types(row), sheet.row_values(row)


def _holds_value(sort: int, value: object) -> bool:
    return sort not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and value != ""


def _value(sort: int, value: Any, form: CellFormat, from_1904: bool) -> tuple[Value, Kind]:
    if sort == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#VALUE!"), Kind.ERROR
    if sort == xlrd.XL_CELL_BOOLEAN:
        return bool(value), Kind.BOOLEAN
    if sort == xlrd.XL_CELL_TEXT or (amount := finite(value)) is None:
        return str(value), Kind.TEXT
    return dated(amount, form.shape, from_1904) if form.shape else (amount, Kind.NUMBER)
