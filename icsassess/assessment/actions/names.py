"""The name of an action, such as ``A-Q1-PEX-NORTH``: the same in every merge, whatever the partner does with its rows.

The group's decisions are carried over by this name, so that it must neither change when a partner reorders or rewords
its return nor pass from one action to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from icsassess.domain.gap_ids import ref_of_gap
from icsassess.support.text import fold

GROUP = "group"
"""Who proposed an action that the group added itself."""
_NAME = re.compile(r"A-(?:(?P<ref>[^-]+-[^-]+)-)?(?P<by>.+?)(?:-\d+)?")
_ALIKE = 60.0
"""Per cent from which two wordings of one partner for one line are taken for the same action. In the example different
actions on one line are 25 per cent alike within a partner, and 57 between partners with one exception."""


class Proposal(NamedTuple):
    """An action as a partner proposes it now; ``due`` as text, ``file`` the return it stands in."""

    action: str
    owner: str = ""
    due: str = ""
    file: str = ""


class NamedAction(NamedTuple):
    """An action of earlier merges, with its name; ``current`` is False for one that was withdrawn since."""

    name: str
    proposal: Proposal
    current: bool = True


def base_name(ref: str, proposed_by: str) -> str:
    """Give the name of the first action that a partner (or the group) proposes for a line: ``A-Q1-PEX-NORTH``."""
    return "-".join(part for part in ("A", ref, "GROUP" if proposed_by == GROUP else proposed_by) if part)


def parts_of_name(name: str) -> tuple[str, str]:
    """Give the line and who proposed it from an action's name: where the history does not say.

    >>> parts_of_name("A-Q1-PEX-NORTH-2"), parts_of_name("A-GROUP")
    (('Q1-PEX', 'NORTH'), ('', 'group'))
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return "", ""
    proposed_by = match["by"]
    return match["ref"] or "", GROUP if proposed_by == "GROUP" else proposed_by


def line_of(key: str) -> str:
    """Give the line of an action or gap; what is neither comes back as it is."""
    ref, proposed_by = parts_of_name(key)
    return ref if proposed_by else ref_of_gap(key)


def is_of_the_group(name: str) -> bool:
    """Tell whether a name is that of an action of the group's own."""
    return parts_of_name(name)[1] == GROUP


def next_name(base: str, names: Iterable[str]) -> str:
    """Give the next free name behind all that there ever were: ``A-Q1-PEX-NORTH``, ``A-Q1-PEX-NORTH-2`` and so on."""
    last = max((_number(base, name) for name in names), default=0)
    return f"{base}-{last + 1}" if last else base


def name_proposals(base: str, proposals: Sequence[Proposal], earlier: Iterable[NamedAction]) -> list[str]:
    """Give a name for each action that one partner proposes for one line now, in the proposals' order.

    ``earlier`` are the actions of the same partner and line at earlier merges. An action keeps its name where the
    wording is the same, then where it is much alike, then where owner and due date are; the most alike first. What is
    left is new and gets the next free number (``A-Q1-PEX-NORTH-2``): a name is never given to something else.

    >>> name_proposals("A-Q1-PEX-NORTH", [Proposal("Ask the clinics")], [])
    ['A-Q1-PEX-NORTH']
    """
    earlier = list(earlier)
    names: dict[int, str] = {}
    pairs = sorted(
        (_rank(proposal, action), -number, -place, number, action.name)
        for number, proposal in enumerate(proposals)
        for place, action in enumerate(earlier)
        if _is_same(proposal, action)
    )
    for *_, number, name in reversed(pairs):
        if number not in names and name not in names.values():
            names[number] = name
    every = [action.name for action in earlier]
    for number in range(len(proposals)):
        if number not in names:
            names[number] = next_name(base, every)
            every.append(names[number])
    return [names[number] for number in range(len(proposals))]


def _is_same(proposal: Proposal, earlier: NamedAction) -> bool:
    if not earlier.current:  # a withdrawn action is the same again only where its wording is
        return fold(proposal.action) == fold(earlier.proposal.action)
    return _likeness(proposal, earlier.proposal) >= _ALIKE or _same_promise(proposal, earlier.proposal)


def _rank(proposal: Proposal, earlier: NamedAction) -> tuple[bool, float, bool, bool]:
    same_file = proposal.file == earlier.proposal.file
    likeness = _likeness(proposal, earlier.proposal)
    return earlier.current, likeness, _same_promise(proposal, earlier.proposal), same_file


def _likeness(proposal: Proposal, earlier: Proposal) -> float:
    return fuzz.token_sort_ratio(fold(proposal.action), fold(earlier.action))


def _same_promise(proposal: Proposal, earlier: Proposal) -> bool:
    """Tell whether the same role is to have done something by the same day."""
    owners, days = (fold(proposal.owner), fold(earlier.owner)), (proposal.due, earlier.due)
    return bool(owners[0] and days[0]) and owners[0] == owners[1] and days[0] == days[1]


def _number(base: str, name: str) -> int:
    """Give the number at the end of a name, 1 for the first."""
    rest = name.removeprefix(base).removeprefix("-")
    return int(rest) if rest.isdigit() else 1
