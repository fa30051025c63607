"""The sheets of an .xlsb, as python-calamine reads them; it counts rows and columns from 0."""

import datetime
import io
import sys
from collections.abc import Iterator

import python_calamine

from icsassess.excel.cells.model import Cell, Kind, Sheet, Value
from icsassess.excel.cells.parse_value import finite
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.xls.xls_sheets import MOST_MERGED, count_cells

_SECONDS_A_DAY = 86_400
CALAMINE_ERRORS = (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError, OSError)
"""What python-calamine raises on damaged files."""


def xlsb_sheets(data: bytes, meter: Meter) -> Iterator[Sheet | str]:
    """Give the sheets of an .xlsb, of those without cells the title. Raises Unreadable, and ``CALAMINE_ERRORS``."""
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            yield about.name
            continue
        sheet = workbook.get_sheet_by_index(index)
        areas = (sheet.merged_cell_ranges or [])[:MOST_MERGED]
        yield Sheet(
            title=about.name,
            cells=_cells(sheet, meter),
            merged=tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in areas),
            hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
            hidden_rows=frozenset(),
            hidden_columns=frozenset(),
            filtered=False,
        )


def _cells(sheet: python_calamine.CalamineSheet, meter: Meter) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    if sheet.start is None:
        return cells
    first_column = sheet.start[1] + 1  # the rows above the first cell in use are given, the columns before it are not
    for row, values in enumerate(sheet.iter_rows(), 1):
        before = len(cells)
        for column, value in enumerate(values, first_column):
            if value is not None and value != "":
                cells[row, column] = Cell(row, column, *value_of(value))
                meter.held(sys.getsizeof(value))
        count_cells(len(cells) - before, len(cells), meter)
    return cells


def value_of(value: object) -> tuple[Value, Kind]:
    """Give a value of python-calamine's as a cell holds it: a duration is a number of days."""
    if isinstance(value, bool):
        return value, Kind.BOOLEAN
    if isinstance(value, datetime.timedelta):
        value = value.total_seconds() / _SECONDS_A_DAY
    if isinstance(value, int | float) and (amount := finite(value)) is not None:
        return amount, Kind.NUMBER
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value, Kind.DATE
    return str(value), Kind.TEXT
