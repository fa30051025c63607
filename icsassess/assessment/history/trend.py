"""Where the locality stood at each merge of the round, as the history tells it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icsassess.assessment.gaps import plans
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.effective_return import RECEIVED
from icsassess.domain import rag


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


def weeks_of(records: Iterable[Record]) -> tuple[Week, ...]:
    """Give each merge of the history in figures, the oldest first."""
    return tuple(_week(record) for record in records)


def _week(record: Record) -> Week:
    content = record.content
    known = {*rag.vocabulary().names}
    ratings = Counter(line["rating"] if line["rating"] in known else "" for line in content["lines"])
    states = Counter(gap["plan"] or "" for gap in content["gaps"])
    received = sum(row["state"] == RECEIVED for row in content["read"]["returns"])
    return Week(record.as_at, record.name, received, ratings, len(content["gaps"]), states)
