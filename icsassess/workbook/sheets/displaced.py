"""The sheet Kept from before: what the group typed that has lost its place."""

from __future__ import annotations

from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import DISPLACED, DISPLACED_TITLES
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import TYPING_TAB, LocalityWorkbook, Sheet

_WIDTHS = (30, 20, 16, 24, 60, 14)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter | None:
    """Write a row for each text that lost its place; no sheet where none did."""
    if not view.merged.carried.kept:
        return None
    sheet = begin(workbook, SHEET)
    columns = [Column(title, width) for title, width in zip(DISPLACED_TITLES, _WIDTHS, strict=True)]
    rows: list[list[Value]] = [[k.why, k.sheet, k.key, k.title, k.text, k.since] for k in view.merged.carried.kept]
    RegisterTable(SHEET.table_name, columns, rows).write_to(sheet)
    return sheet


SHEET = Sheet(
    title=DISPLACED,
    table_name="KeptFromBefore",
    about=(
        "One table follows: what the group typed that no longer has a place. Move it to where it belongs, or delete "
        "its row when it has served."
    ),
    meaning="There only where something that the group typed has lost its place: it is kept here.",
    write=write,
    tab=TYPING_TAB,
)
