"""The agenda of the weekly meeting: what the group has to decide, in the order in which it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from icsassess.assessment.gaps import plans
from icsassess.assessment.history.changes import headline_of
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words, headlines
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.support.text import clip, count

_EVIDENCE_SHOWN = 140
_DISAGREEMENTS, _CHANGED_GROUND = "Disagreements to moderate", "Agreed ratings whose ground has moved"
_OVERDUE, _UNPROVEN = "Overdue actions", "Delivered, with nothing to show for it"
_OUTSTANDING = "Outstanding returns"
_LOOK_AGAIN = "Look again: keep the rating with today's date, or agree another."
RISKS = (_OVERDUE, _DISAGREEMENTS, _CHANGED_GROUND, _UNPROVEN, _OUTSTANDING)
"""The titles of the sections that a board should know of as risks, in this order."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: its heading, and what the group needs to know to decide it."""

    heading: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things to decide that are of one kind, with what there is to do about them."""

    title: str
    do: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Agenda:
    """The agenda of one meeting: its title, where the locality stands, and the sections that have something in them."""

    title: str
    standing: tuple[str, ...]
    sections: tuple[Section, ...]


def agenda(merged: Merged) -> Agenda:
    """Give the agenda that a merge makes."""
    name = merged.locality.name
    sections = (
        Section(_DISAGREEMENTS, "Agree a rating for each.", tuple(_disagreements(merged))),
        Section(_CHANGED_GROUND, _LOOK_AGAIN, tuple(_changed_since_agreed(merged))),
        Section("New gaps without a plan", "Decide what, who and by when.", tuple(_without_plan(merged, new=True))),
        Section(_OVERDUE, "Ask what stands in the way; move the date or the owner.", tuple(_overdue(merged))),
        Section(_UNPROVEN, "Say what evidences it, and where it is kept.", tuple(_unproven(merged))),
        Section(_OUTSTANDING, "Decide who asks.", tuple(_outstanding(merged))),
        Section("Older gaps without a plan", "Decide what, who and by when.", tuple(_without_plan(merged, new=False))),
    )
    return Agenda(
        title=f"{name} task and finish group: agenda as at {day_in_words(merged.as_at)}",
        standing=(*headlines(merged), headline_of(merged.changes)),
        sections=tuple(section for section in sections if section.items),
    )


def _heading(merged: Merged, ref: str) -> str:
    line = merged.locality.framework.line_by_ref[ref]
    return f"{ref}, {line.statement.title}: {line.category.title}"


def _disagreements(merged: Merged) -> Iterator[Item]:
    """Give the lines that are Red for one partner and Green for another, with who says what on which evidence."""
    split = [line.ref for line in merged.lines if line.agreement == RED_AND_GREEN and not line.agreed]
    evidence: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in merged.entries:
        if entry.evidence:
            evidence[entry.ref, entry.partner].append(clip(entry.evidence, _EVIDENCE_SHOWN))
    ratings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in merged.partner_lines:
        ratings[row.ref].append((row.rating, row.partner))
    order = rag.vocabulary().ordered
    for ref in split:
        rated = sorted((pair for pair in ratings[ref] if pair[0] in order), key=lambda pair: order.index(pair[0]))
        details = (
            f"{rating}: {partner}. {' / '.join(evidence[ref, partner]) or 'No evidence described.'}"
            for rating, partner in rated
        )
        yield Item(_heading(merged, ref), tuple(details))


def _changed_since_agreed(merged: Merged) -> Iterator[Item]:
    agreed = {line.ref: line.agreed for line in merged.lines}
    for ref, changes in merged.drift.items():
        yield Item(_heading(merged, ref), (f"Agreed {agreed[ref]}. Since then: {changes}.",))


def _without_plan(merged: Merged, *, new: bool) -> Iterator[Item]:
    """Give the gaps without a plan that the merge before had not, or those that it had; at the first all are new."""
    before = merged.changes.gaps_before if merged.changes else frozenset()
    for gap in merged.gaps:
        if gap.plan == plans.NEEDS_A_PLAN and (gap.ref not in before) is new:
            yield Item(f"{_heading(merged, gap.ref)} ({', '.join(gap.reasons)})", tuple(gap.stated.splitlines()))


def _overdue(merged: Merged) -> Iterator[Item]:
    for gap in merged.gaps:
        if gap.plan == plans.OVERDUE and gap.due is not None:
            late = count((merged.as_at - gap.due).days, "day")
            owner = gap.owner or "nobody yet"
            details = (
                f"Due {day_in_words(gap.due)}, {late} ago; owner: {owner}; {gap.status or 'no status'}.",
                gap.action,
            )
            yield Item(_heading(merged, gap.ref), details)


def _unproven(merged: Merged) -> Iterator[Item]:
    for gap in merged.gaps:
        if gap.plan == plans.NOT_EVIDENCED:
            yield Item(_heading(merged, gap.ref), (gap.action,))


def _outstanding(merged: Merged) -> Iterator[Item]:
    for row in merged.returns:
        if row.state in (OUTSTANDING, REFUSED):
            yield Item(f"{row.partner or row.file}: {row.name or 'partner not known'}, {row.state}", (row.remark,))


def as_text(meeting: Agenda, width: int = 100) -> str:
    """Give the agenda as text that fits a terminal or an e-mail."""
    import textwrap

    lines = [meeting.title, "=" * len(meeting.title), ""]
    for sentence in meeting.standing:
        lines.extend(textwrap.wrap(sentence, width))
    for number, section in enumerate(meeting.sections, 1):
        title = f"{number}. {section.title} ({len(section.items)})"
        lines += ["", title, "-" * len(title), section.do]
        for item in section.items:
            lines += ["", *textwrap.wrap(item.heading, width, initial_indent="* ", subsequent_indent="  ")]
            for detail in item.details:
                lines.extend(textwrap.wrap(detail, width, initial_indent="    ", subsequent_indent="      "))
    if not meeting.sections:
        lines += ["", "There is nothing to decide."]
    return "\n".join(lines) + "\n"
