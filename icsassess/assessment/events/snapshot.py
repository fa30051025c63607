"""Where a locality stood at a merge, as the history has it: what two merges are compared by."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class PastLine(NamedTuple):
    """A line at a merge: each asked partner's rating (None left blank, ``No return`` where none had come).

    ``states`` has for each of these partners the rating with a mark of what it says, so that other words are told
    from the same ones. ``unsettled`` names the partners that say Not applicable without a reason, None where the
    history does not say (version 1).
    """

    ref: str
    title: str
    ratings: Mapping[str, str | None]
    agreed: str | None = None
    rating: str | None = None
    changed_since_agreed: bool = False
    states: Mapping[str, str] = {}
    unsettled: frozenset[str] | None = frozenset()

    @property
    def name(self) -> str:
        """The title without the reference at its end."""
        return self.title.removesuffix(f" ({self.ref})")


class PastGap(NamedTuple):
    """A gap at a merge: why it was one, whose reasons those were, and whether the group called it covered."""

    ref: str
    reasons: tuple[str, ...]
    partners: tuple[str, ...] = ()
    covered: bool = False


class PastAction(NamedTuple):
    """An action at a merge; ``due`` as ISO 8601, ``typed`` the fields that the group had typed in."""

    id: str
    ref: str
    proposed_by: str
    action: str
    owner: str | None = None
    due: str | None = None
    status: str | None = None
    evidenced_by: str | None = None
    taken_up: bool | None = None
    state: str = ""
    typed: frozenset[str] = frozenset()


class PastReturn(NamedTuple):
    """A return at a merge: whose, what became of it, and of its points since the one before (None if none was)."""

    partner: str | None
    state: str
    file: str | None
    sha256: str | None
    entries: int = 0
    points_since: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Snapshot:
    """A merge as the history has it, by line, gap (its line) and action.

    ``combine`` is the rule in force. ``knows_actions`` is False for a record of version 1, which had one action a gap:
    its actions are compared with nothing.
    """

    as_at: datetime.date
    combine: str
    lines: Mapping[str, PastLine] = field(default_factory=dict)
    gaps: Mapping[str, PastGap] = field(default_factory=dict)
    actions: Mapping[str, PastAction] = field(default_factory=dict)
    returns: tuple[PastReturn, ...] = ()
    knows_actions: bool = True

    def heard(self) -> frozenset[str]:
        """Give the partners whose return counted at this merge."""
        return frozenset(each.partner for each in self.returns if each.state == "received" and each.partner)

    def partners(self) -> dict[str, None]:
        """Give all partners of the settings, in their order."""
        listed = {each.partner: None for each in self.returns if each.partner}
        return listed | {partner: None for line in self.lines.values() for partner in line.ratings}


def current_actions(content: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Give the actions of a record, None where it is of version 1. Those that were withdrawn before keep their names
    in the history, and are none.
    """
    actions = content.get("actions")
    return None if actions is None else [action for action in actions if action.get("current", True)]


def snapshot_of(content: Mapping[str, Any]) -> Snapshot:
    """Give what a record of the history (its content, as JSON gives it) says of where the locality stood."""
    states = content.get("states", {})
    return Snapshot(
        as_at=datetime.date.fromisoformat(content["as_at"]),
        combine=content.get("rules", {}).get("combine", "worst"),
        lines={line["ref"]: _line(line, states.get(line["ref"], {})) for line in content["lines"]},
        gaps={gap["ref"]: _gap(gap) for gap in content["gaps"]},
        actions={action["id"]: _action(action) for action in current_actions(content) or ()},
        returns=tuple(_return(each) for each in content["read"]["returns"]),
        knows_actions="actions" in content,
    )


def _line(line: Mapping[str, Any], states: Mapping[str, str]) -> PastLine:
    title = f"{line['statement']}: {line['category'][:1].lower()}{line['category'][1:]}" if "statement" in line else ""
    return PastLine(
        line["ref"],
        f"{title} ({line['ref']})" if title else line["ref"],
        line["ratings"],
        line["agreed"],
        line["rating"],
        bool(line.get("changed_since_agreed")),
        states,
        frozenset(line["unsettled"]) if "unsettled" in line else None,
    )


def _gap(gap: Mapping[str, Any]) -> PastGap:
    return PastGap(gap["ref"], tuple(gap["reasons"]), tuple(gap.get("partners", ())), bool(gap.get("covered")))


def _action(action: Mapping[str, Any]) -> PastAction:
    return PastAction(
        action["id"],
        action["ref"] or "",
        action["proposed_by"],
        action["action"],
        action["owner"],
        action["due"],
        action["status"],
        action["evidenced_by"],
        action["taken_up"],
        action["state"],
        frozenset(action.get("typed", ())),
    )


def _return(each: Mapping[str, Any]) -> PastReturn:
    return PastReturn(
        each["partner"], each["state"], each["file"], each["sha256"], int(each.get("entries") or 0), each.get("since")
    )
