"""The sheet Week by week: where the locality stood at each merge of the round, as a table and as charts."""

from __future__ import annotations

from icsassess.assessment.actions import states
from icsassess.assessment.history.model import Week
from icsassess.assessment.output.headlines import day_in_words
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.view.assessment_view import View
from icsassess.view.tallies import COUNTED, NO_RATING
from icsassess.workbook.layout import HEADING_ROW, WEEKS
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet
from icsassess.workbook.sheets.charts import movement_charts

RECEIVED, GAPS, WITHOUT_A_PLAN, OVERDUE = "Returns received", "Gaps", "Gaps without a complete plan", "Actions overdue"
_CENTRED = styles.HEADING.with_(centred=True)
_COLUMNS = (
    Column("As at", 14, styles.CELL_BOLD.with_(number_format=styles.DATE_FORMAT, align_left=True)),
    *(
        Column(title, 13, styles.CELL_CENTRED, _CENTRED)
        for title in (RECEIVED, *COUNTED, NO_RATING, GAPS, WITHOUT_A_PLAN, OVERDUE)
    ),
)
TITLES = tuple(column.title for column in _COLUMNS)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter | None:
    """Write the sheet; there is none for the first merge, which has nothing to be compared with."""
    weeks = view.merged.weeks
    if len(weeks) < 2:
        return None
    sheet = begin(workbook, SHEET)
    days = [week.as_at for week in weeks]
    rows = [_row(week, days[: at + 1].count(week.as_at)) for at, week in enumerate(weeks)]
    last = RegisterTable(SHEET.table_name, _COLUMNS, rows, frozen=1).write_to(sheet)
    movement_charts(workbook.book, sheet, TITLES, HEADING_ROW, last)
    return sheet


def _row(week: Week, number: int) -> list[Value]:
    """Give a row; a second merge as at the same day is told apart as its workbook is, by its ``number``."""
    day: Value = week.as_at if number == 1 else f"{day_in_words(week.as_at)} ({number})"
    rated = [week.ratings.get(word, 0) for word in COUNTED]
    overdue = week.plans.get(states.OVERDUE, 0)
    return [day, week.received, *rated, week.ratings.get("", 0), week.gaps, week.without_a_plan, overdue]


SHEET = Sheet(
    title=WEEKS,
    table_name="WeekByWeek",
    about="One table follows, with two charts of it: where the locality stood at each merge of the round.",
    meaning="",
    write=write,
)
