"""Writing a sheet so that text stays text, formulas carry their values, and rows are as high as their text."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format

from icsassess.excel.cells.addresses import address, cell_reference, column_range, quoted
from icsassess.excel.writing.data_validation import DataValidation
from icsassess.excel.writing.formats import Formats
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.model.values import Column, Formula, Link, Value, WriteError, fitted, sealed
from icsassess.excel.writing.page_setup import PageSetup
from icsassess.excel.writing.sheet_heights import SheetHeights
from icsassess.excel.writing.streaming.row_heights import Room
from icsassess.excel.writing.streaming.rows import StreamedRows
from icsassess.excel.writing.streaming.worksheet import GrowingWorksheet

__all__ = ["Column", "Formula", "Link", "SheetWriter", "Value", "cell_reference", "column_range", "quoted"]


class SheetWriter:
    """One sheet of a workbook; rows and columns count from 1, as people do.

    ``validation`` adds drop-down lists and prompts, ``page`` sets up the paper, ``formats`` are the workbook's.
    """

    def __init__(
        self, worksheet: GrowingWorksheet, title: str, formats: Formats, page: PageSetup, *, is_sealed: bool = False
    ) -> None:
        self.worksheet = worksheet
        self.title = title
        self.formats = formats
        self.page = page
        self.validation = DataValidation(worksheet)
        self.streamed_rows: StreamedRows | None = None
        self._is_sealed = is_sealed
        self._heights = SheetHeights(worksheet)

    def put(self, row: int, column: int, value: Value, style: CellStyle = styles.PLAIN) -> None:
        """Write one value. Text is always written as text; only :class:`Formula` becomes a formula."""
        if self._is_sealed:
            value = sealed(value)
        self._heights.add(row, column, _visible(value), style)
        if row in self._rows_streamed():
            raise WriteError(f"{self.title}!{address(row, column)}: the rows of the table are written already")
        row, column, form = row - 1, column - 1, self.formats.of(style)
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

    def _write_text(self, row: int, column: int, text: str, form: Format) -> Any:
        if text.startswith("<r>") and text.endswith("</r>"):
            # xlsxwriter would take this for its own XML of a text in several looks; in pieces it is text.
            return self.worksheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], form)
        return self.worksheet.write_string(row, column, text, form)

    def note(self, row: int, column: int, text: str, lines: int = 6) -> None:
        """Put a note on a cell, high enough for so many ``lines`` of about 45 characters."""
        self.worksheet.write_comment(
            row - 1,
            column - 1,
            fitted(text),
            {"font_name": styles.FONT, "font_size": 11, "x_scale": 2.4, "y_scale": 1.4 * lines / 6},
        )

    def widths(self, widths: Sequence[float], first: int = 1) -> None:
        """Set the columns' widths, in characters, from column ``first`` on."""
        for offset, width in enumerate(widths):
            self._heights.widths[first + offset] = width
            self.worksheet.set_column(first - 1 + offset, first - 1 + offset, width, self.formats.of(styles.PLAIN))

    def height(self, row: int, points: float) -> None:
        """Set a row's height in points for good; rows that are not set are as high as their text and grow with it."""
        self._heights.fix(row, points)

    def minimum_height(self, row: int, points: float) -> None:
        """Begin with a row at least this high, in points; it grows with its text."""
        self._heights.least[row] = points

    def settle_heights(self) -> None:
        """Give each row the height its text needs; as the workbook closes."""
        self._heights.settle(excluded=self._rows_streamed())

    def _rows_streamed(self) -> range:
        streamed = self.worksheet.streamed_range
        return range(streamed[0] + 1, streamed[1] + 2) if streamed else range(0)

    def table(
        self,
        name: str,
        row: int,
        columns: Sequence[Column],
        rows: Collection[Sequence[Value]],
        styles_by_cell: Mapping[tuple[int, int], CellStyle] | None = None,
        filtered: bool = True,
        long: bool = False,
    ) -> int:
        """Write an Excel table with its headings in ``row``; give the number of its last row.

        A table without rows gets one empty row, as Excel needs it. ``styles_by_cell`` gives the style of single
        cells, by (number of the row in ``rows``, number of the column), both from 0. ``filtered`` puts a filter on the
        headings.
        A ``long`` table may have any number of rows, but no links: its rows are gone through once, as the book closes,
        and nothing else can be put into them.
        """
        special = styles_by_cell or {}
        self.widths([column.width for column in columns])
        if self._is_sealed:
            columns = [column._replace(calculated="") for column in columns]
            rows = [[sealed(value) for value in values] for values in rows]
            long = long and not any(isinstance(value, Link) for values in rows for value in values)
        last = row + max(len(rows), 1)
        if long and len(rows):
            self._stream_rows(row + 1, last, columns, rows, special)
        else:
            for number, values in enumerate(rows or [[None] * len(columns)]):
                for offset, (column, value) in enumerate(zip(columns, values, strict=True)):
                    self.put(row + 1 + number, 1 + offset, value, special.get((number, offset), column.style))
        headings = [
            {"header": column.title, "header_format": self.formats.of(column.heading), "formula": column.calculated}
            for column in columns
        ]
        # Banding and a table style would fight with the cells' own styles.
        options = {"name": name, "columns": headings, "style": None, "autofilter": filtered}
        # xlsxwriter remembers every cell of a table, by the million: of a long one it gets only one row.
        self.worksheet.add_table(row - 1, 0, (row if self.streamed_rows else last - 1), len(columns) - 1, options)
        if self.streamed_rows:
            whole = f"A{row}:{address(last, len(columns))}"
            table = self.worksheet.tables[-1]
            table.update({key: whole for key in ("range", "a_range", "autofilter") if table.get(key)})
        for offset, column in enumerate(columns):
            self.put(row, 1 + offset, column.title, column.heading)
            if column.calculated and self.streamed_rows is None:  # xlsxwriter has just written it without values
                for number, values in enumerate(rows):
                    self.put(row + 1 + number, 1 + offset, values[offset], special.get((number, offset), column.style))
        return last

    def _stream_rows(
        self,
        first: int,
        last: int,
        columns: Sequence[Column],
        rows: Collection[Sequence[Value]],
        special: Mapping[tuple[int, int], CellStyle],
    ) -> None:
        self.worksheet._check_dimensions(first - 1, 0)
        if self.worksheet._check_dimensions(last - 1, len(columns) - 1):
            raise WriteError(f"{self.title}: a sheet has no room for {len(rows):,} rows")
        self.worksheet.streamed_range = (first - 1, last - 1)
        self.streamed_rows = StreamedRows(
            first_row=first,
            rows=rows,
            rooms=[Room(column.width, column.style) for column in columns],
            formats=[self.formats.of(column.style)._get_xf_index() for column in columns],
            special={cell: self.formats.of(style)._get_xf_index() for cell, style in special.items()},
            least=self._heights.least,
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
            form = self.formats.conditional(fill)
            begins = {"type": "text", "criteria": "begins with", "value": word, "format": form}
            equals = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
            self.worksheet.conditional_format(
                first_row - 1, first_column - 1, last_row - 1, last_column - 1, begins if beginning else equals
            )

    def colour_where(
        self,
        first_row: int,
        first_column: int,
        last_row: int,
        last_column: int,
        formula: str,
        fill: str | None = None,
        colour: str = styles.BLACK,
    ) -> None:
        """Fill cells, or colour their text, where a formula is true; it is written as for the first of the rows."""
        rule = {"type": "formula", "criteria": formula, "format": self.formats.conditional(fill, colour)}
        self.worksheet.conditional_format(first_row - 1, first_column - 1, last_row - 1, last_column - 1, rule)

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep the rows above ``row`` and the columns left of ``column`` in sight."""
        self.worksheet.freeze_panes(row - 1, column - 1)


def _visible(value: Value) -> str | float | datetime.date | None:
    return value.value if isinstance(value, Formula) else value.text if isinstance(value, Link) else value
