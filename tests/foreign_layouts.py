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
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.framework import Category, Statement, framework

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
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


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


def told(number: int, what: str) -> str:
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
        answers = [told(number, what) for what in ("evidence", "place")]
        rest = [told(number, what) for what in ("gap", "action", "ward")]
        body(sheet, 7 + number, [statement.title, category.title, *answers, _RAG[number % 3], *rest])
    rules = DataValidation(type="list", formula1='"Red,Amber,Green"')
    rules.add("E7:E108")
    sheet.add_data_validation(rules)
    for letter, width in zip("ABCDEFGH", (34, 26, 40, 20, 10, 24, 24, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C7"
    return book
