"""Events of actions: each of one action, by the partner that proposed it, by the group, or by time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from icsassess.assessment.actions.names import GROUP
from icsassess.assessment.actions.states import CLOSED, DELIVERED, NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import GROUP_DECIDED, PARTNER_CHANGED, TIME_PASSED, Cause, Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.assessment.output.headlines import day_in_words
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
        line = comparison.new.lines.get(action.ref)
        about = f"{line.name} ({name})" if line else name
        if was is not None:
            yield from _changes(about, was, action)
        elif _is_comparable(action, comparison):
            verb = "the group adds" if action.proposed_by == GROUP else f"{action.proposed_by} proposes"
            what = f"{verb} an action: {_text(action)}"
            yield _event("action added", _by(action), about, action, what, None, action.action)
    for name, action in comparison.old.actions.items():
        if name not in comparison.new.actions and _is_comparable(action, comparison):
            line = comparison.old.lines.get(action.ref)
            verb = "the group has taken out" if action.proposed_by == GROUP else f"{action.proposed_by} has withdrawn"
            what = f"{verb} its action: {_text(action)}"
            about = f"{line.name} ({name})" if line else name
            yield _event("action withdrawn", _by(action), about, action, what, action.action)


def _is_comparable(action: PastAction, comparison: Comparison) -> bool:
    return action.proposed_by == GROUP or action.proposed_by in comparison.heard_twice


def _by(action: PastAction) -> Cause:
    return GROUP_DECIDED if action.proposed_by == GROUP else PARTNER_CHANGED


def _text(action: PastAction) -> str:
    return clip(action.action, _SHOWN)


def _event(
    kind: str,
    cause: Cause,
    about: str,
    action: PastAction,
    what: str,
    was: str | None = None,
    current: str | None = None,
) -> Event:
    partner = None if action.proposed_by == GROUP else action.proposed_by
    sentence = f"{about}: {what}" + ("" if what.endswith((".", "…")) else ".")
    return Event(kind, cause, sentence, action.ref or None, partner, was, current, action.id)


def _changes(about: str, was: PastAction, action: PastAction) -> Iterator[Event]:
    if was.taken_up is not action.taken_up:
        yield _decision(about, was, action)
    if was.action != action.action:
        cause = _whose(action, was, "action")
        who = "the group" if cause == GROUP_DECIDED else action.proposed_by
        what = f"{who} now words the action: {_text(action)}"
        yield _event("action reworded", cause, about, action, what, was.action, action.action)
    if (was.owner or None) != (action.owner or None):
        cause, what = _whose(action, was, "owner"), _owner(was, action)
        yield _event("owner changed", cause, about, action, what, was.owner, action.owner)
    if was.due != action.due:
        cause, what = _whose(action, was, "due"), _due(was, action)
        yield _event("due date changed", cause, about, action, what, was.due, action.due)
    if action.status == DELIVERED and was.status != DELIVERED:
        cause, what = _whose(action, was, "status"), f"reported as delivered: {_text(action)}"
        yield _event("action delivered", cause, about, action, what, was.status, DELIVERED)
    if action.state == CLOSED and was.state != CLOSED:
        cause = _whose(action, was, "evidenced_by" if was.evidenced_by != action.evidenced_by else "status")
        what = f"delivered, and there is evidence for it: {clip(action.evidenced_by or '', _SHOWN)}"
        yield _event("action evidenced", cause, about, action, what, was.state, CLOSED)
    if action.state == OVERDUE and was.state != OVERDUE:
        cause, what = _why_overdue(was, action), f"overdue since {_day(action.due)}: {_text(action)}"
        yield _event("newly overdue", cause, about, action, what, was.state, OVERDUE)


def _decision(about: str, was: PastAction, action: PastAction) -> Event:
    """Tell the decision in the words that the group had before it: a partner may have reworded the action since."""
    words = {True: "Yes", False: "No", None: None}
    kind = {True: "action taken up", False: "action not taken up", None: "action undecided"}[action.taken_up]
    what = {
        True: f"the group takes this action up: {_text(was)}",
        False: f"the group does not take this action up: {_text(was)}",
        None: f"the group has taken back its decision on this action: {_text(was)}",
    }[action.taken_up]
    return _event(kind, GROUP_DECIDED, about, action, what, words[was.taken_up], words[action.taken_up])


def _whose(action: PastAction, was: PastAction, field: str) -> Cause:
    """Tell who changed a field of an action: the group where it typed there, this week or before, else the partner."""
    return GROUP_DECIDED if action.proposed_by == GROUP or field in action.typed | was.typed else PARTNER_CHANGED


def _owner(was: PastAction, action: PastAction) -> str:
    if not was.owner:
        return f"the owner is now {action.owner}; before there was none"
    if not action.owner:
        return f"there is no owner any more; before it was {was.owner}"
    return f"the owner is now {action.owner}; before it was {was.owner}"


def _due(was: PastAction, action: PastAction) -> str:
    if not was.due:
        return f"now due on {_day(action.due)}"
    if not action.due:
        return f"there is no due date any more; before it was {_day(was.due)}"
    return f"the due date was moved from {_day(was.due)} to {_day(action.due)}"


def _why_overdue(was: PastAction, action: PastAction) -> Cause:
    """Tell why an action is late now and was not: time passed, or a decision, the date or the status was changed."""
    if was.due != action.due:
        return _whose(action, was, "due")
    if was.state == NOT_TAKEN_UP:
        return GROUP_DECIDED
    return _whose(action, was, "status") if was.status == DELIVERED else TIME_PASSED


def _day(iso: str | None) -> str:
    return "" if iso is None else day_in_words(datetime.date.fromisoformat(iso))
