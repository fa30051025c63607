"""The actions as signing counts them: those of the gaps, and those in rows of the group's own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from icsassess.assessment.gaps.plans import DELIVERED
from icsassess.assessment.group_edits.decisions import ACTION_FIELDS, action_of
from icsassess.assessment.merging.model import Merged
from icsassess.domain.gap_ids import ref_of_gap
from icsassess.returns.template.sources import template_of
from icsassess.tables.models import Gaps
from icsassess.tables.titles import GAP, REF
from icsassess.tables.validation import titles


class PlanAction(NamedTuple):
    """An action, and where it stands: its line in words, with a number where a line has several."""

    place: str
    text: str
    owner: str
    due: datetime.date | None
    is_delivered: bool
    evidenced_by: str


class PlanCounts(NamedTuple):
    """All actions, and those that something is wrong with on a day; what is delivered lacks neither owner nor date."""

    actions: list[PlanAction]
    without_owner: list[PlanAction]
    without_due_date: list[PlanAction]
    overdue: list[PlanAction]
    not_evidenced: list[PlanAction]


def plan_counts(merged: Merged, on: datetime.date) -> PlanCounts:
    """Sort the actions of a merge by what is wrong with them on a day."""
    actions = list(_numbered(merged))
    open_ones = [action for action in actions if not action.is_delivered]
    return PlanCounts(
        actions,
        without_owner=[action for action in open_ones if not action.owner],
        without_due_date=[action for action in open_ones if action.due is None],
        overdue=[action for action in open_ones if action.due is not None and action.due < on],
        not_evidenced=[action for action in actions if action.is_delivered and not action.evidenced_by],
    )


def _numbered(merged: Merged) -> Iterator[PlanAction]:
    seen: Counter[str] = Counter()
    for action in _actions(merged):
        seen[action.place] += 1
        number = seen[action.place]
        yield action if number == 1 else action._replace(place=f"{action.place}, action {number}")


def _actions(merged: Merged) -> Iterator[PlanAction]:
    lines = merged.locality.framework.line_by_ref
    for gap in merged.gaps:
        if gap.action:
            delivered = gap.status == DELIVERED
            yield PlanAction(lines[gap.ref].with_ref, gap.action, gap.owner, gap.due, delivered, gap.evidenced_by)
    statuses, shown = template_of(merged.locality).statuses, titles(Gaps)
    for number, row in enumerate(merged.carried.own_rows, 1):
        action = action_of({name: str(row.get(shown[name], "")) for name in ACTION_FIELDS}, statuses)
        if action.action:
            line = lines.get(ref_of_gap(str(row.get(REF) or row.get(GAP) or "")))
            place = line.with_ref if line else f"row {number} of the group's own"
            delivered = action.status == DELIVERED
            yield PlanAction(place, action.action, action.owner, action.due, delivered, action.evidenced_by)
