"""Ratings that move underneath an agreed one: what partners say now against what they said when the group agreed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from icsassess.domain import rag
from icsassess.support.text import fold, folded, listing
from icsassess.tables.rows import each_row

# What a partner says of a line beside its rating.
_SAID = ["evidence", "kept", "evidence_date_typed", "reason"]
_SHORT = 40  # characters of a text that probably comes again
States = dict[str, dict[str, str]]


class PartnerState(NamedTuple):
    """What a partner says of a line: its rating (a word where it has none), and the fingerprint of its evidence.

    As text, in the history, it is ‘Amber #1f2e3d4c’, or ‘Amber’ where there is no evidence.
    """

    rating: str
    mark: str = ""

    @classmethod
    def from_text(cls, text: str) -> PartnerState:
        """Read what ``str`` wrote."""
        rating, _, mark = text.partition(" #")
        return cls(rating, mark)

    def __str__(self) -> str:
        return f"{self.rating} #{self.mark}" if self.mark else self.rating


def partner_states(partner_lines: pd.DataFrame, entries: pd.DataFrame) -> States:
    """Give by line and partner its ``PartnerState`` as text; ``entries`` are in the order of lines and partners."""
    marks: States = defaultdict(dict)
    for ref, partner, mark in _marks(entries):
        marks[ref][partner] = mark
    blank = rag.vocabulary().absent.blank
    states: States = defaultdict(dict)
    for ref, partner, rating in each_row(partner_lines[["ref", "partner", "rating"]]):
        mark = marks[ref].pop(partner, "")
        states[ref][partner] = str(PartnerState(rating or blank, mark))
    return dict(states)


def _folded(text: str) -> str:
    return fold(text) if len(text) <= _SHORT else folded(text)


def _marks(entries: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Give Ref, partner and the fingerprint of what the partner says of the line, where it says anything."""
    for (ref, partner), rows in groupby(each_row(entries[["ref", "partner", *_SAID]]), key=itemgetter(0, 1)):
        said = sorted("\x1f".join(map(_folded, texts)) for _, _, *texts in rows if any(texts))
        if said:
            yield ref, partner, hashlib.sha256("\x1e".join(said).encode("utf-8", "replace")).hexdigest()[:8]


def what_moved(current: Mapping[str, str], earlier: Mapping[str, str] | None) -> str:
    """Say what changed in a line since the group agreed its rating, ``""`` where nothing did or it is not known.

    Both are each partner's state as ``partner_states`` gives it.
    """
    if earlier is None:
        return ""
    nothing = (None, rag.NO_RETURN, rag.vocabulary().absent.blank)
    changes = []
    for partner in dict.fromkeys([*earlier, *current]):
        before, after = earlier.get(partner), current.get(partner)
        if before == after or (before in nothing and after in nothing and None in (before, after)):
            continue  # a partner that was added or taken out, and said nothing
        was, rating = (PartnerState.from_text(text).rating if text is not None else None for text in (before, after))
        if rating is None:
            changes.append(f"{partner} is no longer asked")
        elif was is None:
            changes.append(f"{partner}: {rating} (new)")
        elif was != rating:
            changes.append(f"{partner}: {was} → {rating}")
        else:
            changes.append(f"{partner}: evidence changed")
    return listing(changes, most=40)
