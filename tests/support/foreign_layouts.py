"""Other localities' self-assessment workbooks, in layouts that are not ours: drawn here, completed, and blank.

Each layout is a function that draws a workbook with openpyxl. What its locality typed holds the word ``Zebrafish``, so
that a test can look for it in whatever is made of the workbook. The framework is the whole one unless ``codes`` names
statements.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain.framework import Category, Statement, framework

WHOLE = framework("cqc-ics-2023")
TRACER = "Zebrafish"
_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_RAG = ("Red", "Amber", "Green")
_FILLS = {"Red": "FF7C80", "Amber": "FFD966", "Green": "92D050"}


@dataclass(frozen=True)
class Layout:
    """A layout: how to draw it, what a reader has to correct, and where a partner answers a line.

    ``corrections`` are lines of the corrections file, by table. ``words`` are its rating words with our ratings.
    """

    draw: Callable[[], openpyxl.Workbook]
    corrections: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=lambda: {name: name for name in _RAG})


def as_bytes(book: openpyxl.Workbook) -> bytes:
    """Give a workbook's file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def heading(sheet: Worksheet, row: int, titles: Iterable[str], fill: str = "1F4E78") -> None:
    """Write a row of headings."""
    for column, title in enumerate(titles, 1):
        cell = sheet.cell(row, column, title)
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = _BOX


def body(sheet: Worksheet, row: int, values: Iterable[Any]) -> None:
    """Write a row of a table's body; a rating is a coloured cell."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.border = _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if value in _FILLS:
            cell.fill = PatternFill("solid", fgColor=_FILLS[value])


def tracer_text(number: int, what: str) -> str:
    """Give a text that the other locality typed."""
    return f"{TRACER} {what} {number}"


def lines(codes: str = "") -> list[tuple[Statement, Category]]:
    """Give the statements and categories of all lines, or of those of these statements."""
    wanted = set(codes.split())
    return [(line.statement, line.category) for line in WHOLE.lines if not wanted or line.statement.code in wanted]


def one_sheet() -> openpyxl.Workbook:
    """One sheet with everything: title block, a picture's place, instructions, two header rows, no Ref, no due date."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Self assessment"
    sheet["A1"] = f"{TRACER} Borough Council and ICB: CQC readiness 2023"
    sheet["A1"].font = Font(name="Georgia", size=20, bold=True, color="7030A0")
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "Please complete every row and return it to the quality team."
    sheet["A3"], sheet["B3"] = "Organisation", f"{TRACER} Trust"
    sheet["D3"], sheet["E3"] = "Completed by", f"{TRACER} Head of Quality"
    heading(sheet, 5, ["Quality Statement", "Evidence category", "Evidence", None, "RAG", "Gaps", "Actions", "Ward"])
    heading(sheet, 6, [None, None, "Description", "Where kept", None, None, None, None])
    for area in ("A5:A6", "B5:B6", "C5:D5", "E5:E6", "F5:F6", "G5:G6", "H5:H6"):
        sheet.merge_cells(area)
    for number, (statement, category) in enumerate(lines()):
        answers = [tracer_text(number, what) for what in ("evidence", "place")]
        rest = [tracer_text(number, what) for what in ("gap", "action", "ward")]
        body(sheet, 7 + number, [statement.title, category.title, *answers, _RAG[number % 3], *rest])
    rules = DataValidation(type="list", formula1='"Red,Amber,Green"')
    rules.add("E7:E108")
    sheet.add_data_validation(rules)
    for letter, width in zip("ABCDEFGH", (34, 26, 40, 20, 10, 24, 24, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C7"
    return book


def a_sheet_a_statement() -> openpyxl.Workbook:
    """A sheet for each statement, named by its number, with its title above; rating words of its own; a cover."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Front page"
    cover["A1"] = f"{TRACER} self-assessment"
    for row, label in enumerate(("Name of organisation", "Author", "Date of completion", "Approved at"), 3):
        cover.cell(row, 1, label).font = Font(bold=True)
        cover.cell(row, 2, f"{TRACER} {label}")
    for number, statement in enumerate(WHOLE.statements, 1):
        sheet = book.create_sheet(f"QS{number}")
        sheet["A1"] = statement.title
        sheet["A1"].font = Font(size=16, bold=True, color="00703C")
        sheet["A2"] = statement.we_statement
        heading(sheet, 4, ["Evidence category", "What evidence do we have", "Position", "What next"], "00703C")
        for offset, category in enumerate(WHOLE.categories):
            words = ("Fully met", "Partially met", "Not met")
            values = [category.title, tracer_text(number, "evidence"), words[offset % 3], tracer_text(number, "next")]
            body(sheet, 5 + offset, values)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 50
        rules = DataValidation(type="list", formula1="Lists!$A$1:$A$3")
        rules.add("C5:C10")
        sheet.add_data_validation(rules)
    lists = book.create_sheet("Lists")
    for row, word in enumerate(("Fully met", "Partially met", "Not met"), 1):
        lists.cell(row, 1, word)
    lists.sheet_state = "hidden"
    return book


def matrix_of_ratings() -> openpyxl.Workbook:
    """Statements across and categories down, a sheet a theme: a rating, and a text beneath it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for theme in WHOLE.themes:
        sheet = book.create_sheet(theme.title)
        sheet["A1"] = f"{TRACER}: {theme.title}"
        heading(sheet, 3, ["Evidence category", *(statement.title for statement in theme.statements)], "44546A")
        for offset, category in enumerate(WHOLE.categories):
            row = 4 + 2 * offset
            sheet.cell(row, 1, category.title).font = Font(bold=True)
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
            for column in range(2, 2 + len(theme.statements)):
                rating = _RAG[(row + column) % 3]
                cell = sheet.cell(row, column, rating)
                cell.fill, cell.border = PatternFill("solid", fgColor=_FILLS[rating]), _BOX
                text = sheet.cell(row + 1, column, tracer_text(row * column, "evidence"))
                text.alignment, text.border = Alignment(wrap_text=True, vertical="top"), _BOX
        for column in range(1, 2 + len(theme.statements)):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = 26
    return book


def categories_across() -> openpyxl.Workbook:
    """Statements down and categories across, two columns each: a rating and its evidence, with headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Grid"
    sheet["A1"] = f"{TRACER} summary grid"
    heading(sheet, 2, ["Theme", "Quality statement"])
    heading(sheet, 3, [None, None])
    for number, category in enumerate(WHOLE.categories):
        column_of_category = 3 + 2 * number
        sheet.cell(2, column_of_category, category.title).font = Font(bold=True)
        sheet.merge_cells(start_row=2, end_row=2, start_column=column_of_category, end_column=column_of_category + 1)
        sheet.cell(3, column_of_category, "RAG")
        sheet.cell(3, column_of_category + 1, "Evidence")
    row = 4
    for theme in WHOLE.themes:
        for statement in theme.statements:
            sheet.cell(row, 1, theme.title)
            sheet.cell(row, 2, statement.title)
            for column in range(3, 3 + 2 * len(WHOLE.categories)):
                is_rating = column % 2 == 1
                sheet.cell(
                    row, column, _RAG[(row + column) % 3] if is_rating else tracer_text(row * column, "evidence")
                )
            row += 1
    return book


def merged_blocks() -> openpyxl.Workbook:
    """A statement merged over its six rows, a number before its title, themes in rows of their own, scores 1 to 4."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Assessment"
    sheet["B1"] = f"{TRACER} locality"
    titles = ["No.", "Quality statement", "Category", "Evidence held", "Score", "Last board review", "Lead", "By when"]
    heading(sheet, 4, titles, "7F6000")
    row = 5
    for theme in WHOLE.themes:
        sheet.cell(row, 1, theme.title).font = Font(bold=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
        row += 1
        for number, statement in enumerate(theme.statements, 1):
            sheet.cell(row, 1, number)
            sheet.cell(row, 2, f"{number}. {statement.title}\n{statement.we_statement}")
            sheet.merge_cells(start_row=row, end_row=row + 6, start_column=2, end_column=2)
            for offset, category in enumerate(WHOLE.categories):
                answers = [
                    tracer_text(row, "evidence"),
                    1 + row % 4,
                    tracer_text(row, "board"),
                    tracer_text(row, "lead"),
                    tracer_text(row, "when"),
                ]
                for column, value in enumerate([category.title, *answers], 3):
                    sheet.cell(row, column, value).border = _BOX
                row += 1
                if offset == 2:  # a second piece of evidence for the same category
                    sheet.cell(row, 4, tracer_text(row, "more"))
                    row += 1
    return book


def other_words() -> openpyxl.Workbook:
    """Headings nobody here knows, titles in other words, a column without a heading, guidance on a sheet of its own."""
    book = openpyxl.Workbook()
    guidance = book.active
    guidance.title = "How to fill this in"
    guidance["A1"] = "Choose Strong, Developing or Weak for each line."
    guidance["A2"] = f"Send it to {TRACER} by Friday."
    sheet = book.create_sheet("CQC 2023")
    sheet["A1"] = f"{TRACER} integrated care"
    heading(sheet, 3, ["Area of focus", "Lens", "Our story", "Where we are", "Neighbourhood", None], "C00000")
    for number, (statement, category) in enumerate(lines()):
        title = "Living well at home" if statement.code == "Q1" else statement.title
        word = ("Strong", "Developing", "Weak")[number % 3]
        body(
            sheet, 4 + number, [title, category.title, tracer_text(number, "story"), word, tracer_text(number, "place")]
        )
        sheet.cell(4 + number, 6, tracer_text(number, "unheaded"))
    return book


def themes_by_sheet() -> openpyxl.Workbook:
    """Almost ours: a sheet a theme, our Refs in front, other headings, a Reviewer column, a note on a heading."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for theme in WHOLE.themes:
        sheet = book.create_sheet(theme.title)
        labels = ["Code", "Statement", "Type of evidence"]
        rated = ["Our evidence", "Location", "Date of evidence", "R/A/G", "Why", "What is missing"]
        heading(sheet, 1, [*labels, *rated, "Next steps", "By whom", "Deadline", "Progress", "Reviewer"])
        lines_of_theme = [line for line in WHOLE.lines if line.theme.code == theme.code]
        for row, line in enumerate(lines_of_theme, 2):
            titles = [line.ref, line.statement.title, line.category.title]
            answers = [tracer_text(row, "evidence"), tracer_text(row, "place"), "2023-10-01", _RAG[row % 3]]
            more = [tracer_text(row, what) for what in ("why", "gap", "step", "lead")]
            body(sheet, row, [*titles, *answers, *more, "2024-03-01", "Open", tracer_text(row, "reviewer")])
    return book


def a_sheet_a_category() -> openpyxl.Workbook:
    """A sheet for each evidence category, named by it; the statements go down."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for category in WHOLE.categories:
        sheet = book.create_sheet(category.title)
        sheet["A1"] = category.title
        heading(sheet, 3, ["Quality statement", "Evidence", "RAG", "Comments"])
        for row, statement in enumerate(WHOLE.statements, 4):
            body(
                sheet, row, [statement.title, tracer_text(row, "evidence"), _RAG[row % 3], tracer_text(row, "comment")]
            )
    return book


def framework_words() -> openpyxl.Workbook:
    """Theme and statement in full in columns of their own; strengths and considerations, as a council has them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Self-evaluation"
    titles = ["Theme", "Quality Statement", "What it says", "Evidence Category", "Strengths", "Considerations", "RAG"]
    heading(sheet, 5, [*titles, "Action owner"])
    for row, line in enumerate(WHOLE.lines, 6):
        labels = [line.theme.title, line.statement.title, line.statement.we_statement, line.category.title]
        body(
            sheet,
            row,
            [*labels, tracer_text(row, "good"), tracer_text(row, "bad"), _RAG[row % 3], tracer_text(row, "owner")],
        )
    return book


def heat_map() -> openpyxl.Workbook:
    """Statements down, categories across, and nothing but colours within."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Heat map 2023"
    for column, category in enumerate(WHOLE.categories, 2):
        sheet.cell(3, column, category.title)
    for row, statement in enumerate(WHOLE.statements, 4):
        sheet.cell(row, 1, f"{row - 3}. {statement.title}")
        for column in range(2, 8):
            fill = _FILLS[_RAG[(row + column) % 3]]
            sheet.cell(row, column).fill = PatternFill("solid", fgColor=fill)
    return book


def blocks_below_one_another() -> openpyxl.Workbook:
    """A block for each statement with its title, its text and its headings above it, all on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "All"
    row = 1
    for theme in WHOLE.themes:
        sheet.cell(row, 1, f"Theme: {theme.title}")
        row += 2
        for statement in theme.statements:
            sheet.cell(row, 1, f"Quality statement: {statement.title}")
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=5)
            sheet.cell(row + 1, 1, statement.we_statement)
            heading(sheet, row + 2, ["Category", "Evidence", "RAG", "Gaps", "Lead"])
            for number, category in enumerate(WHOLE.categories, row + 3):
                body(
                    sheet,
                    number,
                    [category.title, tracer_text(number, "evidence"), "Amber", tracer_text(number, "gap"), "Lead"],
                )
            row += 10
    return book


def three_rows_a_category() -> openpyxl.Workbook:
    """Room for three pieces of evidence a category, and one rating merged over all rows of a statement."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Self assessment tool"
    heading(sheet, 2, ["Ref", "Quality statement", "Evidence category", "Evidence", "Date", "Overall RAG", "Narrative"])
    row = 3
    for number, statement in enumerate(WHOLE.statements, 1):
        top = row
        body(sheet, row, [str(number), statement.title, None, None, None, "Amber", tracer_text(number, "narrative")])
        for category in WHOLE.categories:
            sheet.cell(row, 3, category.title)
            sheet.merge_cells(start_row=row, end_row=row + 2, start_column=3, end_column=3)
            for offset in range(3):
                sheet.cell(row + offset, 4, tracer_text(row + offset, "evidence"))
                sheet.cell(row + offset, 5, "Jan-24")
            row += 3
        for column in (1, 2, 6, 7):
            sheet.merge_cells(start_row=top, end_row=row - 1, start_column=column, end_column=column)
    return book


_QUALITY = {"Fully met": "Green", "Partially met": "Amber", "Not met": "Red"}
_STORY = {"Strong": "Green", "Developing": "Amber", "Weak": "Red"}


def correction_lines(words: dict[str, str]) -> str:
    return "\n".join(f'"{word}" = "{meant}"' for word, meant in words.items())


LAYOUTS: dict[str, Layout] = {
    "one_sheet": Layout(one_sheet),
    "a_sheet_a_statement": Layout(a_sheet_a_statement, {"ratings": correction_lines(_QUALITY)}, _QUALITY),
    "matrix_of_ratings": Layout(matrix_of_ratings),
    "categories_across": Layout(categories_across),
    "merged_blocks": Layout(
        merged_blocks,
        {"ratings": '"1" = "Red"\n"2" = "Amber"\n"3" = "Green"\n"4" = "Green"'},
        {"1": "Red", "2": "Amber", "3": "Green"},
    ),
    "other_words": Layout(
        other_words,
        {
            "columns": '"Our story" = "evidence"',
            "statements": '"Living well at home" = "Q1"',
            "ratings": correction_lines(_STORY),
        },
        _STORY,
    ),
    "themes_by_sheet": Layout(themes_by_sheet),
    "a_sheet_a_category": Layout(a_sheet_a_category),
    "framework_words": Layout(framework_words, {"columns": '"Strengths" = "evidence"\n"Considerations" = "gap"'}),
}
# Further ones that are only understood: what they add, the others live through.
MORE: dict[str, Layout] = {
    "heat_map": Layout(heat_map),
    "blocks_below_one_another": Layout(blocks_below_one_another),
    "three_rows_a_category": Layout(three_rows_a_category),
}


_EVERY_DAY = 3  # layouts that every test run walks through; the others are for the long one
NAMES = [pytest.param(name, marks=[pytest.mark.slow] * (at >= _EVERY_DAY)) for at, name in enumerate(LAYOUTS)]
