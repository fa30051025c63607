"""What the group decided, settled against what the program fills in, with the last merge as common parent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from icsassess.assessment.carried import Conflict
from icsassess.assessment.typed import Texts
from icsassess.returns.dates import read_date
from icsassess.returns.rules.status_is_permitted import status_of

# The fields of an action, in the order of the columns to type in.
ACTION_FIELDS = ("action", "owner", "accountable", "due", "status", "evidenced_by", "evidenced_on", "update")
NOTHING: Texts = dict.fromkeys(ACTION_FIELDS, "")


@dataclass(frozen=True, slots=True)
class Agreed:
    """The rating that the group agreed for a line, with its reason and date, and what partners said when it did.

    ``basis`` is each partner's state (see :mod:`icsassess.assessment.moved`) when the group agreed.
    """

    rating: str
    reason: str = ""
    agreed_on: datetime.date | None = None
    basis: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Action:
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


def action_of(texts: Texts, statuses: Mapping[str, tuple[str, ...]]) -> Action:
    """Make an action from the texts of its fields; a date of evidence that is no day stays with what evidences it."""
    due, evidenced_on = read_date(texts.get("due", "")).usable, read_date(texts.get("evidenced_on", "")).usable
    evidenced_by = texts.get("evidenced_by", "")
    if not evidenced_on and texts.get("evidenced_on"):
        evidenced_by = f"{evidenced_by} (date evidenced, as typed: {texts['evidenced_on']})".strip()
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
        texts.get("update", ""),
    )


@dataclass(frozen=True)
class Decisions:
    """All that the group decided.

    ``agreed`` ratings by line. For the actions, by gap: what stands in the group's workbook, what the last merge
    wrote there, and what the program itself had filled in then (each None where there is none).
    """

    agreed: Mapping[str, Agreed] = field(default_factory=dict)
    group: Mapping[str, Texts] = field(default_factory=dict)
    written: Mapping[str, Texts] = field(default_factory=dict)
    filled_in: Mapping[str, Texts] = field(default_factory=dict)

    def settle(self, gap: str, proposed: Texts) -> tuple[Texts, list[Conflict]]:
        """Give the fields of a gap's action: the group's word, and what the program fills in where there is none.

        Where one side changed a field since the last merge, that one counts; where both did, the group's is kept and
        the difference is given as a conflict. A gap that is not in the group's workbook (a row that was deleted, or
        a new gap) takes what was written last, else what the program fills in.
        """
        before = self.written.get(gap)
        group = self.group.get(gap, before)
        if group is None:
            return {**NOTHING, **proposed}, []
        filled = self.filled_in.get(gap, {} if before is None else None)
        settled: dict[str, str] = {}
        conflicts: list[Conflict] = []
        for name in ACTION_FIELDS:
            theirs, ours = group.get(name, ""), proposed.get(name, "")
            parent = before.get(name, "") if before is not None else None
            filled_then = filled.get(name, "") if filled is not None else parent
            group_typed = theirs != parent or theirs != filled_then
            if not group_typed:
                settled[name] = ours
                continue
            settled[name] = theirs
            if filled_then is not None and ours not in (filled_then, theirs):
                conflicts.append(Conflict(gap, name, theirs, ours))
        return settled, conflicts

    def is_the_groups(self, gap: str) -> bool:
        """Tell whether the group typed anything about a gap's action, now or in an earlier week."""
        group = self.group.get(gap) or self.written.get(gap) or {}
        filled = self.filled_in.get(gap, {})
        return any(group.get(name, "") != filled.get(name, "") for name in ACTION_FIELDS)


NO_DECISIONS = Decisions()
