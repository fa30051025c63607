"""What the history says of a round, as data: one change, all that changed between two merges, one merge in figures."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.assessment.gaps import plans

# The kinds of change with their plurals, in the order in which a meeting looks at them.
_PLURALS = {
    "rating fell": "ratings fell",
    "rating rose": "ratings rose",
    "rated": "rated",
    "rating gone": "ratings gone",
    "agreed": "agreed",
    "agreement taken back": "agreements taken back",
    "changed since agreed": "changed since agreed",
    "partner fell": "partners fell",
    "partner rose": "partners rose",
    "partner rated": "partners rated",
    "partner changed": "partners changed",
    "gap opened": "gaps opened",
    "gap closed": "gaps closed",
    "newly overdue": "newly overdue",
    "action added": "actions added",
    "action changed": "actions changed",
    "action removed": "actions removed",
    "owner changed": "owners changed",
    "action moved": "actions moved",
    "action delivered": "actions delivered",
    "action closed": "actions closed",
    "return received": "returns received",
    "return replaced": "returns replaced",
    "return refused": "returns refused",
    "return gone": "returns gone",
    "points": "points",
    "partner added": "partners added",
    "partner removed": "partners removed",
    "line added": "lines added",
    "line removed": "lines removed",
}
KINDS = tuple(_PLURALS)
"""The kinds of change, in the order in which a meeting looks at them."""
_OF_PARTNERS = frozenset(
    ("partner fell", "partner rose", "partner rated", "partner changed", "partner added", "partner removed")
)


def counted(number: int, kind: str) -> str:
    """Give a number of changes of one of the ``KINDS`` in words: ‘1 rating fell’, ‘7 ratings fell’."""
    return f"{number} {kind if number == 1 else _PLURALS[kind]}"


class Change(NamedTuple):
    """One thing that moved: its kind, the line and partner it is about, what it was and is, and a sentence."""

    kind: str
    ref: str | None
    partner: str | None
    was: str | None
    current: str | None
    sentence: str

    def as_json(self) -> dict[str, str | None]:
        """Give the change with the contract's keys."""
        return {
            "kind": self.kind,
            "ref": self.ref,
            "partner": self.partner,
            "was": self.was,
            "is": self.current,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Changes:
    """All that moved between two merges; ``since`` is None for the first merge, which has nothing before it."""

    since: str | None
    since_as_at: datetime.date | None
    until: str
    changes: list[Change] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One sentence on what moved."""
        if self.since is None:
            return "This is the first merge: there is nothing to compare it with."
        counts = {kind: sum(change.kind == kind for change in self.changes) for kind in KINDS}
        movements = [counted(number, kind) for kind, number in counts.items() if number and kind not in _OF_PARTNERS]
        return f"Since {self.since}: " + (", ".join(movements) or "nothing moved") + "."


class Week(NamedTuple):
    """One merge in figures: ``ratings`` counts lines by rating (``""`` for none), ``plans`` gaps by state of plan."""

    as_at: datetime.date
    name: str
    received: int
    ratings: Mapping[str, int]
    gaps: int
    plans: Mapping[str, int]

    @property
    def without_a_plan(self) -> int:
        """How many gaps had no action, or a plan that lacked something."""
        return self.plans.get(plans.NEEDS_A_PLAN, 0) + self.plans.get(plans.PLAN_INCOMPLETE, 0)
