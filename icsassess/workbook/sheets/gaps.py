"""The sheet Gaps: a row for each gap, what is missing, why it is one, and how far its actions are."""

from __future__ import annotations

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.domain.yes_no import YES
from icsassess.excel.cells.addresses import address
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Formula, SheetWriter, Value
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownGap, View
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import GAPS, GAPS_TABLE
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.pagination import EIGHT_POINTS, PrintLayout
from icsassess.workbook.sheet_kit.register import OWN_WIDTH, RegisterTable, as_list, begin, carried_notes
from icsassess.workbook.sheet_kit.sheet import TYPING_TAB, LocalityWorkbook, Sheet

ABOUT = (
    "One table follows: a row for each gap. Please type in the yellow column only: Covered. Actions stand on the sheet "
    "Actions."
)
_EMPTY = "One table follows. It is empty: there is no gap."
_CENTRED = styles.HEADING.with_(centred=True)
_NUMBER = styles.CELL_CENTRED.with_(bold=True)
_LINK = _NUMBER.with_(colour=styles.NHS_BLUE, underlined=True)
_COVERED = "Yes where the actions together cover all that partners say is missing, also of those that propose nothing."
_COLUMNS = (
    Column(titles.GAP, 10.5, styles.CELL_BOLD),
    Column(titles.REF, 8, styles.CELL_BOLD),
    Column(titles.STATEMENT, 16),
    Column(titles.CATEGORY, 13.5),
    Column(titles.RATING, 9.5, _NUMBER, _CENTRED),
    Column(titles.STATED, 40),
    Column(titles.WHY_A_GAP, 11),
    Column(titles.PARTNERS, 11),
    Column(titles.NO_PROPOSAL_FROM, 11),
    Column(titles.ACTIONS_OF_GAP, 10, _NUMBER, _CENTRED),
    Column(titles.LATE, 7, _NUMBER, _CENTRED),
    Column(titles.PLAN, 13, _NUMBER, _CENTRED),
    Column(
        titles.COVERED,
        11,
        styles.INPUT_CENTRED,
        styles.INPUT_HEADING,
        choices=(YES,),
        prompt=_COVERED,
    ),
)
_PLAN_FILLS = {
    plans.TO_BE_MODERATED: styles.PALE_RED,
    plans.NEEDS_A_PLAN: styles.PALE_RED,
    states.OVERDUE: styles.PALE_RED,
    states.NOT_EVIDENCED: styles.PALE_AMBER,
    plans.PLAN_INCOMPLETE: styles.PALE_AMBER,
    states.PLANNED: styles.PLANNED_BLUE,
    states.CLOSED: styles.PALE_GREEN,
}


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet; ratings, counts of actions and plans are live."""
    sheet = begin(workbook, SHEET, ABOUT if view.gaps else _EMPTY)
    where, assessment, actions = workbook.gaps, workbook.assessment, workbook.actions
    calculated = {
        titles.RATING: formulas.rating_of_ref(GAPS_TABLE, assessment),
        titles.ACTIONS_OF_GAP: formulas.number_of_actions(actions),
        titles.LATE: formulas.late_actions(actions),
        titles.PLAN: formulas.gap_plan(assessment, actions, view.plan_required_for),
    }
    own_columns = view.merged.carried.own_columns.get(GAPS, {})
    columns = [*_COLUMNS, *(Column(title, OWN_WIDTH, styles.INPUT) for title in own_columns)]
    rows = [[*_row(gap, calculated), *(texts.get(gap.id, "") for texts in own_columns.values())] for gap in view.gaps]
    layout, number = PrintLayout(least_scale=EIGHT_POINTS), where.column(titles.ACTIONS_OF_GAP) - 1
    links = {(row, number): _LINK for row, gap in enumerate(view.gaps) if gap.live_actions}
    last = RegisterTable(SHEET.table_name, columns, rows, frozen=4, styles_of=links, layout=layout).write_to(sheet)
    carried_notes(sheet, view, [gap.id for gap in view.gaps], [column.title for column in columns])
    sheet.validation.offer(where.first_row, last, columns)
    for title, colours in ((titles.RATING, fills()), (titles.PLAN, _PLAN_FILLS)):
        sheet.colour_words(where.first_row, where.column(title), last, where.column(title), colours)
    late = where.column(titles.LATE)
    is_late = f"={address(where.first_row, late)}>0"
    sheet.colour_where(where.first_row, late, last, late, is_late, styles.PALE_RED)
    return sheet


def _row(gap: ShownGap, calculated: dict[str, str]) -> list[Value]:
    live: dict[str, str | int] = {
        titles.RATING: gap.line.rating,
        titles.ACTIONS_OF_GAP: len(gap.live_actions),
        titles.LATE: gap.late,
        titles.PLAN: gap.plan,
    }
    texts: dict[str, Value] = {
        titles.GAP: gap.id,
        titles.REF: gap.line.line.ref,
        titles.STATEMENT: gap.line.line.statement.title,
        titles.CATEGORY: gap.line.line.category.title,
        titles.STATED: gap.stated_in_words,
        titles.WHY_A_GAP: as_list(gap.reasons),
        titles.PARTNERS: as_list(gap.partners),
        titles.NO_PROPOSAL_FROM: as_list(gap.no_proposal_from),
        titles.COVERED: gap.covered,
    }
    values = texts | {title: Formula(calculated[title], value) for title, value in live.items()}
    return [values[column.title] for column in _COLUMNS]


SHEET = Sheet(
    title=GAPS,
    table_name=GAPS_TABLE,
    about=ABOUT,
    meaning="A row for each gap: what is missing, why it is a gap, how many actions it has and how far they are.",
    write=write,
    typed_columns=(titles.COVERED,),
    tab=TYPING_TAB,
)
