"""The sheets for what moved and what was carried: Changes, Kept from before, and the group's own sheets."""

from __future__ import annotations

import datetime

from icsassess.assessment.group_edits.edits import OwnSheet
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import Look
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import Book
from icsassess.view.view import View
from icsassess.workbook.layout import CHANGES, KEPT, KEPT_TITLES
from icsassess.workbook.sheet_kit import register as frame

_KEPT_ABOUT = (
    "One table follows: what the group typed that no longer has a place. Move it to where it belongs, or delete its "
    "row when it has served."
)
_CHANGES_COLUMNS = (
    Column("What moved", 20, looks.CELL_BOLD),
    Column("Ref", 9, looks.CELL_BOLD),
    Column("Partner", 11),
    Column("In words", 70),
    Column("Was", 34),
    Column("Is", 34),
)
_KEPT_WIDTHS = (30, 20, 16, 24, 60, 14)


def changes(book: Book, view: View) -> SheetWriter:
    """Write what moved since the merge before, a row for each change; the first merge says that it is the first."""
    found = view.merged.changes
    rows: list[list[Value]] = []
    about = "One table follows. It is empty: this is the first merge, and there is nothing to compare it with."
    if found is not None and found.since is not None:
        about = f"One table follows: a row for everything that moved since the merge before, {found.since}."
        if not found.changes:
            about = f"One table follows. It is empty: nothing moved since the merge before, {found.since}."
        rows = [[c.kind, c.ref, c.partner, c.sentence, c.was, c.is_now] for c in found.changes]
    sheet = frame.begin(book, view, CHANGES, about)
    frame.register(sheet, _CHANGES_COLUMNS, rows, frozen=2)
    return sheet


def kept(book: Book, view: View) -> SheetWriter | None:
    """Write what lost its place; no sheet where nothing did."""
    if not view.merged.carried.kept:
        return None
    sheet = frame.begin(book, view, KEPT, _KEPT_ABOUT, tab=frame.TYPING_TAB)
    columns = [Column(title, width) for title, width in zip(KEPT_TITLES, _KEPT_WIDTHS, strict=True)]
    rows = [[k.why, k.sheet, k.key, k.title, k.text, k.since] for k in view.merged.carried.kept]
    frame.register(sheet, columns, rows)
    return sheet


def own(book: Book, view: View) -> None:
    """Write the group's own sheets as they were: their texts, numbers and dates in their places."""
    for sheet in view.merged.carried.own_sheets:
        _own(book.sheet(sheet.title), sheet)


def _own(writer: SheetWriter, sheet: OwnSheet) -> None:
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


def _written(value: object) -> tuple[Value, Look]:
    """Give a cell's value as it can be written, and its look: a day with a time, and a time alone, become text."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes"), looks.PLAIN
        value = value.date()
    if isinstance(value, datetime.date):
        return value, looks.PLAIN.with_(number_format=looks.DATE_FORMAT)
    if isinstance(value, bool):
        return str(value).upper(), looks.PLAIN
    return (value if value is None or isinstance(value, str | int | float) else str(value)), looks.PLAIN
