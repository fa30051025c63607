"""Telling the program's own feedback from what the partner wrote: its first sheet and its part of the notes on cells.

A partner may send a feedback copy back as its return. Then the feedback is taken out before the return is read; what
the partner wrote into the same note, above, between or below, stays.
"""

from collections.abc import Sequence

from icsassess.domain.problems import Problem, Severity
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.returns.marks.feedback_table import is_feedback
from icsassess.returns.marks.wording import finding, to_do
from icsassess.support.text import clean

NOTE_BEGINS = "Feedback from the locality:"
NOTE_ENDS = "(End of the feedback.)"
_DIVIDER = "_" * 30
_FEEDBACK_LINES = tuple(f"{severity.capitalize()}: " for severity in Severity)


def note_with_feedback(partner_text: str, points: Sequence[Problem]) -> str:
    """Give the text of a note with the partner's text first and the feedback below it, clearly divided."""
    texts = [f"{point.severity.capitalize()}: {finding(point)} {to_do(point)}" for point in points]
    lines = [" ".join(clean(text).split()) for text in texts]
    block = "\n".join([NOTE_BEGINS, *lines, NOTE_ENDS])
    return f"{partner_text}\n\n{_DIVIDER}\n{block}" if partner_text else block


def partner_note(note: str) -> str:
    """Give the partner's part of a note; all of it where the feedback in it has no certain end."""
    lines = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stripped = [line.strip() for line in lines]
    while NOTE_BEGINS in stripped:
        first = stripped.index(NOTE_BEGINS)
        if NOTE_ENDS not in stripped[first:]:
            break
        last = stripped.index(NOTE_ENDS, first)
        # Whoever answers within the feedback, line by line, has written that line.
        answers = [line for line in lines[first + 1 : last] if not line.strip().startswith(_FEEDBACK_LINES)]
        before = first - 1 if first and stripped[first - 1] == _DIVIDER else first
        lines = [*lines[:before], *answers, *lines[last + 1 :]]
        stripped = [line.strip() for line in lines]
    return "\n".join(lines).strip() if len(lines) < note.count("\n") + 1 else note


def without_feedback(workbook: Workbook) -> Workbook:
    """Give the workbook as the partner made it: without the feedback sheet, and without the feedback in its notes.

    A workbook without feedback is given back as it is, and so is one that holds nothing else.
    """
    sheets = tuple(_without_feedback_notes(sheet) for sheet in workbook.sheets if not is_feedback(sheet))
    if not sheets or sheets == workbook.sheets:
        return workbook
    return workbook._replace(sheets=sheets)


def _without_feedback_notes(sheet: Sheet) -> Sheet:
    marked = [key for key, cell in sheet.cells.items() if cell.note and NOTE_BEGINS in cell.note]
    if not marked:
        return sheet
    cells: dict[tuple[int, int], Cell] = dict(sheet.cells)
    for key in marked:
        cell = cells[key]
        note = partner_note(cell.note or "") or None
        if cell.kind is Kind.EMPTY and not (note or cell.fill or cell.link or cell.formula):
            del cells[key]
        else:
            cells[key] = cell._replace(note=note)
    return sheet._replace(cells=cells)
