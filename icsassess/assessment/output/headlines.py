"""The figures that a merge is summed up in, for people who read a terminal."""

from __future__ import annotations

from collections import Counter

from icsassess.assessment.actions.states import CLOSED, NOT_EVIDENCED, NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.gaps.plans import PLAN_STATES
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED, SUPERSEDED
from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.support.text import count, listing


def day_in_words(day: object) -> str:
    """Give a date as ‘10 January 2024’."""
    return f"{day:%d %B %Y}".lstrip("0")


def headlines(merged: Merged) -> list[str]:
    """Give what it is, what was returned, how the lines are rated, and how gaps and actions stand: a line each."""
    locality = merged.locality
    return [
        f"{locality.name}, {locality.framework.title}, as at {day_in_words(merged.as_at)}; {_deadline(merged)}.",
        _returns(merged),
        _ratings(merged),
        _gaps(merged),
        _actions(merged),
    ]


def _deadline(merged: Merged) -> str:
    deadline, days = day_in_words(merged.locality.settings.deadline), merged.days_to_deadline
    if days < 0:
        return f"the deadline, {deadline}, passed {count(-days, 'day')} ago"
    return f"{count(days, 'day')} to the deadline, {deadline}"


def _returns(merged: Merged) -> str:
    received = sum(row.state == RECEIVED for row in merged.returns)
    parts = [f"{count(received, 'return')} received"]
    for state in (OUTSTANDING, REFUSED, SUPERSEDED):
        rows = [row for row in merged.returns if row.state == state]
        if rows:
            whose = listing([row.partner or row.file for row in rows])
            parts.append(f"{len(rows)} {state} ({whose})")
    return ", ".join(parts) + "."


def _ratings(merged: Merged) -> str:
    counts = Counter(line.rating for line in merged.lines)
    words = [*rag.vocabulary().names, ""]
    parts = [f"{counts[word]} {word or 'not rated by anybody'}" for word in words if counts.get(word)]
    return f"{count(len(merged.lines), 'line')}: " + ", ".join(parts) + "."


def _actions(merged: Merged) -> str:
    actions = merged.actions
    live = [action for action in actions if action.state not in (NOT_TAKEN_UP, CLOSED)]
    numbers = (
        (sum(action.state == OVERDUE for action in live), "late"),
        (sum("owner" in action.missing for action in live), "without an owner"),
        (sum("due date" in action.missing for action in live), "without a date"),
        (sum(action.state == NOT_EVIDENCED for action in live), "delivered and not evidenced"),
        (sum(action.state == CLOSED for action in actions), "closed"),
        (sum(action.state == NOT_TAKEN_UP for action in actions), "not taken up"),
    )
    parts = ", ".join(f"{number} {words}" for number, words in numbers if number)
    return count(len(actions), "action") + (f": {parts}" if parts else "") + "."


def _gaps(merged: Merged) -> str:
    counts = Counter(gap.plan for gap in merged.gaps)
    parts = [f"{counts[state]} {state or 'with no plan required'}" for state in (*PLAN_STATES, "") if counts[state]]
    return f"{count(len(merged.gaps), 'gap')}" + (": " + ", ".join(parts) if parts else "") + "."
