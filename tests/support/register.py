"""The locality workbook's registers as they stand in a file, read through another library than the program's own."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

ASSESSMENT, GAPS, KEPT = "Assessment", "Gaps and actions", "Kept from before"
AGREED = ("Agreed RAG", "Reason for agreed RAG", "Agreed on")
ACTION = (
    "Action", "Owner", "Accountable role", "Due date", "Delivery status", "Evidenced by", "Date evidenced", "Update",
)  # fmt: skip
DATES = ("Agreed on", "Due date", "Date evidenced")
_MARK = re.compile(r"mark\d+|\b7\d{6}\b|\b20[3-9]\d-\d\d-\d\d\b")


def marks(text: object) -> set[str]:
    """Give the marks in a cell's value."""
    return set(_MARK.findall(shown(text)))


def shown(value: object) -> str:
    """Give a cell's value as text, a day as ISO."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def all_marks(book: Workbook) -> set[str]:
    """Give the marks of everything in a workbook: cells, notes and titles of sheets."""
    texts: set[str] = set()
    for sheet in book.worksheets:
        texts |= marks(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    texts |= marks(cell.value)
                if cell.comment is not None:
                    texts |= marks(cell.comment.text)
    return texts


@dataclass
class Table:
    """A register on a sheet as it stands: the row of its headings, and its columns by heading."""

    sheet: Worksheet
    key: str
    heading: int = 0
    columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.sheet.iter_rows(max_row=60):
            if any(cell.value == self.key for cell in row):
                self.heading = row[0].row
                for cell in reversed(row):
                    if cell.value:
                        self.columns[str(cell.value)] = cell.column
                return

    @property
    def rows(self) -> list[int]:
        """Rows that have a key."""
        at = self.columns.get(self.key, 0)
        last = self.sheet.max_row + 1
        return [n for n in range(self.heading + 1, last) if at and self.sheet.cell(n, at).value]

    @property
    def last(self) -> int:
        """The last row that holds anything."""
        width = range(1, self.sheet.max_column + 1)
        return max(
            (n for n in range(1, self.sheet.max_row + 1) if any(self.sheet.cell(n, c).value for c in width)), default=1
        )

    def cell(self, row: int, title: str) -> Any:
        """Give a cell by its heading."""
        return self.sheet.cell(row, self.columns[title])

    def by_key(self) -> dict[str, int]:
        """Give the row of each key; keys that stand twice are left out."""
        rows_of: dict[str, list[int]] = {}
        for row in self.rows:
            rows_of.setdefault(str(self.cell(row, self.key).value).strip().upper(), []).append(row)
        return {key: rows[0] for key, rows in rows_of.items() if len(rows) == 1}

    def texts(self, titles: tuple[str, ...]) -> dict[tuple[str, str], str]:
        """Give the texts of columns by key and title."""
        return {
            (key, title): shown(self.cell(row, title).value)
            for key, row in self.by_key().items()
            for title in titles
            if title in self.columns
        }

    def set_range(self) -> None:
        """Let the Excel table reach over what is there, as Excel does when rows and columns are added."""
        for table in self.sheet.tables.values():
            first, last = table.ref.split(":")
            width = max(self.columns.values())
            table.ref = f"{first}:{openpyxl.utils.get_column_letter(width)}{max(self.last, self.heading + 1)}"
            if table.autoFilter is not None:
                table.autoFilter.ref = table.ref
            assert last
