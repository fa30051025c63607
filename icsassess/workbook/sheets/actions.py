"""The sheet Actions: a row for each thing that somebody proposes to do, and what the group makes of it."""

from __future__ import annotations

from icsassess.assessment.actions import states
from icsassess.domain.yes_no import NO, YES
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value
from icsassess.returns.template.sources import template_of
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownAction, View
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import ACTIONS, ACTIONS_TABLE, ACTIONS_TITLES, ROOM, TablePlace
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.pagination import EIGHT_POINTS, PrintLayout
from icsassess.workbook.sheet_kit.register import OWN_WIDTH, RegisterTable, begin, carried_notes
from icsassess.workbook.sheet_kit.sheet import TYPING_TAB, LocalityWorkbook, Sheet

ABOUT = (
    "One table follows: a row for each action. Type in the yellow columns, and in rows of your own below the last one. "
    "Amber: something is missing."
)
_EMPTY = (
    "One table follows. It is empty: nobody proposes anything. Rows of your own begin in its first row; please type in "
    "the yellow columns."
)
_CENTRED = styles.HEADING.with_(centred=True)
_LABELS = (
    Column(titles.ACTION_ID, 15, styles.CELL_BOLD),
    Column(titles.GAP, 10, styles.CELL),
    Column(titles.REF, 8, styles.CELL_BOLD),
    Column(titles.STATEMENT, 16),
    Column(titles.CATEGORY, 14),
    Column(titles.RATING, 9.5, styles.CELL_CENTRED.with_(bold=True), _CENTRED),
    Column(titles.PROPOSED_BY, 11, styles.CELL_CENTRED, _CENTRED),
)
_STATE = Column(titles.ACTION_STATE, 13, styles.CELL_BOLD.with_(centred=True), _CENTRED)
_SOURCE = tuple(Column(title, width) for title, width in zip(titles.ACTION_SOURCE, (40, 22, 7), strict=True))
_ROOM_ON_PAPER = 10
"""Rows of the group's own that are printed below the table: more would print as empty pages."""
STATE_FILLS = {
    states.OVERDUE: styles.PALE_RED,
    states.NOT_EVIDENCED: styles.PALE_AMBER,
    states.INCOMPLETE: styles.PALE_AMBER,
    states.PLANNED: styles.PLANNED_BLUE,
    states.CLOSED: styles.PALE_GREEN,
}
_TAKEN_UP = "Yes: the group takes it up. No: it does not, and says why. Empty: not decided yet, and it counts."


def _typed(statuses: tuple[str, ...]) -> tuple[Column, ...]:
    columns = (
        Column(titles.ACTION, 30, styles.INPUT, prompt="What will be done, as the group wants it."),
        Column(titles.OWNER, 17, styles.INPUT, prompt="The role and organisation that will do it."),
        Column(titles.ACCOUNTABLE, 14.5, styles.INPUT, prompt="The role that answers for it."),
        Column(titles.DUE_DATE, 12, styles.INPUT_DATE, is_date=True, prompt="By when, for example 31/03/2024."),
        Column(titles.DELIVERY_STATUS, 11.5, styles.INPUT_CENTRED, choices=statuses, prompt="How far the action is."),
        Column(titles.EVIDENCED_BY, 15, styles.INPUT, prompt="What shows that it was done, and where that is kept."),
        Column(
            titles.DATE_EVIDENCED, 12, styles.INPUT_DATE, is_date=True, prompt="The day somebody saw that evidence."
        ),
        Column(titles.UPDATE, 17, styles.INPUT, prompt="The latest word on it, with its date."),
        Column(titles.TAKEN_UP, 8.5, styles.INPUT_CENTRED, choices=(YES, NO), prompt=_TAKEN_UP),
        Column(titles.WHY_NOT, 14, styles.INPUT, prompt="Why the group does not take it up."),
    )
    return tuple(column._replace(heading=styles.INPUT_HEADING) for column in columns)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet, with drop-downs, formulas and colours that reach below the table for rows of the group's own."""
    sheet = begin(workbook, SHEET, ABOUT if view.actions else _EMPTY)
    where = workbook.actions
    calculated = {
        titles.GAP: formulas.action_gap(workbook.gaps),
        titles.RATING: formulas.rating_of_ref(ACTIONS_TABLE, workbook.assessment),
        titles.ACTION_STATE: formulas.action_state(),
    }
    program = (*_LABELS, *_typed(template_of(view.merged.locality).status_names), _STATE)
    own_columns = view.merged.carried.own_columns.get(ACTIONS, {})
    own = [Column(title, OWN_WIDTH, styles.INPUT) for title in own_columns]
    columns = [column._replace(calculated=calculated.get(column.title, "")) for column in (*program, *own, *_SOURCE)]
    rows = [
        [
            *_row(action, calculated),
            *(texts.get(action.id, "") for texts in own_columns.values()),
            *(action.file, action.sheet, action.row or None),
        ]
        for action in view.actions
    ]
    # Excel needs a row: without actions it is an empty one, in which somebody may write the first.
    empty: list[Value] = [Formula(column.calculated, "") if column.calculated else None for column in columns]
    layout = PrintLayout(up_to=len(columns) - len(_SOURCE), room=_ROOM_ON_PAPER, least_scale=EIGHT_POINTS)
    last = RegisterTable(SHEET.table_name, columns, rows or [empty], frozen=4, layout=layout).write_to(sheet)
    carried_notes(sheet, view, [action.id for action in view.actions], [column.title for column in columns])
    sheet.validation.offer(where.first_row, last + ROOM, columns)
    sheet.validation.prompt(
        last + 1, last + ROOM, 1, titles.ACTION_ID, "Leave this empty: the next merge gives the name."
    )
    sheet.validation.prompt(last + 1, last + ROOM, where.column(titles.REF), titles.REF, "The line, such as Q1-PEX.")
    _colour(sheet, where, last + ROOM)
    return sheet


def _row(action: ShownAction, calculated: dict[str, str]) -> list[Value]:
    line = action.line
    return [
        action.id,
        Formula(calculated[titles.GAP], action.gap),
        action.ref,
        line.line.statement.title if line else "",
        line.line.category.title if line else "",
        Formula(calculated[titles.RATING], line.rating if line else ""),
        action.proposed_by,
        action.action,
        action.owner,
        action.accountable,
        action.due,
        action.status,
        action.evidenced_by,
        action.evidenced_on,
        action.update,
        action.taken_up,
        action.why_not,
        Formula(calculated[titles.ACTION_STATE], action.state),
    ]


def _colour(sheet: SheetWriter, where: TablePlace, last: int) -> None:
    """Let a meeting see what is late and what an action lacks, as it is typed.

    The state's colour stands in the first column too, which stays in sight. What is not taken up stands back.
    """
    row = where.first_row
    of = {title: f"${column_letter(where.column(title))}{row}" for title in ACTIONS_TITLES}
    state = of[titles.ACTION_STATE]
    live = f'{state}<>"",{state}<>"{states.NOT_TAKEN_UP}"'
    sheet.colour_words(row, where.column(titles.RATING), last, where.column(titles.RATING), fills())
    for word, fill in STATE_FILLS.items():
        for title in (titles.ACTION_ID, titles.ACTION_STATE):
            sheet.colour_where(row, where.column(title), last, where.column(title), f'={state}="{word}"', fill)
    lacking = {
        titles.OWNER: f'=AND({live},TRIM({of[titles.OWNER]})="")',
        titles.DUE_DATE: f"=AND({live},NOT(ISNUMBER({of[titles.DUE_DATE]})))",
        titles.EVIDENCED_BY: f'={state}="{states.NOT_EVIDENCED}"',
        titles.WHY_NOT: f'=AND({state}="{states.NOT_TAKEN_UP}",TRIM({of[titles.WHY_NOT]})="")',
    }
    late = where.column(titles.DUE_DATE)
    sheet.colour_where(row, late, last, late, f'={state}="{states.OVERDUE}"', styles.PALE_RED)
    for title, formula in lacking.items():
        sheet.colour_where(row, where.column(title), last, where.column(title), formula, styles.PALE_AMBER)
    rating, end = where.column(titles.RATING), where.column(titles.ACTION_STATE)
    for first, up_to in ((1, rating - 1), (rating + 1, end)):
        sheet.colour_where(row, first, last, up_to, f'={state}="{states.NOT_TAKEN_UP}"', colour=styles.DARK_GREY)


SHEET = Sheet(
    title=ACTIONS,
    table_name=ACTIONS_TABLE,
    about=ABOUT,
    meaning=(
        "A row for each action that a partner or the group proposes. The group takes it up or not, changes it, and "
        "adds rows of its own; far right is where it stands in the partner's return."
    ),
    write=write,
    typed_columns=tuple(titles.ACTION_TITLES.values()),
    tab=TYPING_TAB,
)
