"""A merge as one self-contained page: to look at on a phone, to project, to search, to filter and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.events.model import Event, grouped
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.domain import rag
from icsassess.reports import figures
from icsassess.reports.page.front import front
from icsassess.reports.page.lines import rating_words, ratings_in_words, shortened, themes_on_page, without_a_line
from icsassess.reports.page.maps import blocks_of_partners, letters_in_words
from icsassess.reports.page.web_page import page
from icsassess.reports.provenance import changes_since_merge, origin
from icsassess.support.text import count
from icsassess.tables.titles import AGREEMENT, PLAN, WHY_A_GAP
from icsassess.view import heat_map, tallies
from icsassess.view.assessment_view import View
from icsassess.view.facts import facts
from icsassess.view.findings.explanations import by_rating
from icsassess.view.findings.names import name_of, names_of, titled
from icsassess.view.findings.second_looks import second_looks
from icsassess.view.findings.weights import gaps_by_weight
from icsassess.view.meanings import NO_RATING, RATING, RULE, STATEMENT_RATING, meanings
from icsassess.view.priorities.red_lines import red_by_share
from icsassess.view.priorities.worst_first import priorities
from icsassess.view.sign_off_status import sign_off_status
from icsassess.view.target import Part, Target
from icsassess.workbook.layout import CHANGES
from icsassess.workbook.signing.latest_merge import NewestMerge

MOST_CHANGES = 100
"""Changes under one title that the page lists."""

_SECTIONS = {
    Part.HEAT_MAP: "heat-map",
    Part.LINES: "lines",
    Part.EVIDENCE: "lines",
    Part.GAPS: "gaps",
    Part.RETURNS: "returns",
    Part.CHANGES: "changes",
}
_EXPLAINED = (RATING, NO_RATING, STATEMENT_RATING, AGREEMENT, PLAN, WHY_A_GAP, RULE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence or a fact, with the section of the page that it leads to (``""`` for none)."""

    label: str
    text: object
    section: str


@dataclass(frozen=True, slots=True)
class GroupOfChanges:
    """The changes under one title; ``more`` says in words what is not listed."""

    title: str
    number: int
    changes: Sequence[Event]
    more: str


def as_page(latest: NewestMerge) -> str:
    """Give the page as an HTML document."""
    view = View(latest.merged)
    locality = latest.merged.locality
    gaps = gaps_by_weight(view)
    loose, loose_more = without_a_line(view)
    return page(
        "page.html",
        script="page.js",
        title=f"{locality.name}: self-assessment as at {day_in_words(latest.merged.as_at)}",
        locality=locality,
        marking=locality.settings.marking,
        framework=locality.framework,
        origin=origin(latest, view),
        moved_on=changes_since_merge(latest),
        front=front(latest, view),
        facts=_facts(latest, view),
        first=[_fact("", priority.sentence, priority.target) for priority in priorities(view)],
        themes_table=figures.theme_table(view),
        plans=tallies.plan_counts(view),
        states=tallies.state_counts(view),
        actions=view.actions,
        heat=heat_map.heat_rows(view),
        partners=view.partners,
        name=partial(name_of, view),
        names=partial(names_of, view),
        titled=titled,
        blocks=blocks_of_partners(view),
        letters=letters_in_words(),
        reds=red_by_share(view),
        split=[line for line in view.lines if line.to_be_moderated],
        by_rating=by_rating,
        looks=second_looks(view),
        late=[action for action in view.actions if action.state == OVERDUE],
        without_plan=[gap for gap in gaps if gap.plan == NEEDS_A_PLAN],
        themes=themes_on_page(view),
        loose=loose,
        loose_more=loose_more,
        refs=frozenset(view.line_by_ref),
        gaps=gaps,
        red_gaps=[gap for gap in gaps if gap.line.counted == rag.RED],
        other_gaps=[gap for gap in gaps if gap.line.counted != rag.RED],
        loose_actions=[action for action in view.actions if not action.gap],
        changes=latest.merged.changes,
        groups=_groups_of_changes(latest),
        returns=latest.merged.returns,
        key=[row for row in meanings(view) if row.subject in _EXPLAINED],
        rating_words=[word for word in rating_words() if any(line.rating == word for line in view.lines)],
        plan_in_words=tallies.plan_in_words,
        counted=ratings_in_words,
        shortened=shortened,
    )


def _facts(latest: NewestMerge, view: View) -> list[Fact]:
    """Give the Summary's facts, but for those that stand in the page's head, and what was in the way before signing."""
    signing = sign_off_status(conditions(view.merged))
    in_head = {"Framework", "As at"} | ({"Sign-off", "To be signed by"} if latest.signed else set())
    return [_fact(*fact) for fact in facts(view, signing) if fact.label not in in_head]


def _fact(label: str, text: object, target: Target | None) -> Fact:
    return Fact(label, text, _SECTIONS.get(target.part, "") if target else "")


def _groups_of_changes(latest: NewestMerge) -> list[GroupOfChanges]:
    groups = []
    for title, events in grouped(latest.merged.changes.changes if latest.merged.changes else []):
        hidden = len(events) - MOST_CHANGES
        more = f"{count(hidden, 'more is', 'more are')} in the workbook, sheet {CHANGES}." if hidden > 0 else ""
        groups.append(GroupOfChanges(title, len(events), events[:MOST_CHANGES], more))
    return groups
