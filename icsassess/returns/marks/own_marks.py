"""Telling our own feedback from what the partner wrote: our first sheet and our part of the notes on cells.

A partner may send a feedback copy back as its return. Then our sheet and our words are taken out before it is read;
what the partner wrote into the same note, above, between or below, stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain.problems import Problem, Severity
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.returns.marks.wording import to_do, what_stands_there
from icsassess.support.text import clean

SHEET = "Feedback"
SHEET_BEGINS = "Feedback on the return of "
TITLES = ("Severity", "Where", "Line", "What we found", "What to do", "Since the last feedback", "Code")
NOTE_BEGINS = "Feedback from the locality:"
NOTE_ENDS = "(End of the feedback.)"
_DIVIDER = "_" * 30
_OUR_LINES = tuple(f"{severity.capitalize()}: " for severity in Severity)
_TOP_ROWS = 20


def heading_row(sheet: Sheet) -> int | None:
    """Give the row of the headings if this is a feedback sheet of ours; None if it is not."""
    if not sheet.text(1, 1).startswith(SHEET_BEGINS):
        return None
    for row in range(2, _TOP_ROWS):
        if all(sheet.text(row, column) == title for column, title in enumerate(TITLES, 1)):
            return row
    return None


def note_with(theirs: str, points: Sequence[Problem]) -> str:
    """Give the text of a note that has ours below theirs, clearly divided."""
    ours = [f"{point.severity.capitalize()}: {_one_line(point)}" for point in points]
    block = "\n".join([NOTE_BEGINS, *ours, NOTE_ENDS])
    return f"{theirs}\n\n{_DIVIDER}\n{block}" if theirs else block


def _one_line(point: Problem) -> str:
    return " ".join(clean(f"{what_stands_there(point)} {to_do(point)}").split())


def without_ours(note: str) -> str:
    """Give what is theirs in a note; all of it where our part cannot be told for certain."""
    lines = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stripped = [line.strip() for line in lines]
    while NOTE_BEGINS in stripped:
        first = stripped.index(NOTE_BEGINS)
        if NOTE_ENDS not in stripped[first:]:
            break
        last = stripped.index(NOTE_ENDS, first)
        # Whoever answers within our part, line by line, has written that line.
        kept = [line for line in lines[first + 1 : last] if not line.strip().startswith(_OUR_LINES)]
        before = first - 1 if first and stripped[first - 1] == _DIVIDER else first
        lines = [*lines[:before], *kept, *lines[last + 1 :]]
        stripped = [line.strip() for line in lines]
    return "\n".join(lines).strip() if len(lines) < note.count("\n") + 1 else note


def without_feedback(workbook: Workbook) -> Workbook:
    """Give the workbook as the partner made it: without our feedback sheet, and without our part of the notes.

    A workbook that holds nothing of ours is given back as it is, and so is one that holds nothing else.
    """
    theirs = tuple(_without_our_notes(sheet) for sheet in workbook.sheets if heading_row(sheet) is None)
    untouched = len(theirs) == len(workbook.sheets) and all(
        one is other for one, other in zip(theirs, workbook.sheets, strict=True)
    )
    if untouched or not theirs:
        return workbook
    return workbook._replace(sheets=theirs)


def _without_our_notes(sheet: Sheet) -> Sheet:
    marked = [key for key, cell in sheet.cells.items() if cell.note and NOTE_BEGINS in cell.note]
    if not marked:
        return sheet
    cells: dict[tuple[int, int], Cell] = dict(sheet.cells)
    for key in marked:
        cell = cells[key]
        note = without_ours(cell.note or "") or None
        if cell.kind is Kind.EMPTY and not (note or cell.fill or cell.link or cell.formula):
            del cells[key]
        else:
            cells[key] = cell._replace(note=note)
    return sheet._replace(cells=cells)
