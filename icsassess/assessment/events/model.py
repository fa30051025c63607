"""What an event is: one movement between two merges, with what caused it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

Cause = Literal["return came", "return gone", "partner changed", "group decided", "time passed", "settings changed"]
"""The contract's words for what moved something."""
RETURN_CAME: Cause = "return came"
RETURN_GONE: Cause = "return gone"
PARTNER_CHANGED: Cause = "partner changed"
GROUP_DECIDED: Cause = "group decided"
TIME_PASSED: Cause = "time passed"
SETTINGS_CHANGED: Cause = "settings changed"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "What got worse": ("rating fell", "partner fell", "rating gone"),
    "Agreed ratings to look at again": ("changed since agreed",),
    "Actions that became overdue": ("newly overdue",),
    "Gaps that opened or closed": ("gap opened", "gap closed"),
    "What the group decided": (
        "agreed",
        "agreement taken back",
        "gap covered",
        "gap not covered",
        "action taken up",
        "action not taken up",
        "action undecided",
    ),
    "What got better": ("rating rose", "partner rose"),
    "What else partners say of lines": ("rated", "rating changed", "partner rated", "partner changed"),
    "What became of actions": (
        "action delivered",
        "action evidenced",
        "action added",
        "action reworded",
        "owner changed",
        "due date changed",
        "action withdrawn",
    ),
    "Returns": ("return received", "return replaced", "return gone", "return refused", "points"),
    "Settings": ("partner added", "partner removed", "line added", "line removed"),
}
"""The kinds of event under the titles that they are listed under, in the order in which a meeting looks at them."""
KINDS = tuple(kind for kinds in GROUPS.values() for kind in kinds)
"""The kinds of event in that order."""


class Event(NamedTuple):
    """One movement: its kind, the line and partner it is about, what was and is now, its cause, and a sentence.

    ``action`` is the name of the action it is about, ``file`` the return; None where it is about none.
    """

    kind: str
    cause: Cause
    sentence: str
    ref: str | None = None
    partner: str | None = None
    was: str | None = None
    current: str | None = None
    action: str | None = None
    file: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Give the event with the contract's keys; ``action`` is an addition to them."""
        return {
            "kind": self.kind,
            "ref": self.ref,
            "partner": self.partner,
            "was": self.was,
            "is": self.current,
            "cause": self.cause,
            "sentence": self.sentence,
            "action": self.action,
        }


def grouped(events: Iterable[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Give the titles of ``GROUPS`` under which there is something, each with its events in their order."""
    events = list(events)
    for title, kinds in GROUPS.items():
        if of_title := [event for event in events if event.kind in kinds]:
            yield title, of_title
