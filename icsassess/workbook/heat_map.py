"""The sheet Heat map: statements down; across, first the evidence categories and then the partners."""

from __future__ import annotations

from icsassess.excel import looks
from icsassess.excel.addresses import address
from icsassess.excel.writing import Book, Column, SheetWriter, Value
from icsassess.framework import Statement
from icsassess.workbook import frame, live, shown
from icsassess.workbook.places import HEADING_ROW, HEAT_MAP, STATEMENT, partner_headings
from icsassess.workbook.view import View

ABOUT = (
    "One table follows: a row for each quality statement. First a column for each evidence category, then the "
    "statement's own rating, then each partner's. Choose a category's cell to go to its line in Assessment."
)
_LABELS = ("Code", STATEMENT)
_RATING = "Statement rating"
_STATEMENT_WIDTH = 30


def write(book: Book, view: View) -> SheetWriter:
    """Write the sheet on one page; the categories' cells and the statement's rating are live."""
    sheet = frame.begin(book, view, HEAT_MAP, ABOUT)
    framework = view.merged.locality.framework
    categories = [category.title for category in framework.categories]
    partners = partner_headings(view.codes, [*_LABELS, *categories, _RATING])
    cell = looks.CELL_CENTRED.with_(middle=True)
    columns = [
        Column("Code", 7, looks.CELL_BOLD.with_(middle=True)),
        Column(STATEMENT, _STATEMENT_WIDTH, looks.CELL_BOLD.with_(middle=True)),
        *(Column(title, 13, cell, looks.HEADING.with_(centred=True)) for title in categories),
        Column(_RATING, 13, cell.with_(bold=True), looks.HEADING.with_(centred=True)),
        *(
            Column(title, 11, cell, looks.HEADING.with_(centred=True, fill=looks.NHS_DARK_BLUE))
            for title in partners.values()
        ),
    ]
    rows = [_row(view, statement, HEADING_ROW + 1 + n) for n, statement in enumerate(framework.statements)]
    last = frame.register(sheet, columns, rows, frozen=len(_LABELS), pages_tall=1)
    first, after = len(_LABELS) + 1, len(_LABELS) + len(categories)
    _mark_disagreement(book, sheet, first, last, after)
    sheet.colour_words(HEADING_ROW + 1, first, last, after, shown.fills(), beginning=True)
    sheet.colour_words(HEADING_ROW + 1, after + 1, last, len(columns), shown.fills())
    for row in range(HEADING_ROW + 1, last + 1):
        sheet.at_least(row, 2 * frame.LINE + 4)
    return sheet


def _mark_disagreement(book: Book, sheet: SheetWriter, first: int, last: int, after: int) -> None:
    """Set in bold, with a frame, what is to be moderated: its words stand out in a grid of words.

    These rules come before those of the plain words, since LibreOffice applies the first that fits and no other.
    """
    for word, fill in shown.fills().items():
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
    return [
        statement.code,
        statement.title,
        *(
            live.heat_cell(lines[category.code], view.assessment) if category.code in lines else shown.NOT_IN_FRAMEWORK
            for category in categories
        ),
        shown.worst_formula(cells, len(lines), [line.rating for line in lines.values()]),
        *(view.partner_worst(statement, code) for code in view.codes),
    ]
