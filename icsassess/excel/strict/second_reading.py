"""The cells of a workbook as a second, independent program reads them, held against our own reading.

python-calamine is a reader of its own, written in another language, which shares nothing with ours.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import NamedTuple

import python_calamine

from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Cell, Kind, Sheet, Value, Workbook, as_text
from icsassess.excel.reading.xls.xlsb_sheets import CALAMINE_ERRORS, value_of

_SAME = 1e-9  # of a number: both read the same digits, and round them once
_DAY_ZERO = datetime.datetime(1899, 12, 30)


class Misreading(NamedTuple):
    """A cell that two programs read differently."""

    sheet: str
    place: str
    ours: str
    other: str


def misreadings(data: bytes, workbook: Workbook) -> list[Misreading] | None:
    """Give the cells that python-calamine reads otherwise than we have; None where it cannot read the file."""
    try:
        other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        titles = set(other.sheet_names)
        return [
            misreading
            for sheet in workbook.sheets
            for misreading in (
                _on_sheet(sheet, other.get_sheet_by_name(sheet.title))
                if sheet.title in titles
                else [Misreading(sheet.title, "the sheet", "there", "not there")]
            )
        ]
    except CALAMINE_ERRORS:
        return None


def _on_sheet(sheet: Sheet, other: python_calamine.CalamineSheet) -> Iterator[Misreading]:
    theirs = dict(_values(other))
    for place in sorted({*sheet.cells, *theirs}):
        cell, value = sheet.cells.get(place), theirs.get(place)
        if not _same(cell, value):
            yield Misreading(sheet.title, address(*place), as_text(cell) if cell else "", _text(value))


def _values(sheet: python_calamine.CalamineSheet) -> Iterator[tuple[tuple[int, int], Value]]:
    """Give each value by row and column; the rows above the first cell in use are given, the columns before are not."""
    if sheet.start is None:
        return
    for row, values in enumerate(sheet.iter_rows(), 1):
        for column, value in enumerate(values, sheet.start[1] + 1):
            if value is not None and value != "":
                yield (row, column), value_of(value)[0]


def _same(cell: Cell | None, other: Value) -> bool:
    value = cell.value if cell else None
    if cell is not None and cell.kind in (Kind.ERROR, Kind.NOT_CALCULATED):
        return True  # it gives an error's or formula's text in its own words, or nothing
    if value in (None, "") and other in (None, ""):
        return True
    if isinstance(value, str) and isinstance(other, str):
        return _lines(value) == _lines(other)
    ours, theirs = number_stored(value), number_stored(other)
    if ours is None or theirs is None:
        return value == other
    return abs(ours - theirs) <= _SAME * max(1.0, abs(ours))


def number_stored(value: Value) -> float | None:
    """Give a number, or a date or time as the number that Excel stores for it; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.time):
        return round((value.hour * 3600 + value.minute * 60 + value.second) / 86_400, 8)
    if isinstance(value, datetime.datetime):
        return round((value.replace(tzinfo=None) - _DAY_ZERO).total_seconds() / 86_400, 8)
    if isinstance(value, datetime.date):
        return float((datetime.datetime.combine(value, datetime.time()) - _DAY_ZERO).days)
    return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(value: Value) -> str:
    return as_text(Cell(1, 1, value, Kind.TEXT)) if value is not None else ""
