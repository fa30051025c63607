"""The sheet Assessment: a row for each line, what each partner says, what the rule suggests, what the group agrees."""

from __future__ import annotations

from icsassess.assessment.output.score_totals import TITLE, asks_for_scores
from icsassess.domain import rag
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import Book
from icsassess.view.view import ShownLine, View
from icsassess.view.wording import fills
from icsassess.workbook.layout import ASSESSMENT, ASSESSMENT_LABELS, CATEGORY, HEADING_ROW, STATEMENT
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheet_kit.pagination import Layout
from icsassess.workbook.sheets import scores
from icsassess.workbook.sheets.own_rows import OWN_WIDTH

ABOUT = (
    "One table follows: a row for each line. Please type in the yellow columns only: "
    "Agreed RAG, Reason for agreed RAG, Agreed on. Rating follows by itself."
)
_PARTNER_WIDTH = 9
_TWO_LINES = 2 * frame.LINE
"""Height of every row that needs no more: theme, statement and category have room on two lines."""
_CENTRED = looks.HEADING.with_(centred=True)


def _labels(view: View) -> tuple[Column, ...]:
    framework = view.merged.locality.framework
    themes = [theme.title for theme in framework.themes]
    statements = [statement.title for statement in framework.statements]
    categories = [category.title for category in framework.categories]
    return (
        Column("Ref", 8, looks.CELL_BOLD),
        Column(ASSESSMENT_LABELS[1], frame.narrowest(themes, looks.CELL, 11, 20)),
        Column(STATEMENT, frame.narrowest(statements, looks.CELL, 20, 30)),
        Column(CATEGORY, frame.narrowest(categories, looks.CELL, 16, 24)),
    )


def _decisions() -> tuple[Column, ...]:
    return (
        Column("Suggested RAG", 11.5, looks.CELL_CENTRED, _CENTRED),
        Column(
            "Agreed RAG",
            12,
            looks.INPUT_CENTRED,
            choices=rag.vocabulary().names,
            prompt="What the group agreed. Leave it empty and the suggested rating holds.",
            heading=looks.INPUT_HEADING,
        ),
        Column(
            "Reason for agreed RAG",
            36,
            looks.INPUT,
            prompt="Why the group agreed this rating, for those who ask.",
            heading=looks.INPUT_HEADING,
        ),
        Column(
            "Agreed on",
            12,
            looks.INPUT_DATE,
            is_date=True,
            prompt="The day of the meeting, for example 10/01/2024.",
            heading=looks.INPUT_HEADING,
        ),
        Column("Rating", 12, looks.CELL_CENTRED.with_(bold=True), _CENTRED),
        Column("Agreement", 12, looks.CELL_CENTRED, _CENTRED),
        Column("Evidence", 10, looks.CELL_CENTRED, _CENTRED),
        Column("Changed since agreed", 36),
    )


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet; pages break between themes."""
    about = f"{ABOUT} {scores.ABOUT}" if asks_for_scores(view.merged) else ABOUT
    sheet = frame.begin(book, view, ASSESSMENT, about, tab=frame.TYPING_TAB)
    where = view.assessment
    labels = _labels(view)
    headings = where.titles[len(labels) : len(labels) + len(view.codes)]
    partners = [
        Column(title, _PARTNER_WIDTH, looks.CELL_CENTRED, looks.HEADING.with_(fill=looks.NHS_DARK_BLUE, centred=True))
        for title in headings
    ]
    beside = view.merged.carried.own_columns.get(ASSESSMENT, {})
    own = [_own_column(view, title) for title in beside]
    all_columns = (*labels, *partners, *_decisions(), *own)
    columns = [column._replace(look=column.look.with_(middle=True)) for column in all_columns]
    rows = [
        [*_row(view, line, where.first_row + number), *(texts.get(line.line.ref, "") for texts in beside.values())]
        for number, line in enumerate(view.lines)
    ]
    last = frame.register(sheet, columns, rows, frozen=len(labels), layout=Layout(breaks=_theme_starts(view)[1:]))
    for row in range(where.first_row, last + 1):
        sheet.at_least(row, _TWO_LINES)
    frame.name_partners(sheet, view, len(labels) + 1)
    frame.carried_notes(sheet, view, [line.line.ref for line in view.lines], [column.title for column in columns])
    sheet.validation.offer(where.first_row, last, columns)
    first_rated, agreed = len(labels) + 1, where.column("Agreed RAG")
    sheet.colour_words(where.first_row, first_rated, last, agreed, fills())
    sheet.colour_words(where.first_row, where.column("Rating"), last, where.column("Rating"), fills())
    return sheet


def _own_column(view: View, title: str) -> Column:
    if title == TITLE and asks_for_scores(view.merged):
        return scores.column()
    return Column(title, OWN_WIDTH, looks.INPUT)


def _row(view: View, line: ShownLine, row: int) -> list[Value]:
    return [
        line.line.ref,
        line.line.theme.title,
        line.line.statement.title,
        line.line.category.title,
        *(line.partners[code] for code in view.codes),
        line.suggested,
        line.agreed,
        line.agreed_reason,
        line.agreed_on,
        live.line_rating(line, view.assessment, row),
        line.agreement,
        line.evidence,
        view.merged.moved.get(line.line.ref, ""),
    ]


def _theme_starts(view: View) -> list[int]:
    """Give the row with which each theme begins."""
    themes = [line.line.theme.code for line in view.lines]
    return [
        HEADING_ROW + 1 + number for number, theme in enumerate(themes) if number == 0 or themes[number - 1] != theme
    ]
