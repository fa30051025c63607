"""The agenda of the weekly meeting: what the group has to decide, in the order in which it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.assessment.history.changes import headline_of
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words, headlines
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.problems import in_order
from icsassess.domain.problems import title as title_of_point
from icsassess.support.text import clip, count
from icsassess.view.assessment_view import View
from icsassess.view.line_titles import with_code
from icsassess.view.not_applicable import not_applicable
from icsassess.view.priorities.lost_ground import got_worse
from icsassess.view.priorities.points import GROUP_EDITS
from icsassess.view.priorities.red_lines import red_by_share
from icsassess.view.priorities.worst_first import priorities

_EVIDENCE_SHOWN = 140
_MOST_TODAY = 10
_TODAY = "To decide today"
_RED = "Rated Red, the most widely shared first"
_DISAGREEMENTS, _CHANGED_GROUND = "Disagreements to moderate", "Agreed ratings whose ground has moved"
_OVERDUE, _UNPROVEN = "Overdue actions", "Delivered, with nothing to show for it"
_OUTSTANDING = "Outstanding returns"
_LOOK_AGAIN = "Look again: keep the rating with today's date, or agree another."


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
    """The agenda of one meeting.

    Its title, where the locality stands, what must be decided today in at most ten sentences, the worst first, and the
    sections that have something in them.
    """

    title: str
    standing: tuple[str, ...]
    today: tuple[str, ...]
    sections: tuple[Section, ...]


def agenda(merged: Merged) -> Agenda:
    """Give the agenda that a merge makes."""
    name, view = merged.locality.name, View(merged)
    sections = (
        Section(_RED, "Ask what changes it, and by when.", tuple(_red(view))),
        Section(_DISAGREEMENTS, "Agree a rating for each.", tuple(_disagreements(view))),
        Section(_CHANGED_GROUND, _LOOK_AGAIN, tuple(_changed_since_agreed(view))),
        Section(_OVERDUE, "Ask what stands in the way; move the date or the owner.", tuple(_overdue(view))),
        Section("New gaps without a plan", "Decide what, who and by when.", tuple(_without_plan(view, new=True))),
        Section(_OUTSTANDING, "Decide who asks.", tuple(_outstanding(view))),
        Section("Typed by the group, and not used as it stands", "Put it right.", tuple(_group_edits(view))),
        Section(_UNPROVEN, "Say what evidences it, and where it is kept.", tuple(_unproven(view))),
        Section("Older gaps without a plan", "Decide what, who and by when.", tuple(_without_plan(view, new=False))),
        Section("Lines that do not apply", "For information: they leave the count.", tuple(_not_applicable(view))),
    )
    return Agenda(
        title=f"{name} task and finish group: agenda as at {day_in_words(merged.as_at)}",
        standing=(*headlines(merged), headline_of(merged.changes)),
        today=tuple(priority.sentence for priority in priorities(view, _MOST_TODAY)),
        sections=tuple(section for section in sections if section.items),
    )


def _heading(view: View, ref: str) -> str:
    line = view.line_by_ref.get(ref)
    return (ref or "No line") if line is None else with_code(line)  # an action of the group's own may be about none


def _red(view: View) -> Iterator[Item]:
    for red in red_by_share(view):
        names = "; ".join(red.line.names_rating(rag.RED, view.partners))
        yield Item(with_code(red.line), (f"{red.partners}; {red.actions}.", names and f"Red: {names}."))


def _group_edits(view: View) -> Iterator[Item]:
    for problem in in_order(view.merged.counted_problems):
        if problem.code in GROUP_EDITS:
            heading = title_of_point(problem.code) + (f": {problem.ref}" if problem.ref else "")
            yield Item(heading, (problem.message, problem.suggestion))


def _not_applicable(view: View) -> Iterator[Item]:
    for line, reason in not_applicable(view):
        yield Item(with_code(line), (f"{reason[:1].upper()}{reason[1:]}",))


def _disagreements(view: View) -> Iterator[Item]:
    """Give the lines that are Red for one partner and Green for another, with who says what on which evidence."""
    split = [line.ref for line in view.merged.lines if line.agreement == RED_AND_GREEN and not line.agreed]
    evidence: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in view.merged.entries:
        if entry.evidence:
            sender = view.sender(entry.partner, entry.file)
            evidence[entry.ref, sender].append(clip(entry.evidence, _EVIDENCE_SHOWN))
    ratings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in view.merged.partner_lines:
        organisations = [(rating, f"{row.partner}: {name}") for name, rating in row.organisations]
        ratings[row.ref].extend(organisations or [(row.rating, row.partner)])
    order = rag.vocabulary().ordered
    for ref in split:
        rated = sorted((pair for pair in ratings[ref] if pair[0] in order), key=lambda pair: order.index(pair[0]))
        details = (
            f"{rating}: {partner}. {' / '.join(evidence[ref, partner]) or 'No evidence described.'}"
            for rating, partner in rated
        )
        yield Item(_heading(view, ref), tuple(details))


def _changed_since_agreed(view: View) -> Iterator[Item]:
    for line in sorted(view.lines, key=lambda line: not got_worse(view, line)):
        if line.agreed and line.drift:
            yield Item(with_code(line), (f"Agreed {line.agreed}. Since then: {line.drift}.",))


def _without_plan(view: View, *, new: bool) -> Iterator[Item]:
    """Give the gaps without a plan that the merge before had not, or those that it had; at the first all are new."""
    if not any(row.state == RECEIVED for row in view.merged.returns):
        return  # before any return every line is a gap, which says nothing
    before = view.merged.changes.gaps_before if view.merged.changes else frozenset()
    for gap in view.merged.gaps:
        if gap.plan == plans.NEEDS_A_PLAN and (gap.ref not in before) is new:
            stated = tuple(f"{partner}: {text}" for partner, text in gap.stated)
            yield Item(f"{_heading(view, gap.ref)} ({', '.join(gap.reasons)})", stated)


def _overdue(view: View) -> Iterator[Item]:
    for action in view.merged.actions:
        if action.state == states.OVERDUE and action.due is not None:
            late = count((view.merged.as_at - action.due).days, "day")
            owner = action.owner or "nobody yet"
            details = (
                f"Due {day_in_words(action.due)}, {late} ago; owner: {owner}; {action.status or 'no status'}.",
                action.action,
            )
            yield Item(_heading(view, action.ref), details)


def _unproven(view: View) -> Iterator[Item]:
    for action in view.merged.actions:
        if action.state == states.NOT_EVIDENCED:
            yield Item(_heading(view, action.ref), (action.action,))


def _outstanding(view: View) -> Iterator[Item]:
    for row in view.merged.returns:
        if row.state in (OUTSTANDING, REFUSED):
            yield Item(f"{row.partner or row.file}: {row.name or 'partner not known'}, {row.state}", (row.remark,))


def as_text(meeting: Agenda, width: int = 100, most_lines: int | None = None) -> str:
    """Give the agenda as text that fits a terminal or an e-mail.

    Where that takes more than ``most_lines``, the sections after what is to be decided today are told in short: how
    many things there are in each, and the first of them.
    """
    text = _top(meeting, width) + "\n".join(_sections(meeting, width)) + "\n"
    if most_lines is None or text.count("\n") <= most_lines:
        return text
    top = _top(meeting, width)
    room = max(0, most_lines - top.count("\n") - 2 * len(meeting.sections))
    return top + "\n".join(_in_short(meeting, width, room // max(1, len(meeting.sections)))) + "\n"


def _in_short(meeting: Agenda, width: int, headings: int) -> Iterator[str]:
    for number, section in enumerate(meeting.sections, 1):
        beyond = len(section.items) - headings
        yield ""
        yield f"{number}. {section.title} ({len(section.items)})" + (", the first:" if beyond > 0 < headings else "")
        yield from (clip(f"   {item.heading}", width) for item in section.items[:headings])


def _top(meeting: Agenda, width: int) -> str:
    import textwrap

    lines = [meeting.title, "=" * len(meeting.title), ""]
    for sentence in meeting.standing:
        lines.extend(textwrap.wrap(sentence, width))
    lines += ["", _TODAY, "-" * len(_TODAY)]
    for sentence in meeting.today:
        lines.extend(textwrap.wrap(sentence, width, initial_indent="* ", subsequent_indent="  "))
    return "\n".join(lines) + "\n"


def _sections(meeting: Agenda, width: int) -> list[str]:
    import textwrap

    lines: list[str] = []
    for number, section in enumerate(meeting.sections, 1):
        title = f"{number}. {section.title} ({len(section.items)})"
        lines += ["", title, "-" * len(title), section.do]
        for item in section.items:
            lines += ["", *textwrap.wrap(item.heading, width, initial_indent="* ", subsequent_indent="  ")]
            for detail in item.details:
                lines.extend(textwrap.wrap(detail, width, initial_indent="    ", subsequent_indent="      "))
    return lines
