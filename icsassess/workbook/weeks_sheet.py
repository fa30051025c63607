"""The sheet Week by week: where the locality stood at each merge of the round, as a table and as charts."""

from __future__ import annotations

from icsassess.assessment import plans
from icsassess.assessment.headlines import day_in_words
from icsassess.assessment.history import merge_key
from icsassess.assessment.weeks import Week
from icsassess.excel import looks
from icsassess.excel.writing import Book, Column, SheetWriter, Value
from icsassess.workbook import frame
from icsassess.workbook.chart import movement_charts
from icsassess.workbook.places import HEADING_ROW, WEEKS
from icsassess.workbook.theme_counts import COUNTED, NO_RATING
from icsassess.workbook.view import View

_ABOUT = "One table follows, with two charts of it: where the locality stood at each merge of the round."
RECEIVED, GAPS, WITHOUT_A_PLAN, OVERDUE = "Returns received", "Gaps", "Gaps without a complete plan", "Actions overdue"
_CENTRED = looks.HEADING.with_(centred=True)
_COLUMNS = (
    Column("As at", 14, looks.CELL_BOLD.with_(number_format=looks.DATE_FORMAT, left=True)),
    *(
        Column(title, 13, looks.CELL_CENTRED, _CENTRED)
        for title in (RECEIVED, *COUNTED, NO_RATING, GAPS, WITHOUT_A_PLAN, OVERDUE)
    ),
)
TITLES = tuple(column.title for column in _COLUMNS)


def write(book: Book, view: View) -> SheetWriter | None:
    """Write the sheet; there is none for the first merge, which has nothing to be compared with."""
    weeks = view.merged.weeks
    if len(weeks) < 2:
        return None
    sheet = frame.begin(book, view, WEEKS, _ABOUT)
    last = frame.register(sheet, _COLUMNS, [_row(week) for week in weeks], frozen=1)
    movement_charts(book, sheet, TITLES, HEADING_ROW, last)
    return sheet


def _row(week: Week) -> list[Value]:
    rated = [week.ratings.get(word, 0) for word in COUNTED]
    overdue = week.plans.get(plans.OVERDUE, 0)
    # A second merge of the day is told apart as its workbook is.
    _, number = merge_key(week.name) or ("", 1)
    day: Value = week.as_at if number == 1 else f"{day_in_words(week.as_at)} ({number})"
    return [day, week.received, *rated, week.ratings.get("", 0), week.gaps, week.without_a_plan, overdue]
