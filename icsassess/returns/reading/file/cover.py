"""What the cover of a return says: who completed it, for whom, and when."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from icsassess.excel.cells.model import Cell, Sheet, as_text
from icsassess.returns.matching.dates import read_date
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import clean, words

_FURTHEST = 3  # columns to the right of a label in which its answer is looked for


@dataclass(frozen=True)
class Cover:
    """The cover's answers as typed, by field, and where each stands as (sheet, cell)."""

    answers: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def completed_on(self) -> datetime.date | None:
        """The day the return was completed, if the cover gives one."""
        return read_date(self.answers.get("completed_on", "")).usable

    def answer(self, name: str) -> str:
        """Give an answer as typed, ``""`` where there is none."""
        return self.answers.get(name, "")


def read_cover(sheets: list[Sheet], template: ReturnTemplate) -> Cover:
    """Read the cover from the sheets that hold no table: the sheet with most of the cover's labels counts."""
    best = Cover()
    for sheet in sheets:
        cover = _read(sheet, template)
        if len(cover.places) > len(best.places):
            best = cover
    return best


def _read(sheet: Sheet, template: ReturnTemplate) -> Cover:
    labels: dict[str, str] = {}
    for asked in template.cover:
        for title in (asked.title, *asked.aliases):
            labels.setdefault(words(title), asked.field)
    cover = Cover()
    for _, cell in sorted(sheet.cells.items()):
        name = labels.get(words(str(cell.value))) if isinstance(cell.value, str) and len(cell.value) < 80 else None
        if name is None or name in cover.places:
            continue
        for answer in _answers_right_of(sheet, cell, labels):
            cover.places[name] = (sheet.title, answer.address)
            cover.answers[name] = clean(as_text(answer)).strip()
            break
        else:
            cover.places[name] = (sheet.title, cell.address)
            cover.answers[name] = ""
    return cover


def _answers_right_of(sheet: Sheet, label: Cell, labels: dict[str, str]) -> Iterator[Cell]:
    """Give the first cell with a value to the right of a label, unless it is the next label."""
    for column in range(label.column + 1, label.column + 1 + _FURTHEST):
        cell = sheet.cells.get((label.row, column))
        if cell is not None and cell.value not in (None, ""):
            if words(str(cell.value)) not in labels:
                yield cell
            return
