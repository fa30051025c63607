"""The state of a gap's plan. The workbook computes the same with a live formula (``sheets/gaps_and_actions``)."""

from __future__ import annotations

import datetime
from typing import Final, Protocol

from icsassess.domain.states import PlanPart, PlanState

TO_BE_MODERATED: Final = "to be moderated"
NEEDS_A_PLAN: Final = "needs a plan"
PLAN_INCOMPLETE: Final = "plan incomplete"
OVERDUE: Final = "overdue"
NOT_EVIDENCED: Final = "delivered, not evidenced"
PLANNED: Final = "planned"
CLOSED: Final = "closed"
# In the order in which a meeting should look at them.
PLAN_STATES: tuple[PlanState, ...] = (
    TO_BE_MODERATED,
    NEEDS_A_PLAN,
    OVERDUE,
    NOT_EVIDENCED,
    PLAN_INCOMPLETE,
    PLANNED,
    CLOSED,
)
DELIVERED: Final = "Delivered"


class Planned(Protocol):
    """What the state of a plan is reckoned from: an action, a gap."""

    @property
    def action(self) -> str: ...  # noqa: D102
    @property
    def owner(self) -> str: ...  # noqa: D102
    @property
    def due(self) -> datetime.date | None: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def evidenced_by(self) -> str: ...  # noqa: D102


def state_of(planned: Planned, *, to_be_moderated: bool, demanded: bool, as_at: datetime.date) -> PlanState:
    """Give the state of the plan of an action or gap: see :func:`plan_state`."""
    return plan_state(
        to_be_moderated=to_be_moderated,
        demanded=demanded,
        action=planned.action,
        owner=planned.owner,
        due=planned.due,
        status=planned.status,
        evidenced_by=planned.evidenced_by,
        as_at=as_at,
    )


def lacks(planned: Planned, *, demanded: bool) -> list[PlanPart]:
    """Give what the plan of an action or gap lacks: see :func:`missing`."""
    return missing(
        demanded=demanded,
        action=planned.action,
        owner=planned.owner,
        due=planned.due,
        status=planned.status,
        evidenced_by=planned.evidenced_by,
    )


def plan_state(
    *,
    to_be_moderated: bool,
    demanded: bool,
    action: str,
    owner: str,
    due: datetime.date | None,
    status: str,
    evidenced_by: str,
    as_at: datetime.date,
) -> PlanState:
    """Give the state of a plan, ``""`` where the rules demand none and there is none.

    Disagreement is settled first. *Delivered* and *evidenced* are two things: an action is closed when it was delivered
    and something shows it. Overdue is reckoned from due and as-at date, never typed.
    """
    if to_be_moderated:
        return TO_BE_MODERATED
    if not action:
        return NEEDS_A_PLAN if demanded else ""
    if status == DELIVERED:
        return CLOSED if evidenced_by else NOT_EVIDENCED
    if due is not None and due < as_at:
        return OVERDUE
    if not owner or due is None:
        return PLAN_INCOMPLETE
    return PLANNED


def missing(
    *, demanded: bool, action: str, owner: str, due: datetime.date | None, status: str, evidenced_by: str
) -> list[PlanPart]:
    """Give what the plan lacks, of: action, owner, due date, evidence (of an action that was delivered)."""
    if not action and not demanded:
        return []
    lacking: dict[PlanPart, bool] = {
        "action": not action,
        "owner": not owner,
        "due date": due is None,
        "evidence": status == DELIVERED and not evidenced_by,
    }
    return [part for part, is_lacking in lacking.items() if is_lacking]
