"""Putting a sheet of one workbook in front of the sheets of another, with its looks, links, table and page set-up."""

import io
from copy import copy
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet


class _GrowingRow(RowDimension):
    """A row with a height to begin with, not one set by hand: it grows with its text."""

    customHeight = False  # noqa: N815 - openpyxl's name


def put_in_front(book: Workbook, front: bytes, title: str) -> None:
    """Put the only sheet of the workbook ``front`` first in ``book``, and show it when the workbook is opened."""
    source = openpyxl.load_workbook(io.BytesIO(front)).worksheets[0]
    sheet: Worksheet = book.create_sheet(title, 0)
    for row in source.iter_rows():
        for cell in row:
            _copy_cell(cell, sheet)
    for letter, column in source.column_dimensions.items():
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].min, sheet.column_dimensions[letter].max = column.min, column.max
    for number, dimension in source.row_dimensions.items():
        if dimension.height is not None:
            sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=dimension.height)
    _copy_page(source, sheet)
    for table in source.tables.values():
        sheet.add_table(_under_free_name(table, book))
    for area in source.conditional_formatting:
        for rule in area.rules:
            sheet.conditional_formatting.add(str(area.sqref), rule)
    _show_first(book, sheet)


def _copy_cell(cell: Any, sheet: Worksheet) -> None:
    if cell.value is None and not cell.has_style:
        return
    copied: Any = sheet.cell(cell.row, cell.column)
    if cell.hyperlink is not None:
        copied.hyperlink = Hyperlink(ref=cell.coordinate, location=cell.hyperlink.location)
    copied.value = cell.value
    copied.data_type = cell.data_type  # text that looks like a formula stays text
    if cell.has_style:
        for name in ("font", "fill", "border", "alignment", "number_format", "protection"):
            setattr(copied, name, copy(getattr(cell, name)))
    if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "-", "@")):
        copied.quotePrefix = True


def _copy_page(source: Worksheet, sheet: Worksheet) -> None:
    sheet.page_margins = copy(source.page_margins)
    for name in ("orientation", "paperSize", "fitToWidth", "fitToHeight"):
        setattr(sheet.page_setup, name, getattr(source.page_setup, name))
    sheet.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    sheet.sheet_properties.tabColor = copy(source.sheet_properties.tabColor)
    sheet.HeaderFooter = copy(source.HeaderFooter)
    if source.print_title_rows:
        sheet.print_title_rows = source.print_title_rows
    sheet.freeze_panes = source.freeze_panes
    sheet.sheet_view.showGridLines = source.sheet_view.showGridLines


def _under_free_name(table: Table, book: Workbook) -> Table:
    """Give the table a name that nothing in the workbook has yet."""
    taken = {name.casefold() for sheet in book.worksheets for name in sheet.tables}
    taken |= {name.casefold() for name in book.defined_names}
    wanted, number = table.displayName, 1
    while table.displayName.casefold() in taken:
        number += 1
        table.displayName = f"{wanted}_{number}"
    table.name = table.displayName
    return table


def _show_first(book: Workbook, sheet: Worksheet) -> None:
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    for view in book.views:
        view.firstSheet = 0
