"""The state of a gap's plan. The workbook computes the same with a live formula (``workbook/gaps_and_actions``)."""

from __future__ import annotations

import datetime

TO_BE_MODERATED = "to be moderated"
NEEDS_A_PLAN = "needs a plan"
PLAN_INCOMPLETE = "plan incomplete"
OVERDUE = "overdue"
NOT_EVIDENCED = "delivered, not evidenced"
PLANNED = "planned"
CLOSED = "closed"
# In the order in which a meeting should look at them.
PLAN_STATES = (TO_BE_MODERATED, NEEDS_A_PLAN, OVERDUE, NOT_EVIDENCED, PLAN_INCOMPLETE, PLANNED, CLOSED)
DELIVERED = "Delivered"


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
) -> str:
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
) -> list[str]:
    """Give what the plan lacks, of: action, owner, due date, evidence (of an action that was delivered)."""
    if not action and not demanded:
        return []
    lacking = {
        "action": not action,
        "owner": not owner,
        "due date": due is None,
        "evidence": status == DELIVERED and not evidenced_by,
    }
    return [name for name, lacks in lacking.items() if lacks]
