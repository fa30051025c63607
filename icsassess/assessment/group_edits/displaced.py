"""What has lost its place in the workbook: kept where it can be seen, and given back when its place is there again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from icsassess.assessment.group_edits.edits import GAPS, Shown, Texts
from icsassess.assessment.group_edits.outcome import Kept
from icsassess.domain.gap_ids import ref_of_gap

GAP_CLOSED = "The line is no gap any more"
NO_SUCH_LINE = "The line is not in the framework any more"
OVER_THE_PROGRAM = "Typed where the program writes"
ROW_WITHOUT_LINE = "The row belongs to no line"
NO_SUCH_COLUMN = "The column is not there any more"
NOTE_ON = "Note on "
WHY, SHEET, KEY, COLUMN, TEXT, SINCE = (
    "What became of its place",
    "Sheet",
    "Line or gap",
    "Column",
    "Text",
    "Kept since",
)
COLUMNS = (WHY, SHEET, KEY, COLUMN, TEXT, SINCE)
"""The titles of the table of what is kept."""


@dataclass
class Keeping:
    """Collects what is kept. ``found`` are the rows of the sheet of what was kept before, as the group left it."""

    found: list[Texts] = field(default_factory=list)
    _kept: list[Kept] = field(default_factory=list)
    _given_back: set[int] = field(default_factory=set)

    def waiting(self, sheet: str, key: str) -> Iterator[tuple[int, str, str]]:
        """Give what waits for the place of a line or gap: a number to give it back by, its column and its text."""
        for number, row in enumerate(self.found):
            whose = row.get(SHEET, ""), row.get(KEY, "")
            if number not in self._given_back and whose == (sheet, key) and row.get(WHY) in (GAP_CLOSED, NO_SUCH_LINE):
                yield number, row.get(COLUMN, ""), row.get(TEXT, "")

    def keys(self, sheet: str) -> list[str]:
        """Give the lines or gaps of a sheet that something waits for."""
        here = [row for row in self.found if row.get(SHEET) == sheet and row.get(WHY) in (GAP_CLOSED, NO_SUCH_LINE)]
        return list(dict.fromkeys(row.get(KEY, "") for row in here))

    def give_back(self, number: int) -> None:
        """Take out what has its place again."""
        self._given_back.add(number)

    def keep(self, why: str, sheet: str, key: str, texts: Mapping[str, Shown]) -> None:
        """Keep the texts of a row, by title."""
        self._kept.extend(Kept(why, sheet, key, title, str(text), "") for title, text in texts.items() if text != "")

    def all(self, since: datetime.date) -> list[Kept]:
        """Give all that is kept, each once: what was kept before stands first, with its date."""
        before = [
            Kept(*(row.get(title, "") for title in COLUMNS))
            for number, row in enumerate(self.found)
            if number not in self._given_back
        ]
        seen: dict[tuple[str, str, str, str, str], Kept] = {}
        for kept in (*before, *self._kept):
            seen.setdefault((kept.why, kept.sheet, kept.key, kept.title, kept.text), kept)
        return [kept._replace(since=kept.since or since.isoformat()) for kept in seen.values()]


def why_gone(sheet: str, key: str, refs: Set[str]) -> str:
    """Say why a line or gap is not there any more."""
    return GAP_CLOSED if sheet == GAPS and ref_of_gap(key) in refs else NO_SUCH_LINE
