"""The figures that page and paper share with the workbook: taken from where its Summary and Heat map take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icsassess.assessment.gaps import plans
from icsassess.assessment.group_edits.edits import Shown
from icsassess.domain.framework import Statement
from icsassess.reports.display_text import shown_text
from icsassess.view import wording as shown
from icsassess.view.view import ShownLine, View
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheets.own_rows import own_rows
from icsassess.workbook.sheets.theme_counts import TITLES, theme_rows

NO_PLAN_ASKED = "no plan asked for"


def theme_table(view: View) -> list[list[str]]:
    """Give the Summary's table of ratings by theme: its titles, a row for each theme, and one for all of them."""
    rows = [[shown_text(value) for value in row] for row in theme_rows(view, 1)]
    return [list(TITLES), *rows]


def plan_counts(view: View) -> list[tuple[str, int]]:
    """Give how many gaps there are in each state of their plan, in the order in which a meeting looks at them."""
    counts = [(state, view.plans[state]) for state in plans.PLAN_STATES]
    return [*counts, (NO_PLAN_ASKED, view.plans[""])]


def plan_in_words(plan: str) -> str:
    """Give the state of a plan in words, also where none is asked for."""
    return plan or NO_PLAN_ASKED


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A statement on the heat map.

    ``lines`` and ``words`` by evidence category (None and the reason where the framework has no such line), ``rating``
    of the whole statement, ``partners`` each one's worst rating of it.
    """

    statement: Statement
    lines: tuple[ShownLine | None, ...]
    words: tuple[str, ...]
    rating: str
    partners: tuple[str, ...]


def heat_rows(view: View) -> list[HeatRow]:
    """Give the heat map: a row for each statement of the framework."""
    return [_heat_row(view, statement) for statement in view.merged.locality.framework.statements]


def _heat_row(view: View, statement: Statement) -> HeatRow:
    of_category = {line.line.category.code: line for line in view.lines_of(statement)}
    lines = [of_category.get(category.code) for category in view.merged.locality.framework.categories]
    return HeatRow(
        statement,
        tuple(lines),
        tuple(heat_word(line) for line in lines),
        shown.worst_word([line.rating for line in of_category.values()]),
        tuple(view.partner_worst(statement, code) for code in view.codes),
    )


def heat_word(line: ShownLine | None) -> str:
    """Give the word of a line on the heat map."""
    if line is None:
        return shown.NOT_IN_FRAMEWORK
    return line.rating + (live.MODERATE if line.to_be_moderated else "")


def fill_of(word: str) -> str | None:
    """Give the fill behind a word of the heat map as ``RRGGBB``, None where it has none."""
    return shown.fills().get(word.removesuffix(live.MODERATE))


def own_actions(view: View) -> list[list[tuple[str, str]]]:
    """Give the rows that the group added below the gaps: what stands in each, as pairs of title and text.

    Rating and Plan are reckoned where the group typed nothing over them.
    """
    rows = [{"Rating": row.rating, "Plan": row.plan} | _typed(row.values) for row in own_rows(view)]
    return [[(title, text) for title, text in row.items() if text] for row in rows]


def _typed(values: Mapping[str, Shown]) -> dict[str, str]:
    return {title: shown_text(value) for title, value in values.items() if value != ""}


def by_rating(line: ShownLine, order: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Give the partners' codes by the word that stands for their rating, the words in this order."""
    return [
        (word, codes) for word in order if (codes := [code for code, rating in line.partners.items() if rating == word])
    ]
