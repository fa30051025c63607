"""The lines one by one, as the page shows them: who says what, the gap, and the evidence with where it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from icsassess.domain import rag
from icsassess.domain.framework import Statement, Theme
from icsassess.support.text import count
from icsassess.tables.records import Entry
from icsassess.view.assessment_view import ShownGap, ShownLine, View
from icsassess.workbook.layout import EVIDENCE

MOST_ENTRIES = 40
"""Entries of evidence shown for each line: with hundreds of partners a page would be too large for a phone."""
LONGEST_TEXT = 2_000
"""Characters shown of what somebody typed into one cell."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of evidence: whose it is, what it says by label, and the place in the return that it came from."""

    partner: str
    rating: str
    evidence: str
    details: tuple[tuple[str, object], ...]
    source: str


@dataclass(frozen=True, slots=True)
class LineOnPage:
    """A line: who rates it how, what changed since the group agreed, its evidence, and what is not shown.

    ``codes_by_rating`` has partners, ``senders_by_rating`` each organisation where several answer for one.
    """

    shown: ShownLine
    gap: ShownGap | None
    codes_by_rating: list[tuple[str, list[str]]]
    senders_by_rating: list[tuple[str, list[str]]]
    since_agreed: str
    entries: list[ShownEntry]
    more: str

    @property
    def partners(self) -> list[str]:
        """The partners that said anything about the line: rated it or described evidence."""
        words = {*rag.vocabulary().names}
        rated = [code for word, codes in self.codes_by_rating if word in words for code in codes]
        return list(dict.fromkeys([*rated, *(entry.partner.partition(":")[0] for entry in self.entries)]))


@dataclass(frozen=True, slots=True)
class ThemeOnPage:
    """A theme with its statements, and each one's lines."""

    theme: Theme
    statements: list[tuple[Statement, list[LineOnPage]]]


def rating_words() -> list[str]:
    """Give every word that can stand for a rating, the worst first, and the ways of having none last."""
    vocabulary = rag.vocabulary()
    absent = vocabulary.absent
    return [*vocabulary.names, absent.not_understood, absent.blank, absent.no_return, absent.not_asked]


def ratings_in_words(lines: list[LineOnPage]) -> str:
    """Say how many of a statement's lines have which rating: ‘1 Red, 3 Amber, 2 Green’."""
    ratings = [line.shown.rating for line in lines]
    return ", ".join(f"{ratings.count(word)} {word}" for word in rating_words() if word in ratings)


def themes_on_page(view: View) -> list[ThemeOnPage]:
    """Give all lines in the framework's order, by theme and statement."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.merged.entries:
        entries[entry.ref].append(entry)
    gaps = {gap.line.line.ref: gap for gap in view.gaps}
    return [
        ThemeOnPage(
            theme,
            [
                (statement, [_line(view, line, gaps, entries) for line in view.lines_of(statement)])
                for statement in theme.statements
            ],
        )
        for theme in view.merged.locality.framework.themes
    ]


def without_a_line(view: View) -> tuple[list[ShownEntry], str]:
    """Give the evidence that belongs to no line of the framework, and in words what is not shown of it."""
    return _entries(view, [entry for entry in view.merged.entries if entry.ref not in view.line_by_ref])


def _line(view: View, line: ShownLine, gaps: dict[str, ShownGap], entries: dict[str, list[Entry]]) -> LineOnPage:
    ref = line.line.ref
    shown, more = _entries(view, entries[ref])
    words = rating_words()
    return LineOnPage(
        line,
        gaps.get(ref),
        line.codes_by_word(words),
        line.senders_by_word(words),
        view.merged.drift.get(ref, ""),
        shown,
        more,
    )


def _entries(view: View, entries: list[Entry]) -> tuple[list[ShownEntry], str]:
    shown = [_entry(view, entry) for entry in entries[:MOST_ENTRIES]]
    hidden = len(entries) - len(shown)
    if not hidden:
        return shown, ""
    more = count(hidden, "further entry is", "further entries are")
    return shown, f"{more} in the workbook, sheet {EVIDENCE}: the page shows the first {MOST_ENTRIES} of a line."


def _entry(view: View, entry: Entry) -> ShownEntry:
    details = (
        ("Kept", entry.kept),
        ("Dated", entry.evidence_date or entry.evidence_date_typed),
        ("Reason for rating", entry.reason),
        ("Gap", entry.gap),
        ("Action proposed", entry.action),
    )
    return ShownEntry(
        view.sender(entry.partner, entry.file),
        entry.rating,
        shortened(entry.evidence),
        tuple((label, shortened(text) if isinstance(text, str) else text) for label, text in details if text),
        f"{entry.file}, sheet {entry.sheet}, row {entry.row}",
    )


def shortened(text: str) -> str:
    """Give the text, cut where it is longer than a page should show of one cell, and say so."""
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT]}… (the rest stands in the workbook)"
