"""A theme's sheet of a blank return: one table, one row for each quality statement and evidence category."""

import math

from icsassess.domain.framework import Line, Statement, Theme
from icsassess.domain.rag import vocabulary
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.returns.issuing.blank import Blank
from icsassess.returns.issuing.previous_round import to_confirm
from icsassess.returns.matching.dates import read_date
from icsassess.returns.template.label_notes import ABOUT_THIS_SHEET, we_statement
from icsassess.returns.template.model import ReturnTemplate, TemplateColumn
from icsassess.support.text import count

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
ROOM_BELOW = 300
"""Rows below the table that have its drop-downs, prompts and colours already, for the rows that people add."""

_LABELS = 3  # Ref, quality statement and evidence category stay in sight
_NOTE_LINE = 44  # characters on a line of a note
_LABEL = looks.CELL.with_(fill=looks.PALE_GREY)
# Typed cells have no fill: the fill of an empty RAG cell would be read as a rating given by colour.
_LOOKS: dict[str, CellStyle] = {
    "label": _LABEL,
    "text": looks.CELL,
    "date": looks.DATE,
    "rating": looks.CELL_CENTRED,
    "status": looks.CELL_CENTRED,
}
_ROW_HEIGHT = 46.0  # points to begin with: three lines to type, or to write on paper


def table_name(sheet: str) -> str:
    """Give the Excel table's name on a theme's sheet: letters, digits and underscores, never like an address."""
    return "Lines_" + "".join(character if character.isalnum() else "_" for character in sheet)


def write_theme(book: WorkbookWriter, blank: Blank, theme: Theme) -> None:
    """Write a theme's sheet with the lines of this theme that the partner is asked for."""
    sheet = book.sheet(blank.sheets[theme.title])
    lines = blank.lines_of(theme)
    _write_top(sheet, blank, theme, len(lines))
    columns = [_column(column, blank.template) for column in blank.template.every_column]
    filled = [(line, values) for line in lines for values in _prefilled_rows(blank, line)]
    rows = [[values.get(column.field) for column in blank.template.every_column] for _, values in filled]
    last = sheet.table(table_name(sheet.title), HEADING_ROW, columns, rows)
    sheet.height(HEADING_ROW, 45)
    sheet.validation.offer(FIRST_ROW, last + ROOM_BELOW, columns)
    fills = {rating.name: rating.fill for rating in vocabulary().ratings}
    rag = blank.template.column_number("rag")
    sheet.colour_words(FIRST_ROW, rag, last + ROOM_BELOW, rag, fills)
    for row, (line, _) in enumerate(filled, FIRST_ROW):
        _write_we_statement(sheet, row, blank.template.column_number("statement"), line.statement)
        sheet.minimum_height(row, _ROW_HEIGHT)
    sheet.freeze(FIRST_ROW, _LABELS + 1)
    sheet.page.set_up(repeat=(HEADING_ROW, HEADING_ROW))


def _write_top(sheet: SheetWriter, blank: Blank, theme: Theme, lines: int) -> None:
    sheet.put(1, 1, f"{theme.title}: {blank.partner.name}", looks.TITLE)
    sheet.note(1, 1, ABOUT_THIS_SHEET)
    sheet.put(
        2,
        1,
        f"One table, {count(lines, 'line')}. Point at a quality statement to read it in full. Fill in the columns with "
        "a yellow heading. More evidence: add a row and repeat the Ref.",
        looks.SUBTITLE,
    )
    sheet.put(3, 1, blank.locality.settings.marking, looks.MARKING)


def _column(column: TemplateColumn, template: ReturnTemplate) -> Column:
    choices = {"rating": vocabulary().names, "status": template.status_names}
    return Column(
        title=column.title,
        width=column.width,
        style=_LOOKS[column.kind],
        heading=looks.HEADING if column.kind == "label" else looks.INPUT_HEADING,
        choices=choices.get(column.kind, ()),
        prompt=column.prompt,
        is_date=column.kind == "date",
    )


def _prefilled_rows(blank: Blank, line: Line) -> list[dict[str, Value]]:
    """Give what is filled in for a line, by field, a row each: its labels, and the last round's evidence to confirm."""
    labels: dict[str, Value] = {"ref": line.ref, "statement": line.statement.title, "category": line.category.title}
    entries = blank.last_round.evidence_of(blank.partner.code, line.ref) if blank.last_round else []
    rows: list[dict[str, Value]] = []
    for last in entries:
        day = read_date(last.evidence_date).usable
        reason = to_confirm(last, day, blank.locality.settings.deadline)
        dated = {"evidence_date": day or last.evidence_date, "reason": reason}
        rows.append({**labels, "evidence": last.evidence, "kept": last.kept, **dated})
    return rows or [labels]


def _write_we_statement(sheet: SheetWriter, row: int, column: int, statement: Statement) -> None:
    """Put the we statement on the statement's cell as a note.

    A note moves along when people sort. An input prompt would not, and would then show another row's statement.
    """
    text = we_statement(statement)
    lines = sum(math.ceil(len(paragraph) / _NOTE_LINE) for paragraph in text.split("\n")) + 1
    sheet.note(row, column, text, lines=lines)
