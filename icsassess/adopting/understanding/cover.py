"""Finding what a workbook asks about itself: who completed it, for whom, and when."""

from __future__ import annotations

from collections.abc import Iterable

from icsassess.adopting.understanding.corrections import LEFT_OUT, Corrections
from icsassess.adopting.understanding.model import FoundBox
from icsassess.excel.cells.model import Cell, Sheet
from icsassess.locality.locality import Settings
from icsassess.returns.template.model import OWN, CoverField, return_template
from icsassess.support.text import words

_LONGEST_LABEL = 80
_FURTHEST = 3  # columns to the right of a label in which its answer is looked for: as when a return is read


def known_labels() -> tuple[CoverField, ...]:
    """Give the boxes of the cover that the program knows, with all their names."""
    return return_template(str(Settings.model_fields["template"].default)).cover


def find_cover(sheets: Iterable[tuple[Sheet, int]], corrections: Corrections) -> list[FoundBox]:
    """Give the boxes of the cover: each sheet is looked through above the row given with it.

    The sheet with most labels is the cover; what only looks like a label on the others is none.
    """
    labels: dict[str, str] = {words(title): box.field for box in known_labels() for title in (box.title, *box.aliases)}
    said = {words(title): field for title, field in corrections.cover.items()}
    best: list[FoundBox] = []
    for sheet, before in sheets:
        found: list[FoundBox] = []
        for place, cell in sorted(sheet.cells.items()):
            name = _field(cell, {**labels, **said}) if place[0] < before else ""
            if name and (name == OWN or name not in {box.field for box in found}):
                answer, filled = _answer(sheet, cell, labels)
                if answer[1] - cell.column <= _FURTHEST:
                    title = " ".join(str(cell.value).split())
                    found.append(FoundBox(sheet.title, *place, title, name, answer, filled))
        if len(found) > len(best):
            best = found
    return best


def _field(cell: Cell, labels: dict[str, str]) -> str:
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST_LABEL:
        return ""
    name = labels.get(words(cell.value), "")
    return "" if name == LEFT_OUT else name


def _answer(sheet: Sheet, label: Cell, labels: dict[str, str]) -> tuple[tuple[int, int], bool]:
    """Give the cell in which a label's answer stands, or would stand, and whether it does."""
    beside = label.column + 1
    for top, left, bottom, right in sheet.merged:
        if top <= label.row <= bottom and left <= label.column <= right:
            beside = right + 1
    for column in range(beside, label.column + 1 + _FURTHEST):
        cell = sheet.cells.get((label.row, column))
        if cell is not None and cell.value not in (None, ""):
            is_label = words(str(cell.value)) in labels
            return ((label.row, beside), False) if is_label else ((label.row, column), True)
    return (label.row, beside), False
