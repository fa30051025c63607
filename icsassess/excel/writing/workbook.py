"""A workbook in the making: its sheets and formats, and its bytes, the same for the same input."""

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import xlsxwriter

from icsassess.excel.writing.formats import Formats
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.page_setup import PageSetup
from icsassess.excel.writing.sheet import SheetWriter
from icsassess.excel.writing.streaming.rows import insert_rows
from icsassess.excel.writing.streaming.worksheet import GrowingWorksheet
from icsassess.support.text import clean


@dataclass
class WorkbookWriter:
    """A workbook in the making. ``created`` stands for the time of writing, so that the bytes can be repeated.

    ``heading`` and ``marking`` are printed on every page; ``custom`` are named document properties. A ``sealed``
    workbook calculates nothing: what formulas show now is written in their place.
    """

    title: str
    subject: str
    heading: str
    marking: str
    created: datetime.date
    custom: Mapping[str, str] = field(default_factory=dict)
    sealed: bool = False

    def __post_init__(self) -> None:
        """Open the workbook in memory."""
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties(
            {
                "title": clean(self.title),
                "subject": clean(self.subject),
                "category": clean(self.marking),
                "created": datetime.datetime.combine(self.created, datetime.time(9)),
            }
        )
        for name, value in self.custom.items():
            self._book.set_custom_property(name, clean(value)[:255], "text")
        self._book.set_size(28_000, 16_000)
        self.formats = Formats(self._book)
        self._sheets: list[SheetWriter] = []

    @property
    def xlsxwriter_book(self) -> xlsxwriter.Workbook:
        """The workbook underneath, for charts."""
        return self._book

    def sheet(self, title: str, tab: str | None = None) -> SheetWriter:
        """Add a sheet at the end; ``tab`` is its tab's colour."""
        worksheet = self._book.add_worksheet(title, GrowingWorksheet)
        worksheet.hide_gridlines(2)
        if tab:
            worksheet.set_tab_color(f"#{tab}")
        page = PageSetup(worksheet, title, self.heading, self.marking)
        self._sheets.append(SheetWriter(worksheet, title, self.formats, page, is_sealed=self.sealed))
        return self._sheets[-1]

    def name(self, name: str, reference: str) -> None:
        """Give a place a name that formulas can use."""
        self._book.define_name(name, reference)

    def to_bytes(self) -> bytes:
        """Close the workbook and give its bytes."""
        target = io.BytesIO()
        self.write_to(target)
        return target.getvalue()

    def write_to(self, into: BinaryIO) -> None:
        """Close the workbook and write it into a file."""
        for sheet in self._sheets:
            sheet.settle_heights()
        self._book.close()
        rows_by_part = {
            f"xl/worksheets/sheet{number}.xml": sheet.streamed_rows
            for number, sheet in enumerate(self._sheets, 1)
            if sheet.streamed_rows is not None
        }
        insert_rows(self._buffer, into, rows_by_part, styles.LANGUAGE)
