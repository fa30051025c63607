"""The sheet Gaps and actions: a row for each gap, why it is one, and what the group will do about it."""

from __future__ import annotations

from icsassess.assessment.gaps import plans
from icsassess.assessment.group_edits.decisions import plain_day
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value
from icsassess.returns.template.sources import template_of
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownGap, View
from icsassess.view.own_rows import OwnRow, own_rows
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import GAPS, GAPS_TABLE, GAPS_TITLES, ROOM
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.pagination import PrintLayout
from icsassess.workbook.sheet_kit.register import RegisterTable, as_list, begin, carried_notes
from icsassess.workbook.sheet_kit.sheet import TYPING_TAB, LocalityWorkbook, Sheet

ABOUT = (
    "One table follows: a row for each gap. Type in the yellow columns, and in rows of your own below the last one. "
    "Far right, not printed: what partners say."
)
_EMPTY = (
    "One table follows. It is empty: there is no gap. Rows of your own begin in its first row; please type in the "
    "yellow columns."
)
_CENTRED = styles.HEADING.with_(centred=True)
_LABELS = (
    Column(titles.GAP, 10, styles.CELL_BOLD),
    Column(titles.REF, 8, styles.CELL_BOLD),
    Column(titles.STATEMENT, 22),
    Column(titles.CATEGORY, 17),
    Column(titles.RATING, 12, styles.CELL_CENTRED.with_(bold=True), _CENTRED),
    Column(titles.PLAN, 15, styles.CELL_BOLD.with_(centred=True), _CENTRED),
    Column(titles.WHY_A_GAP, 16),
    Column(titles.PARTNERS, 14),
)
# Wide, so that few lines hold what many partners said: the rows stay low.
_QUOTED = (Column(titles.STATED, 70), Column(titles.PROPOSED, 120))
OWN_WIDTH = 24
"""Width in characters of the group's own columns."""
_ROOM_ON_PAPER = 10
"""Rows of the group's own that are printed below the table: more would print as empty pages."""
_PLAN_FILLS = {
    plans.TO_BE_MODERATED: styles.PALE_RED,
    plans.NEEDS_A_PLAN: styles.PALE_RED,
    plans.OVERDUE: styles.PALE_RED,
    plans.NOT_EVIDENCED: styles.PALE_AMBER,
    plans.PLAN_INCOMPLETE: styles.PALE_AMBER,
    plans.PLANNED: "DCE9F7",
    plans.CLOSED: styles.PALE_GREEN,
}


_DAY_SEEN = "The day somebody saw that evidence."


def _typed(statuses: tuple[str, ...]) -> tuple[Column, ...]:
    columns = (
        Column(titles.ACTION, 36, styles.INPUT, prompt="What will be done about the gap."),
        Column(titles.OWNER, 20, styles.INPUT, prompt="The role and organisation that will do it."),
        Column(titles.ACCOUNTABLE, 17, styles.INPUT, prompt="The role that answers for it."),
        Column(titles.DUE_DATE, 12, styles.INPUT_DATE, is_date=True, prompt="By when, for example 31/03/2024."),
        Column(titles.DELIVERY_STATUS, 12, styles.INPUT_CENTRED, choices=statuses, prompt="How far the action is."),
        Column(titles.EVIDENCED_BY, 24, styles.INPUT, prompt="What shows that it was done, and where that is kept."),
        Column(titles.DATE_EVIDENCED, 12, styles.INPUT_DATE, is_date=True, prompt=_DAY_SEEN),
        Column(titles.UPDATE, 30, styles.INPUT, prompt="The latest word on it, with its date."),
    )
    return tuple(column._replace(heading=styles.INPUT_HEADING) for column in columns)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet, with drop-downs and colours that reach below the table for the group's own rows."""
    sheet = begin(workbook, SHEET, ABOUT if view.gaps or own_rows(view) else _EMPTY)
    where, assessment = workbook.gaps, workbook.assessment
    calculated = {
        titles.RATING: formulas.gap_rating_formula(assessment),
        titles.PLAN: formulas.plan_formula(assessment, view.plan_required_for),
    }
    statuses = template_of(view.merged.locality).status_names
    program = [column._replace(calculated=calculated.get(column.title, "")) for column in (*_LABELS, *_typed(statuses))]
    extra = _own_titles(view)
    columns = [*program, *(Column(title, OWN_WIDTH, styles.INPUT) for title in extra), *_QUOTED]
    # Excel needs a row: without gaps it is an empty one, in which somebody may write the first.
    empty: list[Value] = [Formula(column.calculated, "") if column.calculated else None for column in columns]
    own_columns = view.merged.carried.own_columns.get(GAPS, {})
    rows = [
        [
            *_row(workbook, gap),
            *(own_columns.get(title, {}).get(gap.id, "") for title in extra),
            gap.stated,
            gap.proposed,
        ]
        for gap in view.gaps
    ]
    rows += [[_own_value(own, column) for column in columns] for own in own_rows(view)]
    layout = PrintLayout(up_to=len(columns) - len(_QUOTED), room=_ROOM_ON_PAPER)
    last = RegisterTable(SHEET.table_name, columns, rows or [empty], frozen=4, layout=layout).write_to(sheet)
    keys = [gap.id for gap in view.gaps] + [f"own row {n + 1}" for n in range(len(view.merged.carried.own_rows))]
    carried_notes(sheet, view, keys, [column.title for column in columns])
    sheet.validation.offer(where.first_row, last + ROOM, columns)
    for title, colours in ((titles.RATING, fills()), (titles.PLAN, _PLAN_FILLS)):
        sheet.colour_words(where.first_row, where.column(title), last + ROOM, where.column(title), colours)
    return sheet


def _row(workbook: LocalityWorkbook, gap: ShownGap) -> list[Value]:
    return [
        gap.id,
        gap.line.line.ref,
        gap.line.line.statement.title,
        gap.line.line.category.title,
        formulas.gap_rating(gap, workbook.assessment),
        formulas.plan(gap, workbook.assessment, workbook.view.plan_required_for),
        as_list(gap.reasons),
        as_list(gap.partners),
        gap.action,
        gap.owner,
        gap.accountable,
        gap.due,
        gap.status,
        gap.evidenced_by,
        gap.evidenced_on,
        gap.update,
    ]


def _own_titles(view: View) -> list[str]:
    """Give the titles of the group's own columns, in the order in which they stood."""
    own = list(view.merged.carried.own_columns.get(GAPS, {}))
    for texts in view.merged.carried.own_rows:
        own.extend(title for title in texts if title not in GAPS_TITLES and title not in own)
    return own


def _own_value(own: OwnRow, column: Column) -> Value:
    """Give what stands in a column of a row of the group's own: what it typed, a date where it is one.

    Where it typed nothing over them, Rating and Plan are live formulas.
    """
    value = own.values.get(column.title, "")
    if column.calculated and value == "":
        return Formula(column.calculated, own.rating if column.title == titles.RATING else own.plan)
    return plain_day(value) or value if column.is_date and isinstance(value, str) else value


SHEET = Sheet(
    title=GAPS,
    table_name=GAPS_TABLE,
    about=ABOUT,
    meaning="A row for each gap. The group types its actions here, and adds rows of its own.",
    write=write,
    typed_columns=tuple(titles.ACTION_TITLES.values()),
    tab=TYPING_TAB,
)
