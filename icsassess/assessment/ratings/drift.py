"""Ratings that move underneath an agreed one: what partners say now against what they said when the group agreed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import pandas as pd

from icsassess.domain import rag
from icsassess.support.text import fold, folded, listing
from icsassess.tables.rows import each_row

# What a partner says of a line beside its rating.
_SAID = ["evidence", "kept", "evidence_date_typed", "reason"]
_SHORT = 40  # characters of a text that probably comes again
States = dict[str, dict[str, str]]


def partner_states(partner_lines: pd.DataFrame, entries: pd.DataFrame) -> States:
    """Give by line and partner its state: the rating, and a short fingerprint of its evidence, as ‘Amber #1f2e3d4c’.

    ``entries`` are in the order of lines and partners.
    """
    marks: States = defaultdict(dict)
    for ref, partner, mark in _marks(entries):
        marks[ref][partner] = mark
    blank = rag.vocabulary().absent.blank
    states: States = defaultdict(dict)
    for ref, partner, rating in each_row(partner_lines[["ref", "partner", "rating"]]):
        mark = marks[ref].pop(partner, "")
        states[ref][partner] = f"{rating or blank} #{mark}" if mark else rating or blank
    return dict(states)


def _folded(text: str) -> str:
    return fold(text) if len(text) <= _SHORT else folded(text)


def _marks(entries: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Give Ref, partner and the fingerprint of what the partner says of the line, where it says anything."""
    for (ref, partner), rows in groupby(each_row(entries[["ref", "partner", *_SAID]]), key=itemgetter(0, 1)):
        said = sorted("\x1f".join(map(_folded, texts)) for _, _, *texts in rows if any(texts))
        if said:
            yield ref, partner, hashlib.sha256("\x1e".join(said).encode("utf-8", "replace")).hexdigest()[:8]


def what_moved(now: Mapping[str, str], then: Mapping[str, str] | None) -> str:
    """Say what changed in a line since the group agreed its rating, ``""`` where nothing did or it is not known."""
    if then is None:
        return ""
    nothing = (None, rag.NO_RETURN, rag.vocabulary().absent.blank)
    told = []
    for partner in dict.fromkeys([*then, *now]):
        was, is_now = then.get(partner), now.get(partner)
        if was == is_now or (was in nothing and is_now in nothing and None in (was, is_now)):
            continue  # a partner that was added or taken out, and said nothing
        if is_now is None:
            told.append(f"{partner} is no longer asked")
        elif was is None:
            told.append(f"{partner}: {_rating(is_now)} (new)")
        elif _rating(was) != _rating(is_now):
            told.append(f"{partner}: {_rating(was)} → {_rating(is_now)}")
        else:
            told.append(f"{partner}: evidence changed")
    return listing(told, most=40)


def _rating(state: str) -> str:
    return state.split(" #")[0]
