"""The sheet Week by week: where the locality stood at each merge of the round, as a table and as charts."""

from __future__ import annotations

from icsassess.assessment.actions.states import ACTION_STATES, OVERDUE
from icsassess.assessment.history.model import Week
from icsassess.assessment.output.headlines import day_in_words
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.support.text import count
from icsassess.view.assessment_view import View
from icsassess.view.tallies import COUNTED, NO_RATING
from icsassess.workbook.layout import HEADING_ROW, WEEKS
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet
from icsassess.workbook.sheets.charts import WeekColumns, movement_charts

MERGE, RECEIVED, EXPECTED = "Merge", "Returns received", "Returns expected"
GAPS, WITHOUT_A_PLAN = "Gaps", "Gaps without a complete plan"
ACTION_TITLES = {state: f"Actions {state}" for state in ACTION_STATES}
_CENTRED = styles.HEADING.with_(centred=True)
_COLUMNS = (
    Column("As at", 14, styles.CELL_BOLD.with_(number_format=styles.DATE_FORMAT, align_left=True)),
    Column(MERGE, 28),
    *(
        Column(title, 13, styles.CELL_CENTRED, _CENTRED)
        for title in (RECEIVED, EXPECTED, *COUNTED, NO_RATING, GAPS, WITHOUT_A_PLAN, *ACTION_TITLES.values())
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
    moving = (GAPS, WITHOUT_A_PLAN, ACTION_TITLES[OVERDUE])
    movement_charts(workbook.book, sheet, WeekColumns(TITLES, MERGE, moving), HEADING_ROW, last)
    return sheet


def _row(week: Week, number: int) -> list[Value]:
    """Give a row; a second merge as at the same day is told apart as its workbook is, by its ``number``.

    Where the history does not know the actions their cells are empty: that is not none.
    """
    again = "" if number == 1 else f" ({number})"
    merge = f"{week.as_at:%d %B}{again} · {week.received} of {count(week.expected, 'return')}".lstrip("0")
    rated = [week.ratings.get(word, 0) for word in COUNTED]
    actions = [None if week.actions is None else week.actions.get(state, 0) for state in ACTION_TITLES]
    figures = [week.received, week.expected, *rated, week.ratings.get("", 0), week.gaps, week.without_a_plan, *actions]
    return [week.as_at if number == 1 else f"{day_in_words(week.as_at)}{again}", merge, *figures]


SHEET = Sheet(
    title=WEEKS,
    table_name="WeekByWeek",
    about=(
        "One table follows, with two charts of it: where the locality stood at each merge of the round. Figures of "
        "merges for which other partners had returned cannot be compared."
    ),
    meaning="There from the second merge on: where the locality stood at each merge of the round.",
    write=write,
)
