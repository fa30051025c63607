"""The sheet Points to fix: what should be put right in the returns, the weightiest first."""

from __future__ import annotations

from icsassess.domain import problems
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import SheetWriter
from icsassess.tables.models import Points
from icsassess.tables.points import point_rows
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import HEADING_ROW, POINTS
from icsassess.workbook.sheet_kit.model_columns import model_columns
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

ABOUT = "One table follows: what should be put right in the returns, the weightiest first."
_APART = "Points of superseded files come last, in grey: they are counted nowhere and mailed to nobody."
_ANSWERED = "What the partner has answered comes below the rest, in green, and is counted nowhere."
_EMPTY = "One table follows. It is empty: there is nothing to put right in the returns."
_WIDTHS: dict[str, float] = {
    "severity": 10, "partner": 9.5, "title": 22, "message": 56, "suggestion": 40, "answer": 30, "ref": 8, "file": 26,
    "sheet": 14, "cell": 7.5, "code": 22,
}  # fmt: skip
_FILLS = {
    "blocker": styles.PALE_RED,
    "warning": styles.PALE_AMBER,
    "note": styles.NHS_PALE_GREY,
    "answered": styles.PALE_GREEN,
    "superseded": styles.NHS_PALE_GREY,
}


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write a row for each point; those answered and those of superseded files stand at the end."""
    merged = view.merged
    apart = problems.in_order(merged.superseded_problems)
    rows = point_rows(problems.in_order(merged.counted_problems), apart, merged.answered)
    further = [text for text, is_there in ((_ANSWERED, merged.answered), (_APART, apart)) if is_there]
    sheet = begin(workbook, SHEET, " ".join([ABOUT if rows else _EMPTY, *further]))
    last = RegisterTable(SHEET.table_name, model_columns(Points, _WIDTHS), rows, frozen=3).write_to(sheet)
    sheet.colour_words(HEADING_ROW + 1, 1, last, 1, _FILLS)
    return sheet


SHEET = Sheet(
    title=POINTS,
    table_name="PointsToFix",
    about=ABOUT,
    meaning="What should be put right in the returns.",
    write=write,
    long=True,
)
