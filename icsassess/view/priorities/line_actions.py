"""How the actions of a line stand, in words."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.assessment.actions.states import CLOSED, NOT_EVIDENCED, NOT_TAKEN_UP, OVERDUE
from icsassess.support.text import count
from icsassess.tables.records import Action


def how_they_stand(actions: Sequence[Action]) -> str:
    """Say how the actions of a line stand, those aside that the group did not take up: ‘7 actions, 1 late’."""
    live = [action for action in actions if action.state != NOT_TAKEN_UP]
    if not live:
        return "no action"
    numbers = {
        "late": sum(action.state == OVERDUE for action in live),
        "without an owner": sum("owner" in action.missing for action in live),
        "without a date": sum("due date" in action.missing for action in live),
        "delivered": sum(action.state in (CLOSED, NOT_EVIDENCED) for action in live),
    }
    return ", ".join([count(len(live), "action"), *(f"{number} {word}" for word, number in numbers.items() if number)])
