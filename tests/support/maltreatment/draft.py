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
from random import Random

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

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


_PLACES = ["Shared drive / Quality", "Team site, Audit", "Committee papers 2023", "Trust intranet / Governance"]
_ROLES = ["Head of Quality", "Matron for Safeguarding", "Deputy Director of Nursing", "Practice manager lead"]
_SOURCES = ["patient survey", "staff survey", "peer review", "audit of records", "complaints analysis", "walk round"]
_STATUSES = ["Not started", "In progress", "Delivered"]


def words_for(rng: Random, number: int, what: str) -> str:
    return f"{what.capitalize()} z{number}q from the {rng.choice(_SOURCES)}, reported to board {number % 12 + 1}"


def fill_in(draft: Draft, rng: Random, share: float = 0.75) -> None:
    """Type a known content into the lines."""
    number = 0
    for page in draft.pages:
        rows: list[Row] = []
        for row in page.rows:
            rows.append(row)
            if row.kind != "line" or rng.random() > share:
                continue
            number += 1
            _type(draft, rng, row, number)
            if rng.random() < 0.12:
                number += 1
                again = Row("added", [Item(item.value, item.field, style=item.style) for item in _labels_only(row)])
                _type(draft, rng, again, number)
                rows.append(again)
        page.rows = rows


def _labels_only(row: Row) -> list[Item]:
    return [item if item.field in LABELS else Item(None, item.field, style=item.style) for item in row.items]


def _type(draft: Draft, rng: Random, row: Row, number: int) -> None:
    entry = Expected(str(row.items[0].value))
    rating = rng.choice(["Red", "Amber", "Green", "Green", "Not assessed"])
    values: dict[str, object] = {
        "evidence": words_for(rng, number, "findings"),
        "kept": f"{rng.choice(_PLACES)} k{number}q",
        "evidence_date": datetime.date(2023, 1, 1) + datetime.timedelta(days=rng.randrange(330)),
        "rag": rating,
        "reason": words_for(rng, number, "reason"),
    }
    if rating in ("Red", "Amber"):
        values |= {
            "gap": words_for(rng, number, "missing"),
            "action": words_for(rng, number, "we will repeat it"),
            "owner": f"{rng.choice(_ROLES)} o{number}q",
            "due": datetime.date(2024, 2, 1) + datetime.timedelta(days=rng.randrange(300)),
            "action_status": rng.choice(_STATUSES),
        }
    for name in ("kept", "evidence_date", "reason"):
        if rng.random() < 0.2:
            del values[name]
    entry.values = values
    draft.entries.append(entry)
    for item in row.items:
        if item.field not in LABELS:
            item.value = values.get(item.field)
        item.entry = entry
        if isinstance(item.value, datetime.date):
            item.date_format = "dd mmm yyyy"


def write(draft: Draft, path: Path) -> None:
    """Write the draft as a workbook."""
    book = load(draft.blank)
    if draft.epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

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
