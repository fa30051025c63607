"""A return with a known content, so that it can be maltreated and what is read compared with what was typed.

A :class:`Draft` is an issued blank as pages of rows of items; each item knows where it came from, so that after any
number of rows and columns have been moved, every typed thing still knows the cell it ended up in.
"""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from icsassess.domain.framework import framework
from icsassess.excel.cells.addresses import address
from icsassess.locality.locality import Locality, Settings
from icsassess.returns.issuing.issue import blank_return
from icsassess.returns.template.model import return_template

ISSUED = datetime.date(2023, 12, 4)
PARTNERS = [
    {"code": "MFT", "name": "Manchester University NHS Foundation Trust", "aliases": ["Manchester Foundation Trust"]},
    {"code": "PC", "name": "Primary care", "aliases": ["GP federation", "PCN"], "statements": ["Q1", "Q2", "I1", "L8"]},
    {"code": "PH", "name": "Public health"},
]
FIELDS = [column.field for column in return_template("stockport").columns]
LABELS = ("ref", "statement", "category")
TITLES = {column.field: column.title for column in return_template("stockport").columns}
FILLS = {"Red": "FF0000", "Amber": "FFC000", "Green": "00B050"}


def locality(folder: Path = Path("/nowhere")) -> Locality:
    settings = Settings.model_validate({"name": "Anytown", "deadline": "2024-01-31", "partner": PARTNERS})
    return Locality(folder, settings, framework(settings.framework))


@dataclass
class Expected:
    """One entry of the known content: what each field means, and whether a careful human would have to ask."""

    ref: str
    values: dict[str, object] = field(default_factory=dict)
    asks: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Item:
    """One cell: its content, and the entry and field it belongs to."""

    value: object = None
    field: str = ""
    entry: Expected | None = None
    fill: str | None = None
    note: str | None = None
    link: str | None = None
    struck: bool = False
    date_format: str | None = None
    style: object = None
    token: str = ""
    """Words that must not disappear, in an item that is no entry's field."""
    note_token: str = ""
    shown_by: Item | None = None
    """The item that this one is merged into."""


@dataclass(eq=False)
class Row:
    """A row of a page. Kinds: above, heading, line, added, other."""

    kind: str
    items: list[Item]

    def item(self, name: str) -> Item | None:
        return next((item for item in self.items if item.field == name), None)

    @property
    def entry(self) -> Expected | None:
        return next((item.entry for item in self.items if item.entry), None)


@dataclass(eq=False)
class Page:
    title: str
    rows: list[Row]
    merges: list[tuple[Item, Item]] = field(default_factory=list)
    hidden_rows: set[Row] = field(default_factory=set)
    hidden_columns: set[Item] = field(default_factory=set)
    hidden: bool = False

    @property
    def width(self) -> int:
        return max(len(row.items) for row in self.rows)

    def of_kind(self, *kinds: str) -> list[Row]:
        return [row for row in self.rows if row.kind in kinds]

    def column_of(self, name: str) -> int | None:
        heading = self.of_kind("heading")
        return next((at for at, item in enumerate(heading[0].items) if item.field == name), None) if heading else None


@dataclass
class Draft:
    """A return being filled in and maltreated. ``done`` names the maltreatments so far."""

    blank: bytes
    partner: str
    pages: list[Page]
    entries: list[Expected] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    other_sheets: dict[str, list[list[object]]] = field(default_factory=dict)
    epoch_1904: bool = False
    file_name: str = ""
    cover: dict[str, object] = field(default_factory=dict)
    properties: bool = True
    saved_as: str = "xlsx"

    def rows(self, *kinds: str) -> Iterator[tuple[Page, Row]]:
        for page in self.pages:
            for row in page.rows:
                if not kinds or row.kind in kinds:
                    yield page, row

    def places(self) -> Iterator[tuple[Page, Row, int, Item, str]]:
        """Give every item with its page, row, row number and address."""
        for page in self.pages:
            for number, row in enumerate(page.rows, 1):
                for column, item in enumerate(row.items, 1):
                    yield page, row, number, item, address(number, column)


@lru_cache(maxsize=4)
def _blank(partner: str) -> bytes:
    place = locality()
    return blank_return(place, place.partner_by_code[partner], issued_on=ISSUED)


def load(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))


def issued(partner: str = "PC") -> Draft:
    """Give the issued blank of a partner as a draft."""
    data = _blank(partner)
    pages = []
    for sheet in load(data).worksheets[1:-1]:
        rows = []
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value)
        for number in range(1, last + 1):
            kind = "above" if number < 4 else "heading" if number == 4 else "line"
            items = []
            for column, name in enumerate(FIELDS, 1):
                cell = sheet.cell(number, column)
                note = cell.comment.text if cell.comment else None
                named = name if kind != "above" else ""
                items.append(Item(cell.value, named, note=note, style=copy(cell._style)))
            rows.append(Row(kind, items))
        pages.append(Page(sheet.title, rows))
    return Draft(data, partner, pages)
