"""The actions as signing counts them, on the day of signing: those aside that the group did not take up."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from icsassess.assessment.actions.names import GROUP
from icsassess.assessment.actions.states import DELIVERED, NOT_TAKEN_UP
from icsassess.assessment.merging.model import Merged
from icsassess.tables.records import Action


class PlanCounts(NamedTuple):
    """All actions, and those that something is wrong with on a day; what is delivered lacks neither owner nor date."""

    actions: list[Action]
    without_owner: list[Action]
    without_due_date: list[Action]
    overdue: list[Action]
    not_evidenced: list[Action]


def plan_counts(merged: Merged, on: datetime.date) -> PlanCounts:
    """Sort the actions of a merge by what is wrong with them on a day."""
    live = [action for action in merged.actions if action.state != NOT_TAKEN_UP]
    open_ones = [action for action in live if action.status != DELIVERED]
    return PlanCounts(
        merged.actions,
        without_owner=[action for action in open_ones if not action.owner],
        without_due_date=[action for action in open_ones if action.due is None],
        overdue=[action for action in open_ones if action.due is not None and action.due < on],
        not_evidenced=[action for action in live if action.status == DELIVERED and not action.evidenced_by],
    )


def place_in_words(action: Action, merged: Merged) -> str:
    """Give an action's line and who proposed it, such as ‘Safe systems: processes (I1-PRO), Northern Practice’."""
    line = merged.locality.framework.line_by_ref.get(action.ref)
    names = merged.locality.name_by_code
    who = "the group" if action.proposed_by == GROUP else names.get(action.proposed_by, action.proposed_by)
    return f"{line.with_ref if line else action.ref or action.id}, {who}"
