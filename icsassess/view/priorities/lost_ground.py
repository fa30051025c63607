"""Agreed ratings whose ground has moved: what partners say has changed since the group agreed."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.domain import rag
from icsassess.support.text import count, listing
from icsassess.view.assessment_view import ShownLine, View
from icsassess.view.line_titles import title_of, titles_of
from icsassess.view.priorities.priority import NAMED, Priority
from icsassess.view.target import Part, Target


def got_worse(view: View, line: ShownLine) -> list[str]:
    """Say which partners rate a line worse than when the group agreed it: ‘NAME has gone from Amber to Red’."""
    ref, order = line.line.ref, rag.vocabulary().ordered
    current, agreed = view.merged.states.get(ref, {}), view.merged.basis.get(ref) or {}
    sentences = []
    for partner in view.partners:
        before, after = (states[partner.code].rating if partner.code in states else "" for states in (agreed, current))
        if before in order and after in order and order.index(after) < order.index(before):
            sentences.append(f"{partner.name} has gone from {before} to {after}")
    return sentences


def lost_ground(view: View) -> Iterator[Priority]:
    """Give one sentence on all of them: in full the first under which a partner got worse, and how many others."""
    drifted = [(number, line) for number, line in enumerate(view.lines) if line.agreed and line.drift]
    worse = [(number, line) for number, line in drifted if got_worse(view, line)]
    if worse:
        number, line = worse[0]
        since = listing(got_worse(view, line))
        others = len(drifted) - 1
        more = f", and at {count(others, 'other agreed rating')} whose ground has moved" if others else ""
        sentence = f"{title_of(line)} was agreed {line.agreed}; since then {since} ({line.line.ref}). Look again{more}."
        yield Priority(sentence, Target(Part.LINES, number))
    elif drifted:
        ratings = count(len(drifted), "agreed rating")
        titles = titles_of([line for _, line in drifted], NAMED)
        yield Priority(
            f"What partners say has changed under {ratings}. Look again: {titles}.", Target(Part.LINES, drifted[0][0])
        )
