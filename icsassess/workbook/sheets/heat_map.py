"""The sheet Heat map: statements down; across, first the evidence categories and then the partners.

Two maps in one table, each of them one screen of a laptop at 100 per cent and one page: rows of one line, and columns
that leave the labels in sight while the second map is scrolled to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from icsassess.domain import rag
from icsassess.excel.cells.addresses import address
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, Link, SheetWriter, Value, cell_reference
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.tables.titles import STATEMENT
from icsassess.view.assessment_view import View
from icsassess.view.heat_map import HeatRow, heat_rows
from icsassess.view.rating_words import LOOK_AGAIN, NOT_IN_FRAMEWORK, SPLIT, fills
from icsassess.workbook.layout import HEADING_ROW, HEAT_MAP, KEY, partner_headings, partner_headings_of
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.pagination import PrintLayout
from icsassess.workbook.sheet_kit.register import RegisterTable, begin, name_partners, narrowest
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

ABOUT = (
    "One table follows, two maps. Choose a cell to go to its line. ‘Split’: partners say both Red and Green. "
    "‘Look again’: see the Key."
)
BY_CATEGORY, BY_PARTNER = "By evidence category", "By partner"
_LABELS = ("Code", STATEMENT)
_RATING = "Statement rating"
_WIDEST_MARK = 17
_WIDEST_STATEMENT = 45
_CHARACTER = 0.9
"""Of a column's characters, which are digits, an English letter takes so much."""
_STRONGER = {rag.RED: "FF9DAB", rag.AMBER: "FFD75E", rag.GREEN: "8FD9A0"}
"""Fills of what partners are split on; black on them has a contrast above 9 to 1."""
_MAP = styles.LABEL.with_(wrap=False)


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet on two pages; the categories' cells and the statement's rating are live."""
    sheet = begin(workbook, SHEET)
    framework, heat = view.merged.locality.framework, heat_rows(view)
    categories = [category.title for category in framework.categories]
    partners = partner_headings(view.codes, [*_LABELS, *categories, _RATING])
    cell, centred = styles.CELL_CENTRED.with_(middle=True), styles.HEADING.with_(centred=True)
    longest = max(len(statement.title) for statement in framework.statements)
    columns = [
        Column("Code", 5.5, styles.CELL_BOLD.with_(middle=True)),
        Column(STATEMENT, min(longest * _CHARACTER + 1, _WIDEST_STATEMENT), styles.CELL.with_(middle=True)),
        *(
            Column(title, max(narrowest([title], centred, 12, 24), _widest_mark(words)), cell, centred)
            for title, words in zip(categories, zip(*(row.words for row in heat), strict=True), strict=True)
        ),
        Column(_RATING, 12, cell.with_(bold=True), centred),
        *(Column(title, 11.75, cell, centred.with_(fill=styles.NHS_DARK_BLUE)) for title in partners.values()),
    ]
    rows = [_row(workbook, row, HEADING_ROW + 1 + n) for n, row in enumerate(heat)]
    first, after = len(_LABELS) + 1, len(_LABELS) + len(categories)
    by_partner = after + 2
    layout = PrintLayout(parts=[by_partner], first_row=HEADING_ROW - 1)
    table = RegisterTable(
        SHEET.table_name, columns, rows, frozen=len(_LABELS), layout=layout, way_back=first + 2, filtered=False
    )
    last = table.write_to(sheet)
    sheet.put(3, first, BY_CATEGORY, _MAP.with_(colour=styles.NHS_BLUE))
    sheet.put(3, by_partner, BY_PARTNER, _MAP.with_(colour=styles.NHS_DARK_BLUE))
    sheet.put(
        3, by_partner + 2, Link(cell_reference(KEY, 1, 1), "Their names are in the Key"), styles.LINK.with_(wrap=False)
    )
    name_partners(sheet, view, by_partner)
    _mark_disagreement(workbook.book, sheet, first, last, after)
    sheet.colour_words(HEADING_ROW + 1, first, last, after, fills(), beginning=True)
    sheet.colour_words(HEADING_ROW + 1, after + 1, last, len(columns), fills())
    return sheet


def _widest_mark(words: Sequence[str]) -> float:
    """Give the width in which what is to be looked at again stands on one line, so that a map is one screen."""
    marked = [word for word in words if word.endswith(LOOK_AGAIN)]
    return narrowest(marked, styles.CELL_CENTRED.with_(bold=True), 12, _WIDEST_MARK, lines=1)


def _mark_disagreement(book: WorkbookWriter, sheet: SheetWriter, first: int, last: int, after: int) -> None:
    """Set in bold, with a frame and a stronger fill, what the group is to agree, again or for the first time.

    These rules come before those of the plain words, since LibreOffice applies the first that fits and no other.
    """
    for (word, fill), mark in product(_STRONGER.items(), (SPLIT, LOOK_AGAIN)):
        look = {"bold": True, "bg_color": f"#{fill}", "font_color": "#000000", "border": 1, "border_color": "#000000"}
        rule = {
            "type": "text",
            "criteria": "begins with",
            "value": word + mark,
            "format": book.xlsxwriter_book.add_format(look),
        }
        sheet.worksheet.conditional_format(HEADING_ROW, first - 1, last - 1, after - 1, rule)


def _row(workbook: LocalityWorkbook, heat: HeatRow, row: int) -> list[Value]:
    lines = [line for line in heat.lines if line is not None]
    first = len(_LABELS) + 1
    cells = f"{address(row, first)}:{address(row, first + len(heat.lines) - 1)}"
    where, headings = workbook.assessment, partner_headings_of(workbook.view.codes)
    return [
        heat.statement.code,
        heat.statement.title,
        *(NOT_IN_FRAMEWORK if line is None else formulas.heat_cell(line, where) for line in heat.lines),
        formulas.worst_of_lines(cells, len(lines), heat.rating),
        *(
            formulas.partner_cell(word, heading, line.line.ref, where)
            for word, heading, line in zip(heat.partners, headings, heat.partner_lines, strict=True)
        ),
    ]


SHEET = Sheet(
    title=HEAT_MAP,
    table_name="HeatMap",
    about=ABOUT,
    meaning="Every quality statement by evidence category, and by partner.",
    write=write,
)
