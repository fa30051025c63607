"""Why partners rate a line as they do: reason, what is missing, and the figures of their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from icsassess.domain import rag
from icsassess.tables.records import Entry
from icsassess.view.assessment_view import ShownLine
from icsassess.view.findings.quotations import Hearing, Quotation, has_figures, quote
from icsassess.view.findings.sources import Sources

LONGEST_REASON, LONGEST_FIGURES = 150, 170


class Explanation(NamedTuple):
    """Why a partner rates a line as it does: each None where it says nothing of the kind."""

    partner: str
    reason: Quotation | None
    gap: Quotation | None
    figures: Quotation | None

    @property
    def quotations(self) -> list[Quotation]:
        """The reason, or else what is missing; then the figures of the evidence, where they say something else."""
        words = self.reason or self.gap
        parts = [words, self.figures if words is None or self.figures != words else None]
        return [part for part in parts if part is not None]


def explanation(
    sources: Sources, line: ShownLine, partner: str, longest: tuple[int, int] = (LONGEST_REASON, LONGEST_FIGURES)
) -> Explanation:
    """Give why a partner rates a line as it does: of its rows those first that have the rating of the line."""
    rating = line.partners.get(partner, "")
    entries = sorted(sources.entries[line.line.ref, partner], key=lambda entry: entry.rating != rating)
    reasons = (quote(sources, entry, "reason", longest[0]) for entry in entries)
    gaps = (quote(sources, entry, "gap", longest[0]) for entry in entries)
    with_figures = (
        quote(sources, entry, "evidence", longest[1], figures=True) for entry in entries if _may_show(entry, rating)
    )
    return Explanation(
        partner,
        next((one for one in reasons if one), None),
        next((one for one in gaps if one), None),
        next((one for one in with_figures if one and has_figures(one.text)), None),
    )


def _may_show(entry: Entry, rating: str) -> bool:
    return entry.rating == rating or not entry.rating


def heard_in_turn(
    sources: Sources,
    line: ShownLine,
    partners: Sequence[str],
    hearing: Hearing,
    most: int,
    longest: tuple[int, int] = (LONGEST_REASON, LONGEST_FIGURES),
) -> list[Explanation]:
    """Give the explanations of at most so many partners, nobody a second time before all were heard."""
    every = {code: explanation(sources, line, code, longest) for code in partners}
    speaking = [code for code, one in every.items() if one.quotations]
    chosen = hearing.next_of(speaking, [code for code in speaking if every[code].figures])[:most]
    for code in chosen:
        hearing.heard(code)
    return [every[code] for code in chosen]


def by_rating(line: ShownLine) -> list[tuple[str, list[str]]]:
    """Give the partners that rate a line, by rating, the most critical first."""
    return line.codes_by_word(rag.vocabulary().ordered)
