"""The sheet Changes: what moved since the merge before."""

from __future__ import annotations

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import CHANGES
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

_FIRST = "One table follows. It is empty: this is the first merge, and there is nothing to compare it with."
_COLUMNS = (
    Column("What moved", 20, styles.CELL_BOLD),
    Column("Ref", 9, styles.CELL_BOLD),
    Column("Partner", 11),
    Column("In words", 70),
    Column("Cause", 16),
    Column("Was", 26),
    Column("Is", 26),
    Column("Action", 18),
)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write a row for each change; the first merge says that it is the first."""
    changes = view.merged.changes
    rows: list[list[Value]] = []
    about = _FIRST
    if changes is not None and changes.since is not None:
        about = f"One table follows: what moved since the merge before, each with its cause. {changes.summary}"
        if not changes.changes:
            about = f"One table follows. It is empty: nothing moved since the merge before, {changes.since}."
        rows = [[c.kind, c.ref, c.partner, c.sentence, c.cause, c.was, c.current, c.action] for c in changes.changes]
    sheet = begin(workbook, SHEET, about)
    RegisterTable(SHEET.table_name, _COLUMNS, rows, frozen=2).write_to(sheet)
    return sheet


SHEET = Sheet(
    title=CHANGES,
    table_name="ChangesSince",
    about=_FIRST,
    meaning="What moved since the merge before, and why: a partner, the group, time, or a return that came or went.",
    write=write,
)
