"""Strengths and considerations of a theme: what may be claimed, and what is missing, each with its references.

Documents that claimed strengths on limited evidence were the main criticism of peer challenges of self-assessments, so
a strength needs the group's word and evidence that can be found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.framework import Statement, Theme
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.wording import refs_in_words, say
from icsassess.support.text import clip, count, is_blank
from icsassess.tables.records import Entry
from icsassess.view.assessment_view import ShownGap, ShownLine, View

_QUOTED = 3
_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of a theme: what it is about, the sentence, and what is quoted below it."""

    about: str
    text: str
    quotes: tuple[str, ...] = ()


class Evidence:
    """Finds the evidence by which a strength may be claimed."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._months = view.merged.locality.settings.rules.evidence_max_age_months
        oldest = oldest_allowed(view.merged.as_at, self._months)
        self._gaps = {gap.line.line.ref for gap in view.gaps}
        self._current: dict[str, list[Entry]] = defaultdict(list)
        for entry in view.merged.entries:
            day = entry.evidence_date
            if day is not None and day >= oldest and not is_blank(entry.evidence) and not is_blank(entry.kept):
                self._current[entry.ref].append(entry)

    def of(self, line: ShownLine) -> list[Entry]:
        """Give the entries that a strength rests on; none where it may not be claimed."""
        ref = line.line.ref
        claimed = line.agreed == rag.GREEN and not is_blank(line.agreed_reason)
        if not claimed or ref in self._gaps or ref in self._view.merged.drift:
            return []
        return self._current[ref]


def strengths(view: View, theme: Theme, evidence: Evidence) -> Iterator[Finding]:
    """Give the strengths of a theme: lines agreed Green, with a reason and evidence that is current and kept."""
    for line in _lines(view, theme):
        if held := evidence.of(line):
            first = held[0]
            yield Finding(
                f"{line.line.statement.title}.",
                say(
                    "paper",
                    "strength",
                    category=line.line.category.title,
                    reason=clip(line.agreed_reason, _LONGEST_QUOTE),
                    evidence=clip(first.evidence, _LONGEST_QUOTE),
                    partner=first.partner,
                    kept=clip(first.kept, 100),
                    dated=display_text(first.evidence_date),
                    more=f", and {count(len(held) - 1, 'further entry', 'further entries')}" if held[1:] else "",
                    ref=line.line.ref,
                ),
            )


def green_not_agreed(view: View, theme: Theme) -> str:
    """Say which lines partners rate Green that the group has not agreed on, ``""`` where there are none."""
    refs = [line.line.ref for line in _lines(view, theme) if line.rating == rag.GREEN and not line.agreed]
    if not refs:
        return ""
    return say("paper", "not_agreed", lines=count(len(refs), "line"), refs=refs_in_words(refs))


def considerations(view: View, theme: Theme) -> Iterator[Finding]:
    """Give the considerations of a theme: each statement that has gaps, with what its partners say is missing.

    Quoted of a line is the partner that rates it lowest; of several that do, one that was quoted least before.
    """
    quoted: Counter[str] = Counter()
    for statement in theme.statements:
        gaps = [gap for gap in view.gaps if gap.line.line.statement.code == statement.code]
        if gaps:
            yield _consideration(view, statement, gaps, quoted)


def _consideration(view: View, statement: Statement, gaps: list[ShownGap], quoted: Counter[str]) -> Finding:
    by_rating: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        by_rating[gap.line.rating].append(gap.line.line.ref)
    order = [*rag.vocabulary().ordered, *sorted(set(by_rating) - set(rag.vocabulary().ordered))]
    counts = [f"{len(by_rating[word])} {word} ({refs_in_words(by_rating[word])})" for word in order if by_rating[word]]
    worst_first = sorted(gaps, key=lambda gap: order.index(gap.line.rating))
    stated = [gap for gap in worst_first if any(not is_blank(text) for _, text in gap.stated)]
    quotes = [_quote(gap, quoted) for gap in stated[:_QUOTED]]
    text = say(
        "paper",
        "consideration",
        gaps=count(len(gaps), "gap"),
        lines=count(len(view.lines_of(statement)), "line"),
        ratings=", ".join(counts),
    )
    return Finding(f"{statement.title}.", text, tuple(quotes))


def _quote(gap: ShownGap, quoted: Counter[str]) -> str:
    order = rag.vocabulary().ordered

    def weight(stated: tuple[str, str]) -> tuple[int, int]:
        rating = gap.line.partners.get(stated[0], "")
        return order.index(rating) if rating in order else len(order), quoted[stated[0]]

    partner, text = min((pair for pair in gap.stated if not is_blank(pair[1])), key=weight)
    quoted[partner] += 1
    return say(
        "paper", "stated", text=clip(text.split("\n", 1)[0], _LONGEST_QUOTE), partner=partner, ref=gap.line.line.ref
    )


def _lines(view: View, theme: Theme) -> list[ShownLine]:
    return [line for line in view.lines if line.line.theme.code == theme.code]
