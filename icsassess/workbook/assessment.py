"""The sheet Assessment: a row for each line, what each partner says, what the rule suggests, what the group agrees."""

from __future__ import annotations

from dataclasses import replace

from icsassess import rag
from icsassess.assessment.scored import TITLE, asks_for_scores
from icsassess.excel import looks
from icsassess.excel.writing import Book, Column, SheetWriter, Value
from icsassess.workbook import frame, live, scores
from icsassess.workbook.own_rows import OWN_WIDTH
from icsassess.workbook.places import ASSESSMENT, CATEGORY, HEADING_ROW, STATEMENT
from icsassess.workbook.shown import fills
from icsassess.workbook.view import ShownLine, View

ABOUT = (
    "One table follows: a row for each line, with every partner's rating. Please type in the yellow columns only: "
    "Agreed RAG, Reason for agreed RAG, Agreed on. Rating follows by itself."
)
_PARTNER_WIDTH = 11
_CENTRED = looks.HEADING.with_(centred=True)
_LABELS = (
    Column("Ref", 9, looks.CELL_BOLD),
    Column("Theme", 13),
    Column(STATEMENT, 24),
    Column(CATEGORY, 18),
)


def _decisions() -> tuple[Column, ...]:
    return (
        Column("Suggested RAG", 12, looks.CELL_CENTRED, _CENTRED),
        Column(
            "Agreed RAG",
            13,
            looks.INPUT_CENTRED,
            choices=rag.vocabulary().names,
            prompt="What the group agreed. Leave it empty and the suggested rating holds.",
            heading=looks.INPUT_HEADING,
        ),
        Column(
            "Reason for agreed RAG",
            32,
            looks.INPUT,
            prompt="Why the group agreed this rating, for those who ask.",
            heading=looks.INPUT_HEADING,
        ),
        Column(
            "Agreed on",
            13.5,
            looks.INPUT_DATE,
            is_date=True,
            prompt="The day of the meeting, for example 10/01/2024.",
            heading=looks.INPUT_HEADING,
        ),
        Column("Rating", 12, looks.CELL_CENTRED.with_(bold=True), _CENTRED),
        Column("Agreement", 12, looks.CELL_CENTRED, _CENTRED),
        Column("Evidence", 10, looks.CELL_CENTRED, _CENTRED),
        Column("Changed since agreed", 30),
    )


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet; pages break between themes."""
    about = f"{ABOUT} {scores.ABOUT}" if asks_for_scores(view.merged) else ABOUT
    sheet = frame.begin(book, view, ASSESSMENT, about, tab=frame.TYPING_TAB)
    where = view.assessment
    headings = where.titles[len(_LABELS) : len(_LABELS) + len(view.codes)]
    partners = [
        Column(title, _PARTNER_WIDTH, looks.CELL_CENTRED, looks.HEADING.with_(fill=looks.NHS_DARK_BLUE, centred=True))
        for title in headings
    ]
    beside = view.merged.carried.own_columns.get(ASSESSMENT, {})
    own = [_own_column(view, title) for title in beside]
    all_columns = (*_LABELS, *partners, *_decisions(), *own)
    columns = [replace(column, look=column.look.with_(middle=True)) for column in all_columns]
    rows = [
        [*_row(view, line, where.first_row + number), *(texts.get(line.line.ref, "") for texts in beside.values())]
        for number, line in enumerate(view.lines)
    ]
    last = frame.register(sheet, columns, rows, frozen=len(_LABELS), breaks=_theme_starts(view)[1:])
    frame.carried_notes(sheet, view, [line.line.ref for line in view.lines], [column.title for column in columns])
    sheet.offer(where.first_row, last, columns)
    first_rated, agreed = len(_LABELS) + 1, where.column("Agreed RAG")
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
