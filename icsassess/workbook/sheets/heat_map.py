"""The sheet Heat map: statements down; across, first the evidence categories and then the partners.

Two maps in one table, each of them one screen of a laptop at 100 per cent and one page: rows of one line, and columns
that leave the labels in sight while the second map is scrolled to.
"""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.domain.framework import Statement
from icsassess.excel.cells.addresses import address
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Link, SheetWriter, Value, place
from icsassess.excel.writing.workbook import Book
from icsassess.view import wording as shown
from icsassess.view.view import View
from icsassess.workbook.layout import HEADING_ROW, HEAT_MAP, KEY, STATEMENT, partner_headings, partner_headings_of
from icsassess.workbook.sheet_kit import formulas as live
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheet_kit.pagination import Layout

ABOUT = (
    "One table follows, two maps: by evidence category, then by partner. Choose a cell to go to its line. "
    "‘Split’: partners say both Red and Green."
)
BY_CATEGORY, BY_PARTNER = "By evidence category", "By partner"
_LABELS = ("Code", STATEMENT)
_RATING = "Statement rating"
_WIDEST_STATEMENT = 45
_CHARACTER = 0.9
"""Of a column's characters, which are digits, an English letter takes so much."""
_STRONGER = {rag.RED: "FF9DAB", rag.AMBER: "FFD75E", rag.GREEN: "8FD9A0"}
"""Fills of what partners are split on; black on them has a contrast above 9 to 1."""
_MAP = looks.LABEL.with_(wrap=False)


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet on two pages; the categories' cells and the statement's rating are live."""
    sheet = frame.begin(book, view, HEAT_MAP, ABOUT)
    framework = view.merged.locality.framework
    categories = [category.title for category in framework.categories]
    partners = partner_headings(view.codes, [*_LABELS, *categories, _RATING])
    cell, centred = looks.CELL_CENTRED.with_(middle=True), looks.HEADING.with_(centred=True)
    longest = max(len(statement.title) for statement in framework.statements)
    columns = [
        Column("Code", 5.5, looks.CELL_BOLD.with_(middle=True)),
        Column(STATEMENT, min(longest * _CHARACTER + 1, _WIDEST_STATEMENT), looks.CELL.with_(middle=True)),
        *(Column(title, frame.narrowest([title], centred, 12, 24), cell, centred) for title in categories),
        Column(_RATING, 12, cell.with_(bold=True), centred),
        *(Column(title, 11.75, cell, centred.with_(fill=looks.NHS_DARK_BLUE)) for title in partners.values()),
    ]
    rows = [_row(view, statement, HEADING_ROW + 1 + n) for n, statement in enumerate(framework.statements)]
    first, after = len(_LABELS) + 1, len(_LABELS) + len(categories)
    by_partner = after + 2
    layout = Layout(parts=[by_partner], first_row=HEADING_ROW - 1)
    last = frame.register(sheet, columns, rows, frozen=len(_LABELS), layout=layout, way_back=first + 2, filtered=False)
    sheet.put(3, first, BY_CATEGORY, _MAP.with_(colour=looks.NHS_BLUE))
    sheet.put(3, by_partner, BY_PARTNER, _MAP.with_(colour=looks.NHS_DARK_BLUE))
    sheet.put(3, by_partner + 2, Link(place(KEY, 1, 1), "Their names are in the Key"), looks.LINK.with_(wrap=False))
    frame.name_partners(sheet, view, by_partner)
    _mark_disagreement(book, sheet, first, last, after)
    sheet.colour_words(HEADING_ROW + 1, first, last, after, shown.fills(), beginning=True)
    sheet.colour_words(HEADING_ROW + 1, after + 1, last, len(columns), shown.fills())
    return sheet


def _mark_disagreement(book: Book, sheet: SheetWriter, first: int, last: int, after: int) -> None:
    """Set in bold, with a frame and a stronger fill, what the group is to agree: it stands out in a grid of words.

    These rules come before those of the plain words, since LibreOffice applies the first that fits and no other.
    """
    for word, fill in _STRONGER.items():
        look = {"bold": True, "bg_color": f"#{fill}", "font_color": "#000000", "border": 1, "border_color": "#000000"}
        rule = {
            "type": "text",
            "criteria": "begins with",
            "value": word + live.MODERATE,
            "format": book.xlsxwriter_book.add_format(look),
        }
        sheet.worksheet.conditional_format(HEADING_ROW, first - 1, last - 1, after - 1, rule)


def _row(view: View, statement: Statement, row: int) -> list[Value]:
    lines = {line.line.category.code: line for line in view.lines_of(statement)}
    categories = view.merged.locality.framework.categories
    first = len(_LABELS) + 1
    cells = f"{address(row, first)}:{address(row, first + len(categories) - 1)}"
    ref = next(iter(lines.values())).line.ref
    return [
        statement.code,
        statement.title,
        *(
            live.heat_cell(lines[category.code], view.assessment) if category.code in lines else shown.NOT_IN_FRAMEWORK
            for category in categories
        ),
        shown.worst_formula(cells, len(lines), [line.rating for line in lines.values()]),
        *(
            live.partner_cell(view.partner_worst(statement, code), heading, ref, view.assessment)
            for code, heading in zip(view.codes, partner_headings_of(view.codes), strict=True)
        ),
    ]
