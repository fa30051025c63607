"""A merge as one self-contained page: to look at on a phone, to project, to search, to filter and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from icsassess.assessment.history.model import KINDS, Change
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.excel.writing.model.values import Link
from icsassess.reports import figures
from icsassess.reports.page.lines import rating_words, shortened, themes_on_page, without_a_line
from icsassess.reports.page.web_page import page
from icsassess.reports.provenance import moved_on, origin
from icsassess.support.text import count
from icsassess.tables.rows import each_row
from icsassess.view.view import View, as_date
from icsassess.workbook import layout
from icsassess.workbook.sheets.key import meanings
from icsassess.workbook.sheets.priorities import sentences
from icsassess.workbook.sheets.sign_off import standing
from icsassess.workbook.sheets.summary import facts
from icsassess.workbook.signing.latest_merge import NewestMerge

MOST_COLUMNS = 12
"""Partners that stand side by side on the heat map; more of them stand below each other."""
MOST_CHANGES = 100
"""Changes of one kind that the page lists."""

_SECTIONS = {
    layout.HEAT_MAP: "heat-map",
    layout.ASSESSMENT: "lines",
    layout.EVIDENCE: "lines",
    layout.GAPS: "gaps",
    layout.RETURNS: "returns",
    layout.CHANGES: "changes",
}
_EXPLAINED = ("Rating", "No rating", "Statement rating", "Agreement", "Plan", "Why it is a gap", "Rule in force")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence or a fact, with the section of the page that it leads to (``""`` for none)."""

    label: str
    text: object
    section: str


@dataclass(frozen=True, slots=True)
class KindOfChange:
    """The changes of one kind; ``more`` says in words what is not listed."""

    title: str
    number: int
    changes: Sequence[Change]
    more: str


def as_page(latest: NewestMerge) -> str:
    """Give the page as an HTML document."""
    view = View(latest.merged)
    locality = latest.merged.locality
    loose, loose_more = without_a_line(view)
    return page(
        "page.html",
        script="page.js",
        title=f"{locality.name}: self-assessment as at {day_in_words(latest.merged.as_at)}",
        locality=locality,
        marking=locality.settings.marking,
        framework=locality.framework,
        origin=origin(latest, view),
        moved_on=moved_on(latest),
        facts=_facts(latest, view),
        first=[_fact(sentence) for sentence in sentences(view)],
        themes_table=figures.theme_table(view),
        plans=figures.plan_counts(view),
        heat=figures.heat_rows(view),
        codes=view.codes,
        names={partner.code: partner.name for partner in view.partners},
        few=len(view.codes) <= MOST_COLUMNS,
        themes=themes_on_page(view),
        loose=loose,
        loose_more=loose_more,
        refs=frozenset(view.line_by_ref),
        gaps=view.gaps,
        own=figures.own_actions(view),
        changes=latest.merged.changes,
        kinds=_kinds_of_change(latest),
        returns=list(each_row(latest.merged.returns)),
        key=[row for row in meanings(view) if row[0] in _EXPLAINED],
        rating_words=[word for word in rating_words() if any(line.rating == word for line in view.lines)],
        plan_in_words=figures.plan_in_words,
        as_date=as_date,
        shortened=shortened,
    )


def _facts(latest: NewestMerge, view: View) -> list[Fact]:
    """Give the Summary's facts, but for those that stand in the page's head, and what was in the way before signing."""
    signing = standing(conditions(view.merged), None)
    in_head = {"Framework", "As at"} | ({"Sign-off", "To be signed by"} if latest.signed else set())
    return [_fact(fact.value, fact.label) for fact in facts(view, 1, signing) if fact.label not in in_head]


def _fact(value: object, label: str = "") -> Fact:
    if isinstance(value, Link):
        sheet = value.place.rpartition("!")[0].strip("'")
        return Fact(label, value.text, _SECTIONS.get(sheet, ""))
    return Fact(label, value, "")


def _kinds_of_change(latest: NewestMerge) -> list[KindOfChange]:
    changes = latest.merged.changes.changes if latest.merged.changes else []
    kinds = []
    for kind in KINDS:
        of_kind = [change for change in changes if change.kind == kind]
        if of_kind:
            hidden = len(of_kind) - MOST_CHANGES
            are = count(hidden, "more is", "more are")
            more = f"{are} in the workbook, sheet {layout.CHANGES}." if hidden > 0 else ""
            kinds.append(KindOfChange(kind[:1].upper() + kind[1:], len(of_kind), of_kind[:MOST_CHANGES], more))
    return kinds
