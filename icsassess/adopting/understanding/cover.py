"""Finding what a workbook asks about itself: who completed it, for whom, and when."""

from collections.abc import Iterable

from icsassess.adopting.understanding.corrections import LEAVE_OUT, Corrections
from icsassess.adopting.understanding.model import CoverBox
from icsassess.excel.cells.model import Cell, Sheet
from icsassess.returns.template.model import OWN, CoverField
from icsassess.returns.template.sources import default_template
from icsassess.support.text import words

_LONGEST_LABEL = 80
_FURTHEST = 3  # columns to the right of a label in which its answer is looked for: as when a return is read


def cover_labels() -> tuple[CoverField, ...]:
    """Give the boxes of the cover that the program knows, with all their names."""
    return default_template().cover


def find_cover(sheets: Iterable[tuple[Sheet, int]], corrections: Corrections) -> list[CoverBox]:
    """Give the boxes of the cover: each sheet is looked through above the row given with it.

    The sheet with most labels is the cover; what only looks like a label on the others is none.
    """
    labels: dict[str, str] = {words(title): box.field for box in cover_labels() for title in (box.title, *box.aliases)}
    corrected = {words(title): field for title, field in corrections.cover.items()}
    best: list[CoverBox] = []
    for sheet, before in sheets:
        boxes: list[CoverBox] = []
        for place, cell in sorted(sheet.cells.items()):
            name = _field(cell, {**labels, **corrected}) if place[0] < before else ""
            if name and (name == OWN or name not in {box.field for box in boxes}):
                answer, filled = _answer(sheet, cell, labels)
                if answer[1] - cell.column <= _FURTHEST:
                    title = " ".join(str(cell.value).split())
                    boxes.append(CoverBox(sheet.title, *place, title, name, answer, filled))
        if len(boxes) > len(best):
            best = boxes
    return best


def _field(cell: Cell, labels: dict[str, str]) -> str:
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST_LABEL:
        return ""
    name = labels.get(words(cell.value), "")
    return "" if name == LEAVE_OUT else name


def _answer(sheet: Sheet, label: Cell, labels: dict[str, str]) -> tuple[tuple[int, int], bool]:
    """Give the cell in which a label's answer stands, or would stand, and whether it does."""
    next_column = label.column + 1
    for top, leftmost, bottom, rightmost in sheet.merged:
        if top <= label.row <= bottom and leftmost <= label.column <= rightmost:
            next_column = rightmost + 1
    for column in range(next_column, label.column + 1 + _FURTHEST):
        cell = sheet.cells.get((label.row, column))
        if cell is not None and cell.value not in (None, ""):
            is_label = words(str(cell.value)) in labels
            return ((label.row, next_column), False) if is_label else ((label.row, column), True)
    return (label.row, next_column), False
