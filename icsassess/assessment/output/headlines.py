"""The figures that a merge is summed up in, for people who read a terminal."""

from __future__ import annotations

from collections import Counter

from icsassess.assessment.actions.states import CLOSED, NOT_EVIDENCED, NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN, PLAN_STATES
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.rated import count_rated
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
    answered = {row.partner for row in merged.returns if row.state == RECEIVED}
    missing = {row.partner: row.name for row in merged.returns if row.state in (OUTSTANDING, REFUSED) and row.partner}
    names = [name for partner, name in missing.items() if partner not in answered]
    sentence = f"{len(answered):,} of {count(len(answered) + len(names), 'partner')} answered"
    if names:
        sentence += f"; not yet {listing(names)}"
    asked = {problem.file for problem in merged.questions}
    refused = [row.name or row.file for row in merged.returns if row.state == REFUSED and row.file not in asked]
    if asked:
        sentence += f". Of {count(len(asked), 'return')} it has to be settled first whose it is, or which counts"
    if refused:
        sentence += f". {count(len(refused), 'return')} could not be used ({listing(refused)})"
    return f"{sentence}."


def _ratings(merged: Merged) -> str:
    ratings = [line.counted for line in merged.lines]
    counts = Counter(ratings)
    rated = count_rated(ratings)
    colours = listing([f"{counts[word]} {word}" for word in rag.vocabulary().ordered if counts[word]])
    others = {"open": rated.out_of - rated.rated, "not applicable": counts[rag.NOT_APPLICABLE]}
    parts = [f"{rated} lines are rated" + (f": {colours}" if colours else "")]
    return "; ".join([*parts, *(f"{number} {word}" for word, number in others.items() if number)]) + "."


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
    parts = [f"{counts[state]} {_plan(state, counts[state])}" for state in (*PLAN_STATES, "") if counts[state]]
    return f"{count(len(merged.gaps), 'gap')}" + (": " + ", ".join(parts) if parts else "") + "."


def _plan(state: str, number: int) -> str:
    if state == NEEDS_A_PLAN and number > 1:
        return "need a plan"
    return state or "with no plan asked for"
