"""Ratings that drift under an agreed one: what partners say now against what they said when the group agreed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, Self

from icsassess.domain import rag
from icsassess.support.text import fold, fold_once, listing
from icsassess.tables.records import Entry, PartnerLine

_SHORT = 40  # characters of a text that probably comes again
_MARK = " #"


class PartnerState(NamedTuple):
    """What a partner says of a line: the word for its rating, and a short fingerprint of its evidence, ``""`` for none.

    The history has it as a text: ``Amber #1f2e3d4c``.
    """

    rating: str
    fingerprint: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a state from its text."""
        rating, _, fingerprint = text.partition(_MARK)
        return cls(rating, fingerprint)

    def __str__(self) -> str:
        """Give the state as the history has it."""
        return f"{self.rating}{_MARK}{self.fingerprint}" if self.fingerprint else self.rating


StatesOfLine = Mapping[str, PartnerState]
"""What each partner says of a line, by partner."""


def partner_states(
    partner_lines: Sequence[PartnerLine], entries: Sequence[Entry]
) -> dict[str, dict[str, PartnerState]]:
    """Give by line and partner what the partner says; ``entries`` are in the order of lines and partners."""
    fingerprints = {(ref, partner): fingerprint for ref, partner, fingerprint in _fingerprints(entries)}
    absent = rag.vocabulary().absent
    states: dict[str, dict[str, PartnerState]] = defaultdict(dict)
    for line in partner_lines:
        fingerprint = fingerprints.get((line.ref, line.partner), "")
        states[line.ref][line.partner] = PartnerState(
            line.rating or (absent.blank if line.understood else absent.not_understood), fingerprint
        )
    return dict(states)


def _fingerprints(entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """Give Ref, partner and the fingerprint of what the partner says of the line, where it says anything."""
    for (ref, partner), rows in groupby(entries, key=attrgetter("ref", "partner")):
        texts = ((row.evidence, row.kept, row.evidence_date_typed, row.reason) for row in rows)
        marks = sorted("\x1f".join(map(_folded, fields)) for fields in texts if any(fields))
        if marks:
            yield ref, partner, hashlib.sha256("\x1e".join(marks).encode("utf-8", "replace")).hexdigest()[:8]


def _folded(text: str) -> str:
    return fold(text) if len(text) <= _SHORT else fold_once(text)


def drift(current: StatesOfLine, agreed: StatesOfLine | None) -> str:
    """Say what changed in a line since the group agreed its rating, ``""`` where nothing did or it is not known.

    ``agreed`` is what partners said when the group agreed, None where that is not known. What a partner changed comes
    first, then who has answered since; what nobody said anything of before or now is no change. For example
    ``SOUTH: Amber → Red, EAST has answered since: Green and NORTH: evidence changed``.
    """
    if agreed is None:
        return ""
    silent = (None, PartnerState(rag.NO_RETURN), PartnerState(rag.vocabulary().absent.blank))
    changed, answered, others = [], [], []
    for partner in dict.fromkeys([*agreed, *current]):
        before, after = agreed.get(partner), current.get(partner)
        if before == after or (before in silent and after in silent):
            continue
        if after is None:
            others.append(f"{partner} is no longer asked")
        elif before is None:
            answered.append(f"{partner}: {after.rating} (new)")
        elif before.rating == rag.NO_RETURN:
            answered.append(f"{partner} has answered since: {after.rating}")
        elif after.rating == rag.NO_RETURN:
            others.append(f"{partner}'s return is gone: before, {before.rating}")
        elif before.rating != after.rating:
            changed.append(f"{partner}: {before.rating} → {after.rating}")
        else:
            others.append(f"{partner}: evidence changed")
    return listing([*changed, *answered, *others], most=40)
