"""What an event is: one movement between two merges, with what caused it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Cause = Literal["return came", "return gone", "partner changed", "group decided", "time passed", "settings changed"]
"""The contract's words for what moved something."""
RETURN_CAME: Cause = "return came"
RETURN_GONE: Cause = "return gone"
PARTNER_CHANGED: Cause = "partner changed"
GROUP_DECIDED: Cause = "group decided"
TIME_PASSED: Cause = "time passed"
SETTINGS_CHANGED: Cause = "settings changed"

KINDS = (
    "return received",
    "return replaced",
    "return gone",
    "return refused",
    "rating fell",
    "rating rose",
    "rated",
    "rating gone",
    "changed since agreed",
    "partner fell",
    "partner rose",
    "partner rated",
    "partner changed",
    "agreed",
    "agreement taken back",
    "gap opened",
    "gap closed",
    "newly overdue",
    "action added",
    "action taken up",
    "action not taken up",
    "action undecided",
    "action reworded",
    "action withdrawn",
    "owner changed",
    "due date changed",
    "action delivered",
    "action evidenced",
    "gap covered",
    "gap not covered",
    "points",
    "partner added",
    "partner removed",
    "line added",
    "line removed",
)
"""The kinds of event, in the order in which a meeting looks at them."""


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
