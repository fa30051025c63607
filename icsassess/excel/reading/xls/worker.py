"""Reading .xls with xlrd and .xlsb with python-calamine: what runs in a process of its own.

python-calamine aborts on some damaged files, and xlrd has no bounds: neither may take the command with it. What it
gives is JSON, one object a line, as ``plain_workbook`` says.
"""

from __future__ import annotations

import ast
import datetime
import io
import json
import struct
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TextIO

import python_calamine
import xlrd

Line = dict[str, object]
CodedCell = list[str | int | float | bool | None]

_SECONDS_A_DAY = 86_400
_MOST_MERGED = 100_000
_SOLID = 1  # [MS-XLS] 2.5.129
_PALETTE = range(8, 64)  # colours below are the same eight again, those above are the system's
_WHITE = "FFFFFF"
_FIRST_BIFF_WITH_FORMAT_NUMBERS = 50  # earlier files count their number formats from 0
_OTHER_SHEET = "NOTE *** Ignoring non-worksheet data named "
_XLRD_ERRORS = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError),
    *(LookupError, NameError, RuntimeError, TypeError, ValueError),
)
"""What xlrd raises on damaged files."""
_CALAMINE_ERRORS = (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError, OSError)


class Bounds(NamedTuple):
    """What a workbook may hold."""

    cells: int
    """Cells, of all sheets."""
    characters: int
    """Characters of all lines."""
    blank_rows: int
    """Rows after the last value for which colours of blank cells are given."""
    blank_columns: int
    """Columns for which colours of blank cells are given."""


class TooMuchError(Exception):
    """There are more cells or characters than allowed."""


def plain_workbook(data: bytes, kind: str, bounds: Bounds) -> Iterator[str]:
    """Give a workbook as lines of JSON; rows and columns count from 0.

    For an .xls first ``{"styles": [[fill, format number, format code, struck], ...], "from_1904": ...}``. For each
    sheet its head ``{"sheet": title, "worksheet": ..., "hidden": ..., "merged": [[top, left, bottom, right], ...]}``,
    for an .xls also with ``hidden_rows``, ``hidden_columns``, ``notes`` and ``links``, and then for each row that holds
    something ``{"row": number, "cells": [[column, kind, value, style, struck], ...]}`` (no style for an .xlsb). Last
    either ``{"done": "yes"}`` or ``{"failed": ...}``: 'password', 'too much', or what the library said.
    """
    lines = _xls_lines(data, bounds) if kind == "xls" else _xlsb_lines(data)
    cells, characters = bounds.cells, bounds.characters
    try:
        for line in lines:
            text = json.dumps(line)
            row = line.get("cells")
            cells -= len(row) if isinstance(row, list) else 0
            characters -= len(text)
            if cells < 0 or characters < 0:
                raise TooMuchError
            yield text
        ending: Line = {"done": "yes"}
    except python_calamine.PasswordError:
        ending = {"failed": "password"}
    except (TooMuchError, MemoryError):
        ending = {"failed": "too much"}
    except (*_XLRD_ERRORS, *_CALAMINE_ERRORS) as error:
        encrypted = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        ending = {"failed": "password" if encrypted else str(error)[:200]}
    yield json.dumps(ending)


# .xls


class _OtherSheets(io.StringIO):
    """Takes xlrd's log: it is the only place where xlrd names the sheets that hold no cells."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def write(self, text: str) -> int:
        if text.startswith(_OTHER_SHEET):
            self.titles.append(str(ast.literal_eval(text.removeprefix(_OTHER_SHEET).rpartition(" (type ")[0])))
        return len(text)


def _xls_lines(data: bytes, bounds: Bounds) -> Iterator[Line]:
    others = _OtherSheets()
    book = _opened(data, others)
    fills = [_fill(book, xf) for xf in book.xf_list]
    styles = [[fill, *_format(book, xf)] for fill, xf in zip(fills, book.xf_list, strict=True)]
    yield {"styles": styles, "from_1904": bool(book.datemode)}
    for title in others.titles:
        yield {"sheet": title, "worksheet": False, "hidden": False}
    for sheet in book.sheets():
        yield {
            "sheet": sheet.name,
            "worksheet": True,
            "hidden": bool(sheet.visibility),
            "merged": [_area(*ends) for ends in sheet.merged_cells[:_MOST_MERGED]],
            "hidden_rows": [row for row, layout in sheet.rowinfo_map.items() if layout.hidden],
            "hidden_columns": [column for column, layout in sheet.colinfo_map.items() if layout.hidden],
            "notes": [[*place, note.text] for place, note in sheet.cell_note_map.items() if note.text],
            "links": [link for hyperlink in sheet.hyperlink_list if (link := _link(hyperlink))],
        }
        yield from _xls_rows(book, sheet, fills, bounds)


def _area(first_row: int, end_row: int, first_column: int, end_column: int) -> list[int]:
    """Give an area by its last row and column, where xlrd has the ones after them."""
    return [first_row, first_column, end_row - 1, end_column - 1]


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


def _format(book: xlrd.book.Book, xf: xlrd.formatting.XF) -> tuple[int, str, bool]:
    """Give the number and the code of a cell's number format, and whether its font strikes through."""
    number = xf.format_key if book.biff_version >= _FIRST_BIFF_WITH_FORMAT_NUMBERS else 0
    code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else ""
    return number, code, _is_struck(book, xf.font_index)


def _fill(book: xlrd.book.Book, xf: xlrd.formatting.XF) -> str | None:
    """Give the colour of a solid pattern; white and the automatic colours are none."""
    colour = xf.background.pattern_colour_index if xf.background else None
    if colour not in _PALETTE or xf.background.fill_pattern != _SOLID or not book.colour_map.get(colour):
        return None
    fill = "{:02X}{:02X}{:02X}".format(*book.colour_map[colour])
    return None if fill == _WHITE else fill


def _is_struck(book: xlrd.book.Book, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _link(hyperlink: xlrd.sheet.Hyperlink) -> list[int | str] | None:
    """Give (top, left, bottom, right, target) of a link that leads out of the workbook; None for any other."""
    target = hyperlink.url_or_path
    if hyperlink.type == "workbook" or not target:
        return None
    if isinstance(target, bytes):  # a short name of a file, in an encoding that the workbook does not say
        target = target.decode("ascii", "replace")
    if hyperlink.textmark and "#" not in target:
        target = f"{target}#{hyperlink.textmark}"
    return [hyperlink.frowx, hyperlink.fcolx, hyperlink.lrowx, hyperlink.lcolx, target]


def _xls_rows(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, fills: list[str | None], bounds: Bounds) -> Iterator[Line]:
    last_value = next((row for row in reversed(range(sheet.nrows)) if any(map(_holds_value, *_row(sheet, row)))), -1)
    for row in range(min(sheet.nrows, last_value + 1 + bounds.blank_rows)):
        cells: list[CodedCell] = []
        for column, (sort, value) in enumerate(zip(*_row(sheet, row), strict=True)):
            if _holds_value(sort, value):
                style = sheet.cell_xf_index(row, column)
                runs = sheet.rich_text_runlist_map.get((row, column), ())
                struck = any(_is_struck(book, font) for _, font in runs)
                cells.append([column, *_coded_xls(sort, value), style, struck])
            elif sort != xlrd.XL_CELL_EMPTY and column < bounds.blank_columns:
                style = sheet.cell_xf_index(row, column)
                if fills[style]:
                    cells.append([column, "blank", None, style, False])
        if cells:
            yield {"row": row, "cells": cells}


def _row(sheet: xlrd.sheet.Sheet, row: int) -> tuple[Sequence[int], list[Any]]:
    """Give xlrd's types of a row's cells, and their values."""
    return sheet.row_types(row), sheet.row_values(row)


def _holds_value(sort: int, value: object) -> bool:
    return sort not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and value != ""


def _coded_xls(sort: int, value: Any) -> CodedCell:
    if sort == xlrd.XL_CELL_ERROR:
        return ["error", xlrd.error_text_from_code.get(value, "#VALUE!")]
    if sort == xlrd.XL_CELL_BOOLEAN:
        return ["boolean", bool(value)]
    return ["text" if sort == xlrd.XL_CELL_TEXT else "number", value]


# .xlsb


def _xlsb_lines(data: bytes) -> Iterator[Line]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, about in enumerate(workbook.sheets_metadata):
        is_worksheet = about.typ == python_calamine.SheetTypeEnum.WorkSheet
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        head: Line = {"sheet": about.name, "worksheet": is_worksheet, "hidden": hidden}
        if not is_worksheet:
            yield head
            continue
        sheet = workbook.get_sheet_by_index(index)
        yield head | {"merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or []][:_MOST_MERGED]}
        if sheet.start is None:
            continue
        first_column = sheet.start[1]  # the rows above the first cell in use are given, the columns before it are not
        for row, values in enumerate(sheet.iter_rows()):
            coded = ((column, _coded_xlsb(value)) for column, value in enumerate(values, first_column))
            if cells := [[column, *code] for column, code in coded if code is not None]:
                yield {"row": row, "cells": cells}


def _coded_xlsb(value: object) -> CodedCell | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, int | float):
        return ["number", value]
    if isinstance(value, datetime.timedelta):
        return ["number", value.total_seconds() / _SECONDS_A_DAY]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return ["date", value.isoformat()]
    return ["text", str(value)]


def answer(request: tuple[bytes, str, Bounds]) -> str:
    """Give the lines of ``plain_workbook`` for a file, its kind and its bounds, as one text."""
    data, kind, bounds = request
    return "\n".join(plain_workbook(data, kind, bounds))
