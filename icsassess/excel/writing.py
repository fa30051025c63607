"""Writing a workbook so that text stays text, formulas carry their values, and the same input gives the same bytes."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from icsassess.excel import looks
from icsassess.excel.addresses import address
from icsassess.excel.long_tables import MARK, LongRows, with_rows
from icsassess.excel.looks import Look
from icsassess.excel.row_heights import Room, points_needed
from icsassess.excel.values import CUT, LONGEST_TEXT, Formula, Link, Value, WriteError, fitted, sealed
from icsassess.text import clean, clip

__all__ = [
    "CUT",
    "LONGEST_TEXT",
    "Book",
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

# Functions that xlsxwriter has no newer name for: a formula with these alone is written as it stands.
_PLAIN_FUNCTIONS = frozenset(
    (
        *("AND", "COUNTA", "COUNTIF", "COUNTIFS", "HYPERLINK", "IF", "IFERROR", "INDEX", "ISNUMBER", "MATCH", "MID"),
        *("MMULT", "NOT", "OR", "SEARCH", "SUM", "SUMPRODUCT", "TRIM", "TRUE"),
    )
)
_FUNCTION = re.compile(r"([\w.]+)\(")


class Column(NamedTuple):
    """A table's column: its title, width in characters, and looks.

    ``choices`` are offered as a drop-down list; ``prompt`` is shown when a cell is chosen. ``calculated`` is the
    formula (with its leading ``=``) that Excel puts into the rows people add; rows written have their own values.
    """

    title: str
    width: float
    look: Look = looks.CELL
    heading: Look = looks.HEADING
    choices: tuple[str, ...] = ()
    prompt: str = ""
    is_date: bool = False
    calculated: str = ""


def column_range(sheet: str, first_row: int, last_row: int, column: int) -> str:
    """Give a range of one column for a formula, such as ``'Heat map'!$C$5:$C$21``; rows and columns from 1."""
    letter = address(1, column)[:-1]
    return f"{quoted(sheet)}!${letter}${first_row}:${letter}${last_row}"


def place(sheet: str, row: int, column: int) -> str:
    """Give a cell of a sheet for a link or a formula, such as ``'Heat map'!C5``; rows and columns from 1."""
    return f"{quoted(sheet)}!{address(row, column)}"


def quoted(sheet: str) -> str:
    """Give a sheet's title as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


class GrowingWorksheet(Worksheet):  # type: ignore[misc, unused-ignore]
    """A worksheet whose rows in ``growing`` (from 0) have a height to begin with, not a fixed one.

    ``left_out`` are rows (from 0, first and last) that somebody else puts in: where they belong a mark is left.
    """

    growing: frozenset[int] = frozenset()
    left_out: tuple[int, int] | None = None
    dim_rowmin: Any
    dim_rowmax: Any
    _row_grows = False

    def _write_rows(self) -> None:
        if self.left_out is None:
            super()._write_rows()
            return
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self.left_out[0] - 1
        super()._write_rows()
        self.fh.write(MARK)
        self.dim_rowmin, self.dim_rowmax = self.left_out[1] + 1, last
        super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = first, last

    def _prepare_formula(self, formula: str, *arguments: Any, **named: Any) -> Any:
        # xlsxwriter looks for each newer function in each formula, which takes longer than all the rest of writing it.
        if not formula.startswith("{") and _PLAIN_FUNCTIONS.issuperset(_FUNCTION.findall(formula)):
            return formula.removeprefix("=")
        return super()._prepare_formula(formula, *arguments, **named)

    def _write_row(self, row: int, *arguments: Any, **named: Any) -> None:
        self._row_grows = row in self.growing
        super()._write_row(row, *arguments, **named)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._not_by_hand(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._not_by_hand(tag, attributes))

    def _not_by_hand(self, tag: str, attributes: Any) -> Any:
        # xlsxwriter marks every height as set by hand; Excel and LibreOffice then leave the row alone for ever.
        if tag == "row" and self._row_grows:
            return [(name, value) for name, value in attributes if name != "customHeight"]
        return attributes


class SheetWriter:
    """One sheet of a :class:`Book`; rows and columns count from 1, as people count them."""

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

    def offer(self, first_row: int, last_row: int, columns: Sequence[Column]) -> None:
        """Give the cells of a table, and the room below it, the drop-down lists and prompts of its columns."""
        for offset, column in enumerate(columns):
            if column.choices:
                self.choices(first_row, last_row, 1 + offset, column.choices, column.title, column.prompt)
            elif column.is_date:
                self.dates(first_row, last_row, 1 + offset, column.title, column.prompt)
            elif column.prompt:
                self.prompt(first_row, last_row, 1 + offset, column.title, column.prompt)

    def choices(
        self, first_row: int, last_row: int, column: int, choices: Sequence[str], title: str, prompt: str
    ) -> None:
        """Offer a drop-down list; another answer is asked about and then accepted."""
        self._validate(
            first_row,
            last_row,
            column,
            title,
            prompt,
            {
                "validate": "list",
                "source": list(choices),
                "error_message": f"Please choose one of: {', '.join(choices)}.",
            },
        )

    def dates(self, first_row: int, last_row: int, column: int, title: str, prompt: str) -> None:
        """Ask for a date between 2000 and 2099; another answer is asked about and then accepted."""
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": datetime.date(2000, 1, 1),
            "maximum": datetime.date(2099, 12, 31),
        }
        self._validate(
            first_row,
            last_row,
            column,
            title,
            prompt,
            {**rule, "error_message": "Please type a date, day first, for example 14/11/2023."},
        )

    def prompt(self, first_row: int, last_row: int, column: int, title: str, prompt: str) -> None:
        """Show a prompt when a cell is chosen."""
        self._validate(first_row, last_row, column, title, prompt, {"validate": "any"})

    def _validate(
        self, first_row: int, last_row: int, column: int, title: str, prompt: str, rule: dict[str, Any]
    ) -> None:
        shown = {"input_title": title[:32], "input_message": prompt[:255]} if prompt else {}
        told = {"error_title": title[:32], "error_type": "warning"} if "error_message" in rule else {}
        self.worksheet.data_validation(first_row - 1, column - 1, last_row - 1, column - 1, {**rule, **told, **shown})

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

    def printed(
        self,
        *,
        repeat: tuple[int, int] | None = None,
        breaks: Sequence[int] = (),
        pages_tall: int = 0,
        landscape: bool = True,
        paper: int = 9,
        titled: bool = False,
    ) -> None:
        """Set up the paper: one page wide, headings repeated, page numbers, a break above each row of ``breaks``.

        ``paper`` is Excel's number for its size, 9 for A4. A ``titled`` page has the sheet's title in its header.
        """
        sheet, marking = self.worksheet, clip(self.book.marking, 50).replace("&", "&&")
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, pages_tall)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        # Excel takes no header over 255 characters; the size stands before the type, or it would run into a digit.
        heading = clip(f"{self.title} – {self.book.heading}" if titled else self.book.heading, 90).replace("&", "&&")
        kind = f'&12&"{looks.FONT},Bold"' if titled else f'&10&"{looks.FONT}"'
        sheet.set_header(f'&L{kind}{heading}&R&10&"{looks.FONT},Bold"{marking}')
        title = self.title.replace("&", "&&")
        sheet.set_footer(
            f'&L&10&"{looks.FONT}"{title}&C&10&"{looks.FONT},Bold"{marking}&R&10&"{looks.FONT}"Page &P of &N'
        )
        if repeat:
            sheet.repeat_rows(repeat[0] - 1, repeat[1] - 1)
        if breaks:
            sheet.set_h_pagebreaks([row - 1 for row in breaks])


@dataclass
class Book:
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
        default = self._book.formats[0]
        default.set_font_name(looks.FONT)
        default.set_font_size(11)
        self._book.set_size(28_000, 16_000)
        self._formats: dict[Look, Format] = {}
        self._sheets: list[SheetWriter] = []
        self._conditional: dict[str, Format] = {}

    @property
    def xlsxwriter_book(self) -> xlsxwriter.Workbook:
        """The workbook underneath, for charts."""
        return self._book

    def format(self, look: Look) -> Format:
        """Give the format of a look; each is made once."""
        if (known := self._formats.get(look)) is None:
            known = self._formats[look] = self._book.add_format(look.xlsxwriter_properties())
        return known

    def conditional(self, fill: str) -> Format:
        """Give the format that a condition puts over a cell: a fill and black text."""
        if fill not in self._conditional:
            self._conditional[fill] = self._book.add_format({"bg_color": f"#{fill}", "font_color": "#000000"})
        return self._conditional[fill]

    def sheet(self, title: str, tab: str | None = None) -> SheetWriter:
        """Add a sheet at the end; ``tab`` is its tab's colour."""
        worksheet = self._book.add_worksheet(title, GrowingWorksheet)
        worksheet.hide_gridlines(2)
        if tab:
            worksheet.set_tab_color(f"#{tab}")
        self._sheets.append(SheetWriter(self, worksheet, title))
        return self._sheets[-1]

    def name(self, name: str, reference: str) -> None:
        """Give a place a name that formulas can use."""
        self._book.define_name(name, reference)

    def finished(self) -> bytes:
        """Close the workbook and give its bytes."""
        made = io.BytesIO()
        self.finish(made)
        return made.getvalue()

    def finish(self, into: BinaryIO) -> None:
        """Close the workbook and write it into a file."""
        for sheet in self._sheets:
            sheet.settle_heights()
        self._book.close()
        long = {
            f"xl/worksheets/sheet{number}.xml": sheet.long_rows
            for number, sheet in enumerate(self._sheets, 1)
            if sheet.long_rows is not None
        }
        with_rows(self._buffer, into, long, looks.LANGUAGE)
