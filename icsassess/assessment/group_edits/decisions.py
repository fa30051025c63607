"""What the group decided, settled against what the program fills in, with the last merge as common parent."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from icsassess.assessment.group_edits.edits import OwnAction, Texts
from icsassess.assessment.group_edits.outcome import Conflict
from icsassess.excel.writing.model.values import fitted
from icsassess.returns.matching.dates import How, read_date
from icsassess.support.text import fold
from icsassess.tables.titles import ACTION_FIELDS

NOTHING: Texts = dict.fromkeys(ACTION_FIELDS, "")


class Agreed(NamedTuple):
    """The rating that the group agreed for a line, with its reason and date, and what partners said when it did.

    ``basis`` is each partner's state (see :mod:`icsassess.assessment.ratings.drift`) when the group agreed.
    """

    rating: str
    reason: str = ""
    agreed_on: datetime.date | None = None
    basis: Mapping[str, str] | None = None


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


@dataclass(frozen=True)
class Decisions:
    """All that the group decided.

    ``agreed`` ratings by line, and what stands under Covered by gap. For the actions, by name: what stands in the
    group's workbook, what the last merge wrote there, and what the partner had proposed then (each None where there is
    none, and a field left out where nothing is known of it), and the fields that the group had typed in before.
    ``earlier`` has all actions that were ever named, as the last record has them; ``waiting`` are the names of those
    that had lost their place, of which ``group`` has what was kept. ``refs`` and ``own_actions`` are the rows of the
    group's own, see ``GroupEdits``. ``version_1`` has the same of a workbook of version 1, by gap in place of name.
    """

    agreed: Mapping[str, Agreed] = field(default_factory=dict)
    group: Mapping[str, Texts] = field(default_factory=dict)
    written: Mapping[str, Texts] = field(default_factory=dict)
    filled_in: Mapping[str, Texts] = field(default_factory=dict)
    typed_before: Mapping[str, Sequence[str]] = field(default_factory=dict)
    covered: Mapping[str, str] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    own_actions: Sequence[OwnAction] = ()
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    version_1: Decisions | None = None

    def settle(self, name: str, proposed: Texts) -> tuple[Texts, list[Conflict]]:
        """Give the fields of an action: the group's word, and what its partner proposes where there is none.

        Where one side changed a field since the last merge, that one counts; where both did, the group's is kept and
        the difference is given as a conflict. An action that is not in the group's workbook (a row that was deleted,
        or a new action) takes what was written last, else what the partner proposes.
        """
        group = self.texts(name)
        if group is None:
            return {**NOTHING, **proposed}, []
        settled: dict[str, str] = {}
        conflicts: list[Conflict] = []
        for field_name in ACTION_FIELDS:
            group_text, proposed_text = group.get(field_name), proposed.get(field_name, "")
            if group_text is None or not self._typed(name, field_name, group_text):
                settled[field_name] = proposed_text
                continue
            settled[field_name] = group_text
            filled = self._filled_in(name, field_name)
            if filled is not None and proposed_text and as_read(proposed_text) not in (filled, group_text):
                conflicts.append(Conflict(name, field_name, group_text, proposed_text))
        return settled, conflicts

    def texts(self, name: str) -> Texts | None:
        """Give what stands in an action's row, or where it was deleted what was written there; None for neither."""
        return self.group.get(name, self.written.get(name))

    def _filled_in(self, name: str, field_name: str) -> str | None:
        """Give what the partner had proposed at the last merge, None where that is not known."""
        filled = self.filled_in.get(name)
        return None if filled is None else as_read(filled.get(field_name, ""))

    def _typed(self, name: str, field_name: str, text: str) -> bool:
        """Tell whether the group typed what stands in a field, this week or before, rather than left it alone."""
        if field_name in self.typed_before.get(name, ()):
            return True
        filled = self._filled_in(name, field_name)
        written = self.written.get(name)
        if filled is None:
            return bool(text) or (written is not None and text != written.get(field_name, ""))
        return text != filled or (written is not None and text != written.get(field_name, ""))

    def typed_fields(self, name: str) -> list[str]:
        """Give the fields of an action that the group typed in, now or in an earlier week."""
        group = self.texts(name) or {}
        return [each for each in ACTION_FIELDS if each in group and self._typed(name, each, group[each])]

    def is_the_groups(self, name: str) -> bool:
        """Tell whether the group typed anything about an action, now or in an earlier week."""
        group = self.texts(name) or {}
        return any(text and self._typed(name, each, text) for each, text in group.items())


def as_read(text: str) -> str:
    """Give a text as it comes back from a cell that it was written into."""
    return fitted(text).strip()


NO_DECISIONS = Decisions()
