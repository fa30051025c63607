"""Where everything stands in the roll-up's workbook, and the links that lead to a locality's own line."""

from __future__ import annotations

from icsassess.excel.writing.sheet import Formula, column_range, quoted
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.locality_summary import LineSummary, LocalitySummary
from icsassess.workbook.layout import HEADING_ROW

LOCALITIES = "Localities"
SIGNATURES = "Signatures"
STATEMENTS = "Statements"
THEMES = "Themes"
SHARED_GAPS = "Shared gaps"
STRENGTHS = "Strengths to share"
LINES = "Lines"
CHANGES = "Changes"
POINTS = "Points"
KEY = "Key"

TABLE_NAMES = {
    LOCALITIES: "LocalitiesRolledUp",
    SIGNATURES: "WhoIsSigned",
    STATEMENTS: "StatementsByLocality",
    THEMES: "ThemesByLocality",
    SHARED_GAPS: "SharedGaps",
    STRENGTHS: "StrengthsToShare",
    LINES: "LinesOfAllLocalities",
    CHANGES: "ChangesSinceTheLast",
    POINTS: "PointsOfTheRollup",
    KEY: "KeyToTheRollup",
}
NOT_IN_ITS_FRAMEWORK = "Not in its framework"


def line_key(locality: LocalitySummary, line: LineSummary) -> str:
    """Give what names a locality's line in the register: the locality's number and the Ref."""
    return f"{locality.number}/{line.ref}"


def lines_range(rollup: Rollup) -> str:
    """Give the cells of the register's keys."""
    number = sum(len(locality.lines) for locality in rollup.localities)
    return column_range(LINES, HEADING_ROW + 1, HEADING_ROW + max(number, 1), 1)


def to_line(keys: str, locality: LocalitySummary, line: LineSummary, text: str) -> Formula:
    """Give a link to a locality's line in the register, wherever sorting has put it.

    ``keys`` is :func:`lines_range`, ``text`` what is shown: words of the program, never what people typed.
    """
    shown = text.replace('"', '""')
    at = f'MATCH("{line_key(locality, line)}",{keys},0)'
    return Formula(f'=HYPERLINK("#{quoted(LINES)}!A"&({HEADING_ROW}+{at}),"{shown}")', text)
