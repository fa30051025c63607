"""What has lost its place in the workbook: kept where it can be seen, and given back when its place is there again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from icsassess.assessment.group_edits.edits import ACTIONS, GAPS, CellValue, Texts
from icsassess.assessment.group_edits.outcome import Displaced
from icsassess.domain.gap_ids import ref_of_gap

GAP_CLOSED = "The line is no gap any more"
ACTION_WITHDRAWN = "Its partner does not propose the action any more"
NO_SUCH_LINE = "The line is not in the framework any more"
OVER_THE_PROGRAM = "Typed where the program writes"
ROW_WITHOUT_LINE = "The row belongs to no line"
NO_SUCH_COLUMN = "The column is not there any more"
NOTE_ON = "Note on "
_MAY_COME_AGAIN = (GAP_CLOSED, ACTION_WITHDRAWN, NO_SUCH_LINE)
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
class DisplacedCollector:
    """Collects what has no place any more; ``previous_rows`` are those of the last workbook's sheet, by title."""

    previous_rows: list[Texts] = field(default_factory=list)
    _collected: list[Displaced] = field(default_factory=list)
    _restored: set[int] = field(default_factory=set)

    def _of_sheet(self, sheet: str) -> Iterator[tuple[int, Texts]]:
        """Give the rows whose line, gap or action of a sheet may be there again, with their numbers."""
        for number, row in enumerate(self.previous_rows):
            if row.get(SHEET, "") == sheet and row.get(WHY) in _MAY_COME_AGAIN:
                yield number, row

    def waiting(self, sheet: str, key: str) -> Iterator[tuple[int, str, str]]:
        """Give what waits for a line, gap or action: a number to restore it by, its column and its text."""
        for number, row in self._of_sheet(sheet):
            if number not in self._restored and row.get(KEY, "") == key:
                yield number, row.get(COLUMN, ""), row.get(TEXT, "")

    def keys(self, sheet: str) -> list[str]:
        """Give the lines, gaps or actions of a sheet that something waits for."""
        return list(dict.fromkeys(row.get(KEY, "") for _, row in self._of_sheet(sheet)))

    def restore(self, number: int) -> None:
        """Take out what has its place again."""
        self._restored.add(number)

    def keep(self, why: str, sheet: str, key: str, texts: Mapping[str, CellValue]) -> None:
        """Keep the texts of a row, by title."""
        self._collected += [
            Displaced(why, sheet, key, title, str(text), "") for title, text in texts.items() if text != ""
        ]

    def all(self, since: datetime.date) -> list[Displaced]:
        """Give all that is kept, each once: what was kept before stands first, with its date."""
        before = [
            Displaced(*(row.get(title, "") for title in COLUMNS))
            for number, row in enumerate(self.previous_rows)
            if number not in self._restored
        ]
        seen: dict[tuple[str, str, str, str, str], Displaced] = {}
        for entry in (*before, *self._collected):
            seen.setdefault((entry.why, entry.sheet, entry.key, entry.title, entry.text), entry)
        return [entry._replace(since=entry.since or since.isoformat()) for entry in seen.values()]


def why_gone(sheet: str, key: str, refs: Set[str]) -> str:
    """Say why a line, gap or action is not there any more."""
    if sheet == ACTIONS:
        return ACTION_WITHDRAWN
    return GAP_CLOSED if sheet == GAPS and ref_of_gap(key) in refs else NO_SUCH_LINE
