"""The figures that page and paper print alike, as texts."""

from __future__ import annotations

from collections.abc import Mapping

from icsassess.assessment.group_edits.edits import CellValue
from icsassess.reports.display_text import display_text
from icsassess.tables.titles import PLAN, RATING
from icsassess.view.assessment_view import View
from icsassess.view.own_rows import own_rows
from icsassess.view.tallies import TITLES, theme_tallies


def theme_table(view: View) -> list[list[str]]:
    """Give the ratings by theme: the titles, a row for each theme, and one for all of them."""
    rows = [[display_text(value) for value in (tally.title, *tally.numbers)] for tally in theme_tallies(view)]
    return [list(TITLES), *rows]


def own_actions(view: View) -> list[list[tuple[str, str]]]:
    """Give the rows that the group added below the gaps: what stands in each, as pairs of title and text.

    Rating and Plan are reckoned where the group typed nothing over them.
    """
    rows = [{RATING: row.rating, PLAN: row.plan} | _typed(row.values) for row in own_rows(view)]
    return [[(title, text) for title, text in row.items() if text] for row in rows]


def _typed(values: Mapping[str, CellValue]) -> dict[str, str]:
    return {title: display_text(value) for title, value in values.items() if value != ""}
