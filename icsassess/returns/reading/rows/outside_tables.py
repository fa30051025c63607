"""What a partner wrote outside the tables: above them, on their headings, and on the cover."""

import re
from collections.abc import Collection, Iterator

from icsassess.domain import personal_data
from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.addresses import column_letter, parse_address
from icsassess.excel.cells.model import Cell, Kind, Sheet, as_text
from icsassess.returns.matching.line_titles import find_statement, names_a_theme
from icsassess.returns.reading.file.cover import Cover
from icsassess.returns.reading.rows.entry import EntryCells, TypedRow
from icsassess.returns.reading.rows.row import notes_and_links
from icsassess.returns.reading.rows.template_texts import TemplateTexts
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import clean, is_blank, words

_STATE = re.compile(r"(yes|no|none|complete|incomplete)\b.*")


def rows_outside_tables(
    sheet: Sheet,
    tables: list[LocatedTable],
    framework: Framework,
    texts: TemplateTexts,
    answers: Collection[tuple[str, str]] = (),
) -> Iterator[TypedRow]:
    """Give the rows above a sheet's first table, and the notes on headings, that the partner wrote, with their points.

    They belong to no line. Our own titles and instructions, titles of the framework, and ``answers`` to what a cover
    asks, as (sheet, cell), are left out. Beside and below a matrix every text counts.
    """
    across = [table for table in tables if isinstance(table, Matrix)]
    of_a_line = {place for matrix in across for place in matrix.places}
    first = min(table.top for table in tables)
    headings = {row for table in tables for row in (*range(table.top, table.heading_row + 1), *table.repeated)}
    answered = {parse_address(address) for title, address in answers if title == sheet.title}
    by_row: dict[int, list[Cell]] = {}
    for key, cell in sorted(sheet.cells.items()):
        row = key[0]
        if not (row < first or across or row in headings) or key in answered:
            continue
        if row < first or (across and key not in of_a_line) or (row in headings and (cell.note or cell.link)):
            by_row.setdefault(row, []).append(cell)
    for number, cells in by_row.items():
        problems: list[Problem] = []
        own: list[str] = []
        notes: list[str] = []
        for cell in cells:
            text = clean(as_text(cell)).strip() if cell.kind is not Kind.EMPTY else ""
            if (number < first or across) and _is_from_partner(text, framework, texts):
                text = personal_data.mask(text)
                own.append(f"Column {column_letter(cell.column)}: {text}")
                problems.append(make_problem("text-outside-table", sheet=sheet.title, cell=cell.address, found=text))
            if cell.link or (cell.note and not texts.has(cell.note)):
                notes.extend(notes_and_links(sheet.title, cell, framework, problems))
        if own or notes:
            place = EntryCells(number, {"evidence": cells[0].column}, {})
            blank = dict.fromkeys(LABEL_FIELDS, ""), dict.fromkeys(TYPED_FIELDS, "")
            yield TypedRow(place, *blank, "", own, notes, problems)


def _is_from_partner(text: str, framework: Framework, texts: TemplateTexts) -> bool:
    if is_blank(text):
        return False
    if len(text) < 200 and (names_a_theme(framework, text) or find_statement(framework, text)):
        return False
    return not texts.has(text)


def cover_remarks(sheets: list[Sheet], cover: Cover, template: ReturnTemplate, texts: TemplateTexts) -> list[Problem]:
    """Point out texts on the cover that are neither ours nor an answer to what it asks."""
    asked = {words(title) for box in template.cover for title in (box.title, *box.aliases)}
    answers = set(cover.places.values())
    problems = []
    for sheet in sheets:
        if not any(title == sheet.title for title, _ in answers):
            continue
        for _, cell in sorted(sheet.cells.items()):
            if not isinstance(cell.value, str) or cell.formula or cell.kind is not Kind.TEXT:
                continue
            text = clean(cell.value).strip()
            plain = words(text)
            if len(plain.split()) < 2 or plain in asked or (sheet.title, cell.address) in answers:
                continue
            if _STATE.fullmatch(plain) or all(words(part) in asked for part in text.split(",")) or texts.has(text):
                continue
            problems.append(make_problem("cover-remark", sheet=sheet.title, cell=cell.address, found=text))
    return problems
