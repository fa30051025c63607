"""The sheet Gaps and actions: a row for each gap, why it is one, and what the group will do about it."""

from __future__ import annotations

from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value
from icsassess.excel.writing.workbook import Book
from icsassess.returns.template.sources import template_of
from icsassess.view.view import ShownGap, View
from icsassess.view.wording import fills
from icsassess.workbook.layout import CATEGORY, GAPS, GAPS_SAID, GAPS_TITLES, ROOM, STATEMENT
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheet_kit.pagination import Layout
from icsassess.workbook.sheets.own_rows import OWN_WIDTH, own_rows, own_titles

ABOUT = (
    "One table follows: a row for each gap. Type in the yellow columns, and in rows of your own below the last one. "
    "Far right, not printed: what partners say."
)
_EMPTY = (
    "One table follows. It is empty: there is no gap. Rows of your own begin in its first row; please type in the "
    "yellow columns."
)
_CENTRED = looks.HEADING.with_(centred=True)
_LABELS = (
    Column("Gap", 10, looks.CELL_BOLD),
    Column("Ref", 8, looks.CELL_BOLD),
    Column(STATEMENT, 22),
    Column(CATEGORY, 17),
    Column("Rating", 12, looks.CELL_CENTRED.with_(bold=True), _CENTRED),
    Column("Plan", 15, looks.CELL_BOLD.with_(centred=True), _CENTRED),
    Column("Why it is a gap", 16),
    Column("Partners", 14),
)
# Wide, so that few lines hold what many partners said: the rows stay low.
_SAID = (Column(GAPS_SAID[0], 70), Column(GAPS_SAID[1], 120))
_ROOM_ON_PAPER = 10
"""Rows of the group's own that are printed below the table: more would print as empty pages."""
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
        Column("Action", 36, looks.INPUT, prompt="What will be done about the gap."),
        Column("Owner", 20, looks.INPUT, prompt="The role and organisation that will do it."),
        Column("Accountable role", 17, looks.INPUT, prompt="The role that answers for it."),
        Column("Due date", 12, looks.INPUT_DATE, is_date=True, prompt="By when, for example 31/03/2024."),
        Column("Delivery status", 12, looks.INPUT_CENTRED, choices=statuses, prompt="How far the action is."),
        Column("Evidenced by", 24, looks.INPUT, prompt="What shows that it was done, and where that is kept."),
        Column("Date evidenced", 12, looks.INPUT_DATE, is_date=True, prompt="The day somebody saw that evidence."),
        Column("Update", 30, looks.INPUT, prompt="The latest word on it, with its date."),
    )
    return tuple(column._replace(heading=looks.INPUT_HEADING) for column in columns)


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet, with drop-downs and colours that reach below the table for the group's own rows."""
    sheet = frame.begin(book, view, GAPS, ABOUT if view.gaps or own_rows(view) else _EMPTY, tab=frame.TYPING_TAB)
    where = view.gaps_table
    formulas = {
        "Rating": live.gap_rating_formula(view.assessment),
        "Plan": live.plan_formula(view.assessment, view.plan_required_for),
    }
    statuses = template_of(view.merged.locality).status_names
    program = [column._replace(calculated=formulas.get(column.title, "")) for column in (*_LABELS, *_typed(statuses))]
    extra = own_titles(view, GAPS, GAPS_TITLES)
    columns = [*program, *(Column(title, OWN_WIDTH, looks.INPUT) for title in extra), *_SAID]
    # Excel needs a row: without gaps it is an empty one, in which somebody may write the first.
    empty: list[Value] = [Formula(column.calculated, "") if column.calculated else None for column in columns]
    beside = view.merged.carried.own_columns.get(GAPS, {})
    rows = [
        [*_row(view, gap), *(beside.get(title, {}).get(gap.id, "") for title in extra), gap.stated, gap.proposed]
        for gap in view.gaps
    ]
    rows += [[own.value(column.title, column.calculated) for column in columns] for own in own_rows(view)]
    layout = Layout(up_to=len(columns) - len(_SAID), room=_ROOM_ON_PAPER)
    last = frame.register(sheet, columns, rows or [empty], frozen=4, layout=layout)
    keys = [gap.id for gap in view.gaps] + [f"own row {n + 1}" for n in range(len(view.merged.carried.own_rows))]
    frame.carried_notes(sheet, view, keys, [column.title for column in columns])
    sheet.validation.offer(where.first_row, last + ROOM, columns)
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
        gap.action,
        gap.owner,
        gap.accountable,
        gap.due,
        gap.status,
        gap.evidenced_by,
        gap.evidenced_on,
        gap.update,
    ]
