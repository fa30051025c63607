"""What the history says of a round, as data: all that moved between two merges, one merge in figures."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.assessment.events.model import KINDS, Event
from icsassess.assessment.events.wording import counted
from icsassess.assessment.gaps import plans

_NOT_COMPARED = "Actions are compared from the next merge on: the one before listed one action a gap."


@dataclass(frozen=True)
class Changes:
    """All that moved between two merges; ``since`` is None for the first merge, which has nothing before it.

    ``arrivals`` says in a sentence how many returns came and what they made of the ratings. ``gaps_before`` are the
    lines that were gaps at the merge before. ``actions_compared`` is False where that one knew one action a gap only.
    """

    since: str | None
    since_as_at: datetime.date | None
    until: str
    changes: list[Event] = field(default_factory=list)
    arrivals: str = ""
    gaps_before: frozenset[str] = frozenset()
    actions_compared: bool = True

    @property
    def summary(self) -> str:
        """What moved, in a sentence, with another one for the returns that came."""
        if self.since is None:
            return "This is the first merge: there is nothing to compare it with."
        return self.in_words(self.since)

    def in_words(self, since: str, most: int = len(KINDS)) -> str:
        """Give the summary, with the merge before called ``since``; of what moved the first ``most`` kinds."""
        moved = counted(self.changes, most)
        nothing = "nothing moved." if self.actions_compared else "nothing moved that can be compared."
        parts = [" ".join(filter(None, (moved and f"{moved}.", self.arrivals))) or nothing]
        return " ".join([f"Since {since}:", *parts, *([] if self.actions_compared else [_NOT_COMPARED])])


class Week(NamedTuple):
    """One merge in figures: ``ratings`` counts lines by rating (``""`` for none), ``plans`` gaps by state of plan.

    ``received`` of ``expected`` partners had returned. ``actions`` counts actions by state; None where the history is
    of a version that knew one action a gap.
    """

    as_at: datetime.date
    name: str
    received: int
    expected: int
    ratings: Mapping[str, int]
    gaps: int
    plans: Mapping[str, int]
    actions: Mapping[str, int] | None = None

    @property
    def without_a_plan(self) -> int:
        """How many gaps had no action, or a plan that lacked something."""
        return self.plans.get(plans.NEEDS_A_PLAN, 0) + self.plans.get(plans.PLAN_INCOMPLETE, 0)
