"""Saves a draft as a workbook, into the blank that it was made from."""

from __future__ import annotations

import datetime
import warnings
from copy import copy
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from icsassess.excel.cells.addresses import address
from tests.support.maltreatment.draft import Draft, Item, Page, load


def write(draft: Draft, path: Path) -> None:
    """Write the draft as a workbook."""
    book = load(draft.blank)
    if draft.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for sheet in book.worksheets[1:-1]:
        book.remove(sheet)
    _write_cover(book, draft)
    for page in draft.pages:
        _write_page(book, page)
    for title, rows in draft.other_sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if not draft.properties:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
    guidance = book["Guidance"] if "Guidance" in book.sheetnames else None
    if guidance is not None:
        book.move_sheet(guidance, len(book.sheetnames))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(path)


def _write_cover(book: Workbook, draft: Draft) -> None:
    cover = book.worksheets[0]
    answers = {"Completed by (role)": "Head of Quality", "Date completed": datetime.date(2024, 1, 10)} | draft.cover
    for row in range(1, 40):
        title = cover.cell(row, 1).value
        if title in answers:
            cover.cell(row, 2).value = answers[title]


def _write_page(book: Workbook, page: Page) -> None:
    sheet = book.create_sheet(page.title)
    at: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(page.rows, 1):
        for column, item in enumerate(row.items, 1):
            at[id(item)] = number, column
            _write_item(sheet, number, column, item)
        if row in page.hidden_rows:
            sheet.row_dimensions[number].hidden = True
    for item in page.hidden_columns:
        if id(item) in at:
            sheet.column_dimensions[address(1, at[id(item)][1])[:-1]].hidden = True
    for first, last in page.merges:
        if id(first) in at and id(last) in at:
            (top, left), (bottom, right) = at[id(first)], at[id(last)]
            if bottom >= top and right >= left:
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    if page.hidden:
        sheet.sheet_state = "hidden"


def _write_item(sheet: object, number: int, column: int, item: Item) -> None:
    cell = sheet.cell(number, column)  # type: ignore[attr-defined]
    if item.style is not None:
        cell._style = copy(item.style)
    cell.value = item.value
    if isinstance(item.value, ArrayFormula) or item.value is None:
        pass
    elif isinstance(item.value, str) and item.value.startswith("=") and not item.value.startswith("=="):
        cell.value = item.value
    if item.date_format:
        cell.number_format = item.date_format
    elif isinstance(item.value, (int, float)):
        cell.number_format = "General"
    if item.fill:
        cell.fill = PatternFill("solid", fgColor=item.fill)
    if item.struck:
        cell.font = Font(strike=True)
    if item.note:
        cell.comment = Comment(item.note, "A reader")
    if item.link:
        cell.hyperlink = item.link
        cell.value = item.value
