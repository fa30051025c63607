"""The group's own sheets, written back as they were."""

from __future__ import annotations

import datetime

from icsassess.assessment.group_edits.edits import OwnSheet
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import SheetWriter, Value
from icsassess.view.assessment_view import View
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook


def write(workbook: LocalityWorkbook, view: View) -> None:
    """Write the group's own sheets as they were: their texts, numbers and dates in their places."""
    for sheet in view.merged.carried.own_sheets:
        _write_sheet(workbook.book.sheet(sheet.title), sheet)


def _write_sheet(writer: SheetWriter, sheet: OwnSheet) -> None:
    columns: dict[int, float] = {}
    for row, column in sorted({*sheet.cells, *sheet.fills}):
        value, look = _written(sheet.cells.get((row, column)))
        if fill := sheet.fills.get((row, column)):
            look = look.with_(fill=fill)
        writer.put(row, column, value, look)
        columns[column] = min(60, max(columns.get(column, 10), len(str(value or "")) + 2))
    for (row, column), text in sheet.notes.items():
        writer.note(row, column, text)
    for column, width in columns.items():
        writer.widths([width], first=column)
    writer.page.set_up()


def _written(value: object) -> tuple[Value, CellStyle]:
    """Give a cell's value as it can be written, and its look: a day with a time, and a time alone, become text."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes"), styles.PLAIN
        value = value.date()
    if isinstance(value, datetime.date):
        return value, styles.PLAIN.with_(number_format=styles.DATE_FORMAT)
    if isinstance(value, bool):
        return str(value).upper(), styles.PLAIN
    return (value if value is None or isinstance(value, str | int | float) else str(value)), styles.PLAIN
