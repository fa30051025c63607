"""Where everything stands in the locality workbook, so that formulas and links can point there before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icsassess.excel.writing.sheet import column_range, place
from icsassess.support.text import fold

SUMMARY = "Summary"
HEAT_MAP = "Heat map"
ASSESSMENT = "Assessment"
GAPS = "Gaps and actions"
EVIDENCE = "Evidence"
RETURNS = "Returns"
POINTS = "Points to fix"
CHANGES = "Changes"
SIGN_OFF = "Sign-off"
KEY = "Key"
KEPT = "Kept from before"
SCORES = "Indicative scores"
WEEKS = "Week by week"
KEPT_TITLES = ("What became of its place", "Sheet", "Line or gap", "Column", "Text", "Kept since")

LONG_SHEETS = (EVIDENCE, RETURNS, POINTS)
"""The registers that repeat the returns: nobody types into them, and in a large locality they are very long."""
PROGRAM_SHEETS = (
    SUMMARY, HEAT_MAP, ASSESSMENT, GAPS, EVIDENCE, RETURNS, POINTS, CHANGES, WEEKS, SIGN_OFF, KEY, KEPT, SCORES,
)  # fmt: skip

TABLE_NAMES = {
    SUMMARY: "RatingsByTheme",
    HEAT_MAP: "HeatMap",
    ASSESSMENT: "AssessmentLines",
    GAPS: "GapsAndActions",
    EVIDENCE: "EvidenceRegister",
    RETURNS: "ReturnsList",
    POINTS: "PointsToFix",
    CHANGES: "ChangesSince",
    WEEKS: "WeekByWeek",
    SIGN_OFF: "WhatStandsInTheWay",
    KEY: "KeyToWords",
    KEPT: "KeptFromBefore",
    SCORES: "IndicativeScores",
}

AS_AT_NAME = "as_at_date"
DEADLINE_NAME = "deadline_date"

HEADING_ROW = 4
"""Row of the headings on all sheets but Summary and Sign-off: title, what the sheet holds and marking stand above."""

ROOM = 300
"""Rows below a table that people may fill: drop-downs, colours and counts reach that far."""

STATEMENT = "Quality statement"
CATEGORY = "Evidence category"
ASSESSMENT_LABELS = ("Ref", "Theme", STATEMENT, CATEGORY)
ASSESSMENT_DECISIONS = (
    "Suggested RAG",
    "Agreed RAG",
    "Reason for agreed RAG",
    "Agreed on",
    "Rating",
    "Agreement",
    "Evidence",
    "Changed since agreed",
)
GAPS_LABELS = (
    "Gap",
    "Ref",
    STATEMENT,
    CATEGORY,
    "Rating",
    "Plan",
    "Why it is a gap",
    "Partners",
)
GAPS_TYPED = (
    "Action",
    "Owner",
    "Accountable role",
    "Due date",
    "Delivery status",
    "Evidenced by",
    "Date evidenced",
    "Update",
)
GAPS_SAID = ("What partners say is missing", "What partners propose")
"""Long texts: they stand behind the columns that people type in, and behind the group's own."""
GAPS_TITLES = GAPS_LABELS + GAPS_TYPED + GAPS_SAID


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
        return place(self.sheet, row, self.column(title))


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
