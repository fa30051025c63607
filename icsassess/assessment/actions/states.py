"""The state of an action, and what it lacks. The workbook computes the same with a live formula (sheet Actions)."""

from __future__ import annotations

import datetime
from typing import Final, get_args

from icsassess.domain.states import ActionState, PlanPart

NOT_TAKEN_UP: Final = "not taken up"
OVERDUE: Final = "overdue"
NOT_EVIDENCED: Final = "delivered, not evidenced"
INCOMPLETE: Final = "incomplete"
PLANNED: Final = "planned"
CLOSED: Final = "closed"
ACTION_STATES: tuple[ActionState, ...] = get_args(ActionState)
DELIVERED = "Delivered"
"""The delivery status of an action that was done."""


def action_state(
    *,
    owner: str,
    due: datetime.date | None,
    status: str,
    evidenced_by: str,
    taken_up: bool | None,
    looked_at: datetime.date,
) -> ActionState:
    """Give the state of an action on the day it is looked at.

    ``taken_up`` is None where the group has not decided: an action that a partner proposed counts until the group
    says No. *Delivered* and *evidenced* are two things: an action is closed when it was delivered and something shows
    it. Overdue is due before that day and not delivered; it is reckoned, never typed.
    """
    if taken_up is False:
        return NOT_TAKEN_UP
    if status == DELIVERED:
        return CLOSED if evidenced_by else NOT_EVIDENCED
    if due is not None and due < looked_at:
        return OVERDUE
    return PLANNED if owner and due is not None else INCOMPLETE


def missing_of_action(
    *, owner: str, due: datetime.date | None, status: str, evidenced_by: str, taken_up: bool | None
) -> list[PlanPart]:
    """Give what an action lacks: owner, due date, evidence that it was delivered; nothing where it is not taken up."""
    if taken_up is False:
        return []
    lacks: dict[PlanPart, bool] = {
        "owner": not owner,
        "due date": due is None,
        "evidence": status == DELIVERED and not evidenced_by,
    }
    return [name for name, is_lacking in lacks.items() if is_lacking]
