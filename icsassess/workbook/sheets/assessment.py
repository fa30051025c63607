"""The sheet Assessment: a row for each line, what each partner says, what the rule suggests, what the group agrees."""

from __future__ import annotations

from icsassess.assessment.output.score_totals import TITLE as SCORE_TITLE
from icsassess.assessment.output.score_totals import asks_for_scores
from icsassess.domain import rag
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.tables import titles
from icsassess.view.assessment_view import ShownLine, View
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import ASSESSMENT, HEADING_ROW
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.pagination import PrintLayout
from icsassess.workbook.sheet_kit.register import (
    LINE,
    OWN_WIDTH,
    RegisterTable,
    begin,
    carried_notes,
    name_partners,
    narrowest,
)
from icsassess.workbook.sheet_kit.sheet import TYPING_TAB, LocalityWorkbook, Sheet
from icsassess.workbook.sheets import scores

_TYPED = tuple(titles.AGREED_TITLES.values())
ABOUT = (
    "One table follows: a row for each line. Please type in the yellow columns only: "
    f"{', '.join(_TYPED)}. Rating follows by itself."
)
_PARTNER_WIDTH = 9
_TWO_LINES = 2 * LINE
"""Height of every row that needs no more: theme, statement and category have room on two lines."""
_CENTRED = styles.HEADING.with_(centred=True)


def _labels(view: View) -> tuple[Column, ...]:
    framework = view.merged.locality.framework
    themes = [theme.title for theme in framework.themes]
    statements = [statement.title for statement in framework.statements]
    categories = [category.title for category in framework.categories]
    return (
        Column(titles.REF, 8, styles.CELL_BOLD),
        Column(titles.THEME, narrowest(themes, styles.CELL, 11, 20)),
        Column(titles.STATEMENT, narrowest(statements, styles.CELL, 20, 30)),
        Column(titles.CATEGORY, narrowest(categories, styles.CELL, 16, 24)),
    )


def _decisions() -> tuple[Column, ...]:
    return (
        Column(titles.SUGGESTED_RAG, 11.5, styles.CELL_CENTRED, _CENTRED),
        Column(
            titles.AGREED_RAG,
            12,
            styles.INPUT_CENTRED,
            choices=rag.vocabulary().names,
            prompt="What the group agreed. Leave it empty and the suggested rating holds.",
            heading=styles.INPUT_HEADING,
        ),
        Column(
            titles.AGREED_REASON,
            36,
            styles.INPUT,
            prompt="Why the group agreed this rating, for those who ask.",
            heading=styles.INPUT_HEADING,
        ),
        Column(
            titles.AGREED_ON,
            12,
            styles.INPUT_DATE,
            is_date=True,
            prompt="The day of the meeting, for example 10/01/2024.",
            heading=styles.INPUT_HEADING,
        ),
        Column(titles.RATING, 12, styles.CELL_CENTRED.with_(bold=True), _CENTRED),
        Column(titles.AGREEMENT, 12, styles.CELL_CENTRED, _CENTRED),
        Column(titles.EVIDENCE, 10, styles.CELL_CENTRED, _CENTRED),
        Column(titles.CHANGED_SINCE_AGREED, 36),
    )


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet; pages break between themes."""
    about = f"{ABOUT} {scores.ABOUT}" if asks_for_scores(view.merged) else ABOUT
    sheet = begin(workbook, SHEET, about)
    where = workbook.assessment
    labels = _labels(view)
    headings = where.titles[len(labels) : len(labels) + len(view.codes)]
    partners = [
        Column(title, _PARTNER_WIDTH, styles.CELL_CENTRED, _CENTRED.with_(fill=styles.NHS_DARK_BLUE))
        for title in headings
    ]
    own_columns = view.merged.carried.own_columns.get(ASSESSMENT, {})
    own = [_own_column(view, title) for title in own_columns]
    all_columns = (*labels, *partners, *_decisions(), *own)
    columns = [column._replace(style=column.style.with_(middle=True)) for column in all_columns]
    rows = [
        [*_row(workbook, line, row), *(texts.get(line.line.ref, "") for texts in own_columns.values())]
        for row, line in enumerate(view.lines, where.first_row)
    ]
    layout = PrintLayout(breaks=_theme_starts(view)[1:])
    last = RegisterTable(SHEET.table_name, columns, rows, frozen=len(labels), layout=layout).write_to(sheet)
    for row in range(where.first_row, last + 1):
        sheet.minimum_height(row, _TWO_LINES)
    name_partners(sheet, view, len(labels) + 1)
    carried_notes(sheet, view, [line.line.ref for line in view.lines], [column.title for column in columns])
    sheet.validation.offer(where.first_row, last, columns)
    first_rated, agreed = len(labels) + 1, where.column(titles.AGREED_RAG)
    sheet.colour_words(where.first_row, first_rated, last, agreed, fills(), beginning=bool(view.merged.organisations))
    rating = where.column(titles.RATING)
    sheet.colour_words(where.first_row, rating, last, rating, fills())
    return sheet


def _own_column(view: View, title: str) -> Column:
    if title == SCORE_TITLE and asks_for_scores(view.merged):
        return scores.column()
    return Column(title, OWN_WIDTH, styles.INPUT)


def _row(workbook: LocalityWorkbook, line: ShownLine, row: int) -> list[Value]:
    return [
        line.line.ref,
        line.line.theme.title,
        line.line.statement.title,
        line.line.category.title,
        *(line.in_full(code) for code in workbook.view.codes),
        line.suggested,
        line.agreed,
        line.agreed_reason,
        line.agreed_on,
        formulas.line_rating(line, workbook.assessment, row),
        line.agreement,
        line.evidence,
        workbook.view.merged.drift.get(line.line.ref, ""),
    ]


def _theme_starts(view: View) -> list[int]:
    """Give the row with which each theme begins."""
    themes = [line.line.theme.code for line in view.lines]
    return [
        HEADING_ROW + 1 + number for number, theme in enumerate(themes) if number == 0 or themes[number - 1] != theme
    ]


SHEET = Sheet(
    title=ASSESSMENT,
    table_name="AssessmentLines",
    about=ABOUT,
    meaning="A row for each line, with every partner's rating. The group types the agreed rating here.",
    write=write,
    typed_columns=_TYPED,
    tab=TYPING_TAB,
)
