"""The sheet Gaps and actions: a row for each gap, why it is one, and what the group will do about it."""

from __future__ import annotations

from dataclasses import replace

from icsassess.excel import looks
from icsassess.excel.writing import Book, Column, Formula, SheetWriter, Value
from icsassess.returns.template_files import template_of
from icsassess.workbook import frame, live
from icsassess.workbook.own_rows import OWN_WIDTH, own_rows, own_titles
from icsassess.workbook.places import CATEGORY, GAPS, ROOM, STATEMENT
from icsassess.workbook.shown import fills
from icsassess.workbook.view import ShownGap, View

ABOUT = (
    "One table follows: a row for each gap. Please type in the yellow columns, from Action to Update; Plan follows by "
    "itself. Add rows of your own directly below the last one."
)
_LABELS = (
    Column("Gap", 12, looks.CELL_BOLD),
    Column("Ref", 9, looks.CELL_BOLD),
    Column(STATEMENT, 22),
    Column(CATEGORY, 18),
    Column("Rating", 12, looks.CELL_CENTRED.with_(bold=True), looks.HEADING.with_(centred=True)),
    Column("Plan", 15, looks.CELL_BOLD.with_(centred=True), looks.HEADING.with_(centred=True)),
    Column("Why it is a gap", 20),
    Column("Partners", 12),
    Column("What partners say is missing", 50),
    Column("What partners propose", 60),
)
_PLAN_FILLS = {
    "to be moderated": "FFC7CE",
    "needs a plan": "FFC7CE",
    "overdue": "FFC7CE",
    "delivered, not evidenced": "FFEB9C",
    "plan incomplete": "FFEB9C",
    "planned": "DCE9F7",
    "closed": "C6EFCE",
}


def _typed(statuses: tuple[str, ...]) -> tuple[Column, ...]:
    columns = (
        Column("Action", 38, looks.INPUT, prompt="What will be done about the gap."),
        Column("Owner", 18, looks.INPUT, prompt="The role and organisation that will do it."),
        Column("Accountable role", 18, looks.INPUT, prompt="The role that answers for it."),
        Column("Due date", 13.5, looks.INPUT_DATE, is_date=True, prompt="By when, for example 31/03/2024."),
        Column("Delivery status", 13, looks.INPUT_CENTRED, choices=statuses, prompt="How far the action is."),
        Column("Evidenced by", 26, looks.INPUT, prompt="What shows that it was done, and where that is kept."),
        Column("Date evidenced", 13.5, looks.INPUT_DATE, is_date=True, prompt="The day somebody saw that evidence."),
        Column("Update", 32, looks.INPUT, prompt="The latest word on it, with its date."),
    )
    return tuple(replace(column, heading=looks.INPUT_HEADING) for column in columns)


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet, with drop-downs and colours that reach below the table for the group's own rows."""
    sheet = frame.begin(book, view, GAPS, ABOUT, tab=frame.TYPING_TAB)
    where = view.gaps_table
    formulas = {
        "Rating": live.gap_rating_formula(view.assessment),
        "Plan": live.plan_formula(view.assessment, view.plan_required_for),
    }
    statuses = template_of(view.merged.locality).status_names
    columns = [replace(column, calculated=formulas.get(column.title, "")) for column in (*_LABELS, *_typed(statuses))]
    known = [column.title for column in columns]
    columns += [Column(title, OWN_WIDTH, looks.INPUT) for title in own_titles(view, GAPS, known)]
    # Excel needs a row: without gaps it is an empty one, in which somebody may write the first.
    empty: list[Value] = [Formula(column.calculated, "") if column.calculated else None for column in columns]
    beside = view.merged.carried.own_columns.get(GAPS, {})
    extra = [column.title for column in columns[len(known) :]]
    rows = [[*_row(view, gap), *(beside.get(title, {}).get(gap.id, "") for title in extra)] for gap in view.gaps]
    rows += [[own.value(column.title, column.calculated) for column in columns] for own in own_rows(view)]
    last = frame.register(sheet, columns, rows or [empty], frozen=4)
    keys = [gap.id for gap in view.gaps] + [f"own row {n + 1}" for n in range(len(view.merged.carried.own_rows))]
    frame.carried_notes(sheet, view, keys, [column.title for column in columns])
    sheet.offer(where.first_row, last + ROOM, columns)
    for title, colours in (("Rating", fills()), ("Plan", _PLAN_FILLS)):
        sheet.colour_words(where.first_row, where.column(title), last + ROOM, where.column(title), colours)
    return sheet


def _row(view: View, gap: ShownGap) -> list[Value]:
    return [
        gap.id,
        gap.line.line.ref,
        gap.line.line.statement.title,
        gap.line.line.category.title,
        live.gap_rating(gap, view.assessment),
        live.plan(gap, view.assessment, view.plan_required_for),
        frame.and_list(gap.reasons),
        frame.and_list(gap.partners),
        gap.stated,
        gap.proposed,
        gap.action,
        gap.owner,
        gap.accountable,
        gap.due,
        gap.status,
        gap.evidenced_by,
        gap.evidenced_on,
        gap.update,
    ]
