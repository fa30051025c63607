"""Looks a workbook over against the government's checklist for accessible spreadsheets; tells every fault in words.

The list is the Analysis Function's (‘Making spreadsheets accessible’), with WCAG's contrast of 4.5 to 1. What our
workbooks do otherwise, and why, is in ``docs/accessibility.md``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SMALLEST_TYPE = 11
LEAST_CONTRAST = 4.5


def faults(data: bytes) -> list[str]:
    """Give all that a workbook has against the list, each with its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    every_fault = [*_of_the_workbook(book, data)]
    for sheet in book.worksheets:
        every_fault += [f"{sheet.title}: {fault}" for fault in _of_a_sheet(sheet)]
    return every_fault


def _of_the_workbook(book: Workbook, data: bytes) -> Iterator[str]:
    if not book.properties.title:
        yield "the document has no title"
    if not book.properties.language:
        yield "the document has no language"
    titles = Counter(title.casefold() for title in book.sheetnames)
    yield from (f"two sheets are called {title}" for title, number in titles.items() if number > 1)
    first = book.worksheets[0]
    view = first.sheet_view
    pane = view.pane.activePane if view.pane is not None else None
    cursor = [one.activeCell for one in view.selection if pane is None or one.pane == pane]
    if book.active is not first or cursor != ["A1"]:
        yield "it does not open in A1 of its first sheet"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/drawings/drawing"):
                yield from _of_drawings(name, package.read(name).decode("utf-8"))


def _of_drawings(name: str, xml: str) -> Iterator[str]:
    for properties in re.findall(r"<xdr:cNvPr [^>]*>", xml):
        if not re.search(r'descr="[^"]{30,}"', properties):
            yield f"a picture or chart in {name} has no words for those who cannot see it"


def _of_a_sheet(sheet: Worksheet) -> Iterator[str]:
    title, about = sheet["A1"].value, sheet["A2"].value
    if not isinstance(title, str) or len(title) < 8:
        yield "A1 is no title that says what the sheet is"
    if not isinstance(about, str):
        yield "A2 does not say what the sheet holds"
    elif sheet.tables and not re.search(r"\btables?\b", f"{title} {about}"):
        yield "A2 does not say how many tables follow"
    if sheet.sheet_state != "visible":
        yield "the sheet is hidden"
    if sheet.merged_cells.ranges:
        yield f"cells are merged: {sheet.merged_cells.ranges}"
    hidden = [key for key, one in (*sheet.row_dimensions.items(), *sheet.column_dimensions.items()) if one.hidden]
    if hidden:
        yield f"rows or columns are hidden: {hidden}"
    if sheet.protection.sheet:
        yield "the sheet is locked"
    if len(sheet.tables) > 1:
        yield "it has more than one table"
    for table in sheet.tables.values():
        yield from _of_a_table(sheet, table.ref)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield from _of_a_cell(cell)


def _of_a_table(sheet: Worksheet, area: str) -> Iterator[str]:
    headings, *rows = sheet[area]
    words = [cell.value for cell in headings]
    if any(not word for word in words) or len(set(words)) < len(words):
        yield f"headings are missing or not unique: {words}"
    filled = [[cell.value is not None for cell in row] for row in rows]
    if len(rows) > 1 and not all(any(row) for row in filled):
        yield "the table has a blank row"
    last = rows[-1][0].row if rows else headings[0].row
    below = [cell.coordinate for row in sheet.iter_rows(min_row=last + 1) for cell in row if cell.value is not None]
    if below:
        yield f"something stands below the table: {below[:3]}"


def _of_a_cell(cell: Cell) -> Iterator[str]:
    font = cell.font
    if font.name not in ("Arial", None) or (font.sz or SMALLEST_TYPE) < SMALLEST_TYPE:
        yield f"{cell.coordinate} is set in {font.name}, {font.sz} point"
    if font.i:
        yield f"{cell.coordinate} is in italics"
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else "FFFFFFFF"
    text = font.color.rgb if font.color is not None and font.color.type == "rgb" else "FF000000"
    if contrast(str(text)[-6:], str(fill)[-6:]) < LEAST_CONTRAST:
        yield f"{cell.coordinate} has {text} on {fill}"


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (‘RRGGBB’) as WCAG 2 reckons it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
