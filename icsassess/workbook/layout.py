"""Where everything stands in the locality workbook, so that formulas and links can point there before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icsassess.assessment.group_edits import displaced
from icsassess.excel.writing.sheet import cell_reference, column_range
from icsassess.support.text import fold
from icsassess.tables import titles

SUMMARY = "Summary"
HEAT_MAP = "Heat map"
ASSESSMENT = titles.ASSESSMENT
GAPS = titles.GAPS
ACTIONS = titles.ACTIONS
EVIDENCE = "Evidence"
RETURNS = "Returns"
POINTS = "Points to fix"
CHANGES = "Changes"
SIGN_OFF = "Sign-off"
KEY = "Key"
DISPLACED = titles.DISPLACED
DISPLACED_TITLES = displaced.COLUMNS
SCORES = "Indicative scores"
WEEKS = "Week by week"

GAPS_TABLE, ACTIONS_TABLE = GAPS, ACTIONS
"""The names of the tables of gaps and of actions: their formulas name their columns by them."""
AS_AT_NAME = "as_at_date"
DEADLINE_NAME = "deadline_date"

HEADING_ROW = 4
"""Row of the headings on all sheets but Summary and Sign-off: title, what the sheet holds and marking stand above."""

ROOM = 300
"""Rows below a table that people may fill: drop-downs, colours and counts reach that far."""

ASSESSMENT_LABELS = (titles.REF, titles.THEME, titles.STATEMENT, titles.CATEGORY)
ASSESSMENT_DECISIONS = (
    titles.SUGGESTED_RAG,
    *titles.AGREED_TITLES.values(),
    titles.RATING,
    titles.AGREEMENT,
    titles.EVIDENCE,
    titles.CHANGED_SINCE_AGREED,
)
GAPS_TITLES = (
    titles.GAP,
    titles.REF,
    titles.STATEMENT,
    titles.CATEGORY,
    titles.RATING,
    titles.STATED,
    titles.WHY_A_GAP,
    titles.PARTNERS,
    titles.NO_PROPOSAL_FROM,
    titles.ACTIONS_OF_GAP,
    titles.LATE,
    titles.PLAN,
    titles.COVERED,
)
ACTIONS_LABELS = (
    titles.ACTION_ID,
    titles.GAP,
    titles.REF,
    titles.STATEMENT,
    titles.CATEGORY,
    titles.RATING,
    titles.PROPOSED_BY,
)
ACTIONS_TITLES = (*ACTIONS_LABELS, *titles.ACTION_TITLES.values(), titles.ACTION_STATE, *titles.ACTION_SOURCE)
"""In the sheet's order: where an action comes from stands last, behind the group's own columns."""


class TablePlace(NamedTuple):
    """Where a table stands: its sheet, its titles, the row of its headings and the number of its rows."""

    sheet: str
    titles: tuple[str, ...]
    rows: int
    heading_row: int = HEADING_ROW
    room: int = 0

    @property
    def first_row(self) -> int:
        """The first row below the headings."""
        return self.heading_row + 1

    @property
    def last_row(self) -> int:
        """The last row of the table; a table without rows has one empty row."""
        return self.heading_row + max(self.rows, 1)

    def column(self, title: str) -> int:
        """Give the number of a column, from 1. Raises ``ValueError`` where there is none of this title."""
        return self.titles.index(title) + 1

    def range(self, title: str) -> str:
        """Give a column's cells for a formula, with the room that people may fill below."""
        return column_range(self.sheet, self.first_row, self.last_row + self.room, self.column(title))

    def cell(self, row: int, title: str) -> str:
        """Give a cell for a link or a formula; ``row`` is the sheet's."""
        return cell_reference(self.sheet, row, self.column(title))


def partner_headings(codes: Iterable[str], taken: Sequence[str]) -> dict[str, str]:
    """Give the heading of each partner's column: its code, told apart from a heading that is there already."""
    others = {fold(title) for title in taken}
    return {code: f"{code} (partner)" if fold(code) in others else code for code in codes}


def partner_headings_of(codes: Sequence[str]) -> list[str]:
    """Give the headings of the partners' columns in the Assessment."""
    return list(partner_headings(codes, ASSESSMENT_LABELS + ASSESSMENT_DECISIONS).values())


def assessment_place(codes: Sequence[str], lines: int) -> TablePlace:
    """Give the place of the Assessment's table."""
    return TablePlace(ASSESSMENT, (*ASSESSMENT_LABELS, *partner_headings_of(codes), *ASSESSMENT_DECISIONS), lines)


def gaps_place(gaps: int) -> TablePlace:
    """Give the place of the table of gaps."""
    return TablePlace(GAPS, GAPS_TITLES, gaps)


def actions_place(actions: int) -> TablePlace:
    """Give the place of the table of actions, with room for the group's own rows."""
    return TablePlace(ACTIONS, ACTIONS_TITLES, actions, room=ROOM)
