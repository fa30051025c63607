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
GAPS = titles.GAPS_AND_ACTIONS
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

GAPS_TABLE = "GapsAndActions"
"""The name of the table of gaps: its formulas name its columns by it."""
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
GAPS_LABELS = (
    titles.GAP,
    titles.REF,
    titles.STATEMENT,
    titles.CATEGORY,
    titles.RATING,
    titles.PLAN,
    titles.WHY_A_GAP,
    titles.PARTNERS,
)
GAPS_TITLES = (*GAPS_LABELS, *titles.ACTION_TITLES.values(), titles.STATED, titles.PROPOSED)
"""In the sheet's order: the long texts stand behind the columns to type in, and behind the group's own."""


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
    """Give the place of the table of gaps, with room for the group's own rows."""
    return TablePlace(GAPS, GAPS_TITLES, gaps, room=ROOM)
