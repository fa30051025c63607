"""Writing a sheet so that text stays text, formulas carry their values, and rows are as high as their text."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from icsassess.excel.cells.addresses import address, column_range, place, quoted
from icsassess.excel.cells.excel_limits import LONGEST_TEXT
from icsassess.excel.writing.data_validation import Asking
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.columns import Column
from icsassess.excel.writing.model.styles import Look
from icsassess.excel.writing.model.values import CUT, Formula, Link, Value, WriteError, fitted, sealed
from icsassess.excel.writing.page_setup import Printed
from icsassess.excel.writing.streaming.row_heights import Room, points_needed
from icsassess.excel.writing.streaming.rows import LongRows

if TYPE_CHECKING:
    from icsassess.excel.writing.workbook import Book

__all__ = [
    "CUT",
    "LONGEST_TEXT",
    "Column",
    "Formula",
    "Link",
    "SheetWriter",
    "Value",
    "WriteError",
    "column_range",
    "fitted",
    "place",
    "quoted",
    "sealed",
]


class SheetWriter(Asking, Printed):
    """One sheet of a :class:`icsassess.excel.writing.workbook.Book`; rows and columns count from 1, as people do."""

    def __init__(self, book: Book, worksheet: Worksheet, title: str) -> None:
        self.book = book
        self.worksheet = worksheet
        self.title = title
        self._texts: dict[int, list[tuple[int, str, Look]]] = {}
        self._widths: dict[int, float] = {}
        self._least: dict[int, float] = {}
        self._fixed: set[int] = set()
        self.long_rows: LongRows | None = None

    def put(self, row: int, column: int, value: Value, look: Look = looks.PLAIN) -> None:
        """Write one value. Text is always written as text; only :class:`Formula` becomes a formula."""
        if self.book.sealed:
            value = sealed(value)
        self._remember(row, column, value, look)
        self._check_place(row, column)
        row, column, form = row - 1, column - 1, self.book.format(look)
        sheet = self.worksheet
        if value is None or value == "":
            code = sheet.write_blank(row, column, None, form)
        elif isinstance(value, str):
            code = self._write_text(row, column, fitted(value), form)
        elif isinstance(value, Formula):
            code = sheet.write_formula(row, column, value.text, form, value.value)
        elif isinstance(value, Link):
            code = sheet.write_url(row, column, f"internal:{value.place}", form, fitted(value.text))
        elif isinstance(value, datetime.date):
            code = sheet.write_datetime(row, column, datetime.datetime.combine(value, datetime.time()), form)
        else:
            code = sheet.write_number(row, column, value, form)
        if code:
            raise WriteError(f"{self.title}!{address(row + 1, column + 1)}: xlsxwriter answered {code}")

    def _check_place(self, row: int, column: int) -> None:
        if self.worksheet.left_out and self.worksheet.left_out[0] < row <= self.worksheet.left_out[1] + 1:
            raise WriteError(f"{self.title}!{address(row, column)}: the rows of the table are written already")

    def _write_text(self, row: int, column: int, text: str, form: Format) -> Any:
        if text.startswith("<r>") and text.endswith("</r>"):
            # xlsxwriter would take this for its own XML of a text in several looks; in pieces it is text.
            return self.worksheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], form)
        return self.worksheet.write_string(row, column, text, form)

    def put_row(self, row: int, column: int, values: Iterable[Value], look: Look = looks.PLAIN) -> None:
        """Write values side by side, from this column on."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, look)

    def note(self, row: int, column: int, text: str, lines: int = 6) -> None:
        """Put a note on a cell, high enough for so many ``lines`` of about 45 characters."""
        self.worksheet.write_comment(
            row - 1,
            column - 1,
            fitted(text),
            {"font_name": looks.FONT, "font_size": 11, "x_scale": 2.4, "y_scale": 1.4 * lines / 6},
        )

    def widths(self, widths: Sequence[float], first: int = 1) -> None:
        """Set the columns' widths, in characters, from column ``first`` on."""
        for offset, width in enumerate(widths):
            self._widths[first + offset] = width
            self.worksheet.set_column(first - 1 + offset, first - 1 + offset, width, self.book.format(looks.PLAIN))

    def height(self, row: int, points: float) -> None:
        """Set a row's height in points for good; rows that are not set are as high as their text and grow with it."""
        self._fixed.add(row)
        self.worksheet.set_row(row - 1, points)

    def at_least(self, row: int, points: float) -> None:
        """Begin with a row at least this high, in points; it grows with its text."""
        self._least[row] = points

    def _remember(self, row: int, column: int, value: Value, look: Look) -> None:
        shown = value.value if isinstance(value, Formula) else value.text if isinstance(value, Link) else value
        if (isinstance(shown, str) and shown) or look.size > looks.PLAIN.size:
            self._texts.setdefault(row, []).append((column, str(shown or ""), look))

    def settle_heights(self) -> None:
        """Give each row the height its text needs, for programs that do not work it out; as the book closes."""
        usual = points_needed("", 1, looks.PLAIN)
        rooms: dict[tuple[int, Look], Room] = {}
        growing = set()
        for row in sorted(({*self._texts, *self._least} - self._fixed).difference(self._rows_left_out())):
            needed = [self._least.get(row, 0)]
            for column, text, look in self._texts.get(row, []):
                if (room := rooms.get((column, look))) is None:
                    room = rooms[column, look] = Room(self._widths.get(column, 9), look)
                needed.append(room.points(text))
            if (points := max(needed)) > usual:
                self.worksheet.set_row(row - 1, points)
                growing.add(row - 1)
        self.worksheet.growing = frozenset(growing)

    def _rows_left_out(self) -> range:
        left_out = self.worksheet.left_out
        return range(left_out[0] + 1, left_out[1] + 2) if left_out else range(0)

    def table(
        self,
        name: str,
        row: int,
        columns: Sequence[Column],
        rows: Collection[Sequence[Value]],
        looks_of: Mapping[tuple[int, int], Look] | None = None,
        filtered: bool = True,
        long: bool = False,
    ) -> int:
        """Write an Excel table with its headings in ``row``; give the number of its last row.

        A table without rows gets one empty row, as Excel needs it. ``looks_of`` gives the look of single cells, by
        (number of the row in ``rows``, number of the column), both from 0. ``filtered`` puts a filter on the headings.
        A ``long`` table may have any number of rows, but no links: its rows are gone through once, as the book closes,
        and nothing else can be put into them.
        """
        special = looks_of or {}
        self.widths([column.width for column in columns])
        if self.book.sealed:
            columns = [column._replace(calculated="") for column in columns]
            rows = [[sealed(value) for value in values] for values in rows]
            long = long and not any(isinstance(value, Link) for values in rows for value in values)
        last = row + max(len(rows), 1)
        if long and len(rows):
            self._begin_long_rows(row + 1, last, columns, rows, special)
        else:
            for number, values in enumerate(rows or [[None] * len(columns)]):
                for offset, (column, value) in enumerate(zip(columns, values, strict=True)):
                    self.put(row + 1 + number, 1 + offset, value, special.get((number, offset), column.look))
        headings = [
            {"header": column.title, "header_format": self.book.format(column.heading), "formula": column.calculated}
            for column in columns
        ]
        # Banding and a table style would fight with the cells' own looks.
        options = {"name": name, "columns": headings, "style": None, "autofilter": filtered}
        # xlsxwriter remembers every cell of a table, by the million: a long one is told of only one row.
        self.worksheet.add_table(row - 1, 0, (row if self.long_rows else last - 1), len(columns) - 1, options)
        if self.long_rows:
            whole = f"A{row}:{address(last, len(columns))}"
            made = self.worksheet.tables[-1]
            made.update({key: whole for key in ("range", "a_range", "autofilter") if made.get(key)})
        for offset, column in enumerate(columns):
            self.put(row, 1 + offset, column.title, column.heading)
            if column.calculated and self.long_rows is None:  # xlsxwriter has just written it without values
                for number, values in enumerate(rows):
                    self.put(row + 1 + number, 1 + offset, values[offset], special.get((number, offset), column.look))
        return last

    def _begin_long_rows(
        self,
        first: int,
        last: int,
        columns: Sequence[Column],
        rows: Collection[Sequence[Value]],
        special: Mapping[tuple[int, int], Look],
    ) -> None:
        self.worksheet._check_dimensions(first - 1, 0)
        if self.worksheet._check_dimensions(last - 1, len(columns) - 1):
            raise WriteError(f"{self.title}: a sheet has no room for {len(rows):,} rows")
        self.worksheet.left_out = (first - 1, last - 1)
        self.long_rows = LongRows(
            first_row=first,
            rows=rows,
            rooms=[Room(column.width, column.look) for column in columns],
            styles=[self.book.format(column.look)._get_xf_index() for column in columns],
            special={place: self.book.format(look)._get_xf_index() for place, look in special.items()},
            least=self._least,
        )

    def colour_words(
        self,
        first_row: int,
        first_column: int,
        last_row: int,
        last_column: int,
        fills: Mapping[str, str],
        *,
        beginning: bool = False,
    ) -> None:
        """Fill cells by the word they hold, or begin with, so that the colour follows what people type."""
        for word, fill in fills.items():
            form = self.book.conditional(fill)
            begins = {"type": "text", "criteria": "begins with", "value": word, "format": form}
            equals = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
            self.worksheet.conditional_format(
                first_row - 1, first_column - 1, last_row - 1, last_column - 1, begins if beginning else equals
            )

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep the rows above ``row`` and the columns left of ``column`` in sight."""
        self.worksheet.freeze_panes(row - 1, column - 1)
