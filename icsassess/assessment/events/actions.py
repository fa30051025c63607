"""Events of actions: each of one action, by the partner that proposed it, by the group, or by time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from icsassess.assessment.actions.names import GROUP
from icsassess.assessment.actions.states import CLOSED, DELIVERED, NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import GROUP_DECIDED, PARTNER_CHANGED, TIME_PASSED, Cause, Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.support.text import clip

_SHOWN = 120  # characters of an action in a sentence


def action_events(comparison: Comparison) -> Iterator[Event]:
    """Give the events of actions, action by action.

    The actions of a return that came are told with it, and those of one that went are gone with it; where the history
    is of a version that knew one action a gap nothing is told.
    """
    if not (comparison.old.knows_actions and comparison.new.knows_actions):
        return
    for name, action in comparison.new.actions.items():
        was = comparison.old.actions.get(name)
        if was is not None:
            yield from _changes(was, action, comparison)
        elif _is_comparable(action, comparison):
            yield _event(
                "action added", _by(action), action, f"{_who(action)} proposes: {_text(action)}", None, action.action
            )
    for name, action in comparison.old.actions.items():
        if name not in comparison.new.actions and _is_comparable(action, comparison):
            yield _event(
                "action withdrawn", _by(action), action, f"withdrawn by {_who(action)}: {_text(action)}", action.action
            )


def _is_comparable(action: PastAction, comparison: Comparison) -> bool:
    return action.proposed_by == GROUP or action.proposed_by in comparison.heard_twice


def _by(action: PastAction) -> Cause:
    return GROUP_DECIDED if action.proposed_by == GROUP else PARTNER_CHANGED


def _who(action: PastAction) -> str:
    return "the group" if action.proposed_by == GROUP else action.proposed_by


def _text(action: PastAction) -> str:
    return clip(action.action, _SHOWN)


def _event(
    kind: str, cause: Cause, action: PastAction, what: str, was: str | None = None, current: str | None = None
) -> Event:
    partner = None if action.proposed_by == GROUP else action.proposed_by
    sentence = f"{action.id}: {what}" + ("" if what.endswith((".", "…")) else ".")
    return Event(kind, cause, sentence, action.ref or None, partner, was, current, action.id)


def _changes(was: PastAction, action: PastAction, comparison: Comparison) -> Iterator[Event]:
    if was.taken_up is not action.taken_up:
        yield _decision(was, action)
    if was.action != action.action:
        what = f"the action is now: {_text(action)}"
        yield _event("action reworded", _whose(action, was, "action"), action, what, was.action, action.action)
    if (was.owner or None) != (action.owner or None):
        what = f"the owner is now {action.owner or 'nobody'}, before {was.owner or 'nobody'}"
        yield _event("owner changed", _whose(action, was, "owner"), action, what, was.owner, action.owner)
    if was.due != action.due:
        yield _event("due date changed", _whose(action, was, "due"), action, _due(was, action), was.due, action.due)
    if action.status == DELIVERED and was.status != DELIVERED:
        yield _event("action delivered", _whose(action, was, "status"), action, "delivered", was.status, DELIVERED)
    if action.state == CLOSED and was.state != CLOSED:
        cause = _whose(action, was, "evidenced_by" if was.evidenced_by != action.evidenced_by else "status")
        yield _event("action evidenced", cause, action, "delivered, with something that shows it", was.state, CLOSED)
    if action.state == OVERDUE and was.state != OVERDUE:
        yield _overdue(was, action)


def _decision(was: PastAction, action: PastAction) -> Event:
    words = {True: "Yes", False: "No", None: None}
    kind = {True: "action taken up", False: "action not taken up", None: "action undecided"}[action.taken_up]
    what = {
        True: f"the group takes it up: {_text(action)}",
        False: f"the group does not take it up: {_text(action)}",
        None: f"the group took back its decision on: {_text(action)}",
    }[action.taken_up]
    return _event(kind, GROUP_DECIDED, action, what, words[was.taken_up], words[action.taken_up])


def _whose(action: PastAction, was: PastAction, field: str) -> Cause:
    """Tell who changed a field of an action: the group where it typed there, this week or before, else the partner."""
    return GROUP_DECIDED if action.proposed_by == GROUP or field in action.typed | was.typed else PARTNER_CHANGED


def _due(was: PastAction, action: PastAction) -> str:
    if not was.due:
        return f"now due on {_day(action.due)}"
    if not action.due:
        return f"no due date any more; it was {_day(was.due)}"
    return f"the due date moved from {_day(was.due)} to {_day(action.due)}"


def _overdue(was: PastAction, action: PastAction) -> Event:
    """Give an action that is late now and was not: because time passed, or because a decision or date was changed."""
    cause: Cause = TIME_PASSED
    if was.due != action.due:
        cause = _whose(action, was, "due")
    elif was.state == NOT_TAKEN_UP:
        cause = GROUP_DECIDED
    elif was.status == DELIVERED:
        cause = _whose(action, was, "status")
    return _event(
        "newly overdue", cause, action, f"overdue since {_day(action.due)}: {_text(action)}", was.state, OVERDUE
    )


def _day(iso: str | None) -> str:
    return "" if iso is None else f"{datetime.date.fromisoformat(iso):%d/%m/%Y}"
