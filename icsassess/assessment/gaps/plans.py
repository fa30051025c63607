"""The plan of a gap, as its actions make it. The workbook computes the same with a live formula (sheet Gaps)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from icsassess.assessment.actions.states import (
    CLOSED,
    INCOMPLETE,
    NOT_EVIDENCED,
    NOT_TAKEN_UP,
    OVERDUE,
    PLANNED,
)
from icsassess.domain.states import ActionState, PlanPart, PlanState

TO_BE_MODERATED: Final = "to be moderated"
NEEDS_A_PLAN: Final = "needs a plan"
PLAN_INCOMPLETE: Final = "plan incomplete"
PLAN_STATES: tuple[PlanState, ...] = (
    TO_BE_MODERATED,
    NEEDS_A_PLAN,
    OVERDUE,
    NOT_EVIDENCED,
    PLAN_INCOMPLETE,
    PLANNED,
    CLOSED,
)
"""In the order in which a meeting should look at them."""
_OF_ACTION: dict[ActionState, PlanState] = {
    OVERDUE: OVERDUE,
    NOT_EVIDENCED: NOT_EVIDENCED,
    INCOMPLETE: PLAN_INCOMPLETE,
    PLANNED: PLANNED,
    CLOSED: CLOSED,
}
"""What each state of an action makes of its gap's plan, the weightiest first."""


def gap_plan(states: Sequence[ActionState], *, to_be_moderated: bool, demanded: bool, is_uncovered: bool) -> PlanState:
    """Give the state of a gap's plan, ``""`` where the rules demand none and nobody proposes anything.

    ``states`` are those of its actions, ``is_uncovered`` whether a partner says what is missing and proposes nothing
    while the group has not said that the actions together cover it. Disagreement is settled first; then the weightiest
    of the actions' states counts, those aside that the group did not take up.
    """
    if to_be_moderated:
        return TO_BE_MODERATED
    live = {_OF_ACTION[state] for state in states if state != NOT_TAKEN_UP}
    if not live:
        return NEEDS_A_PLAN if demanded else ""
    weightiest = next(plan for plan in _OF_ACTION.values() if plan in live)
    if is_uncovered and demanded and weightiest in (PLANNED, CLOSED):
        return PLAN_INCOMPLETE
    return weightiest


def missing_of_plan(
    missing_of_actions: Collection[Sequence[PlanPart]], *, has_action: bool, demanded: bool, is_uncovered: bool
) -> tuple[PlanPart, ...]:
    """Give what a gap's plan lacks, of: action, owner, due date, evidence (that an action was delivered).

    ``missing_of_actions`` has what each of its actions lacks, ``has_action`` says whether one is taken up or undecided.
    """
    lacking: set[PlanPart] = {part for parts in missing_of_actions for part in parts}
    if demanded and (not has_action or is_uncovered):
        lacking.add("action")
    order: tuple[PlanPart, ...] = ("action", "owner", "due date", "evidence")
    return tuple(part for part in order if part in lacking)
