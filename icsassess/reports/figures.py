"""The figures that page and paper print alike, as texts."""

from __future__ import annotations

from icsassess.reports.display_text import display_text
from icsassess.view.assessment_view import View
from icsassess.view.tallies import TITLES, theme_tallies


def theme_table(view: View) -> list[list[str]]:
    """Give the ratings by theme: the titles, a row for each theme, and one for all of them."""
    rows = [[display_text(value) for value in (tally.title, *tally.numbers)] for tally in theme_tallies(view)]
    return [list(TITLES), *rows]
