"""Locality workbooks of every kind, written once from made-up merges, and their cells as another library reads them."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.assessment.merging.model import Merged
from icsassess.workbook.write import locality_workbook
from tests.support.sample_view import sample_view

KINDS = {
    "nine partners": {},
    "one partner": {"seed": 2, "partners": 1},
    "forty partners": {"seed": 3, "partners": 40, "framework_id": "cqc-la-2023"},
    "local authority": {"seed": 4, "framework_id": "cqc-la-2023"},
    "no returns": {"returns": False},
    "all green": {"all_green": True},
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def view(kind: str) -> Merged:
    return sample_view(**KINDS[kind])  # type: ignore[arg-type]


@cache
def written(kind: str) -> bytes:
    return locality_workbook(view(kind))


@cache
def opened(kind: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(kind)))


def headings(sheet: Worksheet) -> list[str]:
    (table,) = sheet.tables.values()
    return [str(cell.value) for cell in sheet[table.ref][0]]


def column(sheet: Worksheet, title: str) -> list[Cell]:
    (table,) = sheet.tables.values()
    number = headings(sheet).index(title)
    return [row[number] for row in sheet[table.ref][1:]]


def cells_of(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def cells(book: Workbook) -> list[Cell]:
    return [cell for sheet in book for cell in cells_of(sheet)]
