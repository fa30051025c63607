"""What the group decided, settled against what the program fills in, with the last merge as common parent."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.assessment.group_edits.edits import Texts
from icsassess.assessment.group_edits.outcome import Conflict
from icsassess.excel.writing.model.values import fitted
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.matching.dates import How, read_date
from icsassess.support.text import fold
from icsassess.tables.titles import ACTION_TITLES, DATE_EVIDENCED

# The fields of an action, in the order of the columns to type in.
ACTION_FIELDS = tuple(ACTION_TITLES)
NOTHING: Texts = dict.fromkeys(ACTION_FIELDS, "")


class Agreed(NamedTuple):
    """The rating that the group agreed for a line, with its reason and date, and what partners said when it did.

    ``basis`` is each partner's state (see :mod:`icsassess.assessment.ratings.drift`) when the group agreed.
    """

    rating: str
    reason: str = ""
    agreed_on: datetime.date | None = None
    basis: Mapping[str, str] | None = None


class Action(NamedTuple):
    """What will be done about a gap; ``due_typed`` is a due date that is no day."""

    action: str = ""
    owner: str = ""
    accountable: str = ""
    due: datetime.date | None = None
    due_typed: str = ""
    status: str = ""
    evidenced_by: str = ""
    evidenced_on: datetime.date | None = None
    update: str = ""


# A day of the week or a month in letters, or a digit, and then only what a date is made of: no brackets, no times.
_NOTHING_BUT_A_DAY = re.compile(
    r"(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[\w/.\-, ]*"
)


def plain_day(text: str) -> datetime.date | None:
    """Give the day that a text stands for, None where it says more or less than a day: then it is kept as typed."""
    if not _NOTHING_BUT_A_DAY.fullmatch(fold(text)):
        return None
    reading = read_date(text)
    return reading.day if reading.how is How.DAY else None


def action_of(texts: Texts, statuses: Mapping[str, tuple[str, ...]]) -> Action:
    """Make an action from the texts of its fields.

    A date of evidence that is no day stays with what evidences it, or where nothing does with the update: alone it is
    no evidence.
    """
    due, evidenced_on = plain_day(texts.get("due", "")), plain_day(texts.get("evidenced_on", ""))
    evidenced_by, update = texts.get("evidenced_by", ""), texts.get("update", "")
    if not evidenced_on and texts.get("evidenced_on"):
        remark = f"({DATE_EVIDENCED} as typed: {texts['evidenced_on']})"
        if evidenced_by:
            evidenced_by = f"{evidenced_by} {remark}"
        else:
            update = f"{update} {remark}".strip()
    status = texts.get("status", "")
    return Action(
        texts.get("action", ""),
        texts.get("owner", ""),
        texts.get("accountable", ""),
        due,
        "" if due else texts.get("due", ""),
        status_of(status, statuses) or status,
        evidenced_by,
        evidenced_on,
        update,
    )


@dataclass(frozen=True)
class Decisions:
    """All that the group decided.

    ``agreed`` ratings by line. For the actions, by gap: what stands in the group's workbook, what the last merge
    wrote there, and what the program itself had filled in then (each None where there is none, and a field left out
    where nothing is known of it), and the fields that the group had typed in before.
    """

    agreed: Mapping[str, Agreed] = field(default_factory=dict)
    group: Mapping[str, Texts] = field(default_factory=dict)
    written: Mapping[str, Texts] = field(default_factory=dict)
    filled_in: Mapping[str, Texts] = field(default_factory=dict)
    typed_before: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def settle(self, gap: str, proposed: Texts) -> tuple[Texts, list[Conflict]]:
        """Give the fields of a gap's action: the group's word, and what the program fills in where there is none.

        Where one side changed a field since the last merge, that one counts; where both did, the group's is kept and
        the difference is given as a conflict. A gap that is not in the group's workbook (a row that was deleted, or
        a new gap) takes what was written last, else what the program fills in.
        """
        written = self.written.get(gap)
        group = self.group.get(gap, written)
        if group is None:
            return {**NOTHING, **proposed}, []
        settled: dict[str, str] = {}
        conflicts: list[Conflict] = []
        for name in ACTION_FIELDS:
            group_text, proposed_text = group.get(name), proposed.get(name, "")
            if group_text is None or not self._typed(gap, name, group_text):
                settled[name] = proposed_text
                continue
            settled[name] = group_text
            filled = self._filled_in(gap, name)
            if filled is not None and proposed_text and as_read(proposed_text) not in (filled, group_text):
                conflicts.append(Conflict(gap, name, group_text, proposed_text))
        return settled, conflicts

    def _filled_in(self, gap: str, name: str) -> str | None:
        """Give what the program had filled in at the last merge, None where that is not known."""
        filled = self.filled_in.get(gap)
        return None if filled is None else as_read(filled.get(name, ""))

    def _typed(self, gap: str, name: str, text: str) -> bool:
        """Tell whether the group typed what stands in a field, this week or before, rather than left it alone."""
        if name in self.typed_before.get(gap, ()):
            return True
        filled = self._filled_in(gap, name)
        written = self.written.get(gap)
        if filled is None:
            return bool(text) or (written is not None and text != written.get(name, ""))
        return text != filled or (written is not None and text != written.get(name, ""))

    def typed_fields(self, gap: str) -> list[str]:
        """Give the fields of a gap's action that the group typed in, now or in an earlier week."""
        group = self.group.get(gap) or self.written.get(gap) or {}
        return [name for name in ACTION_FIELDS if name in group and self._typed(gap, name, group[name])]

    def is_the_groups(self, gap: str) -> bool:
        """Tell whether the group typed anything about a gap's action, now or in an earlier week."""
        group = self.group.get(gap) or self.written.get(gap) or {}
        return any(text and self._typed(gap, name, text) for name, text in group.items())


def as_read(text: str) -> str:
    """Give a text as it comes back from a cell that it was written into."""
    return fitted(text).strip()


NO_DECISIONS = Decisions()
