"""What a workbook holds once it has been read: cells, sheets and the workbook around them."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from typing import NamedTuple

from icsassess.excel.cells import addresses
from icsassess.excel.cells.conditions import Conditions, values_of
from icsassess.excel.cells.drawn import Drawn
from icsassess.excel.cells.number_formats import shown_number, shown_text

Value = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | None
"""What a cell can hold. A number without a fraction is an int."""


class Kind(enum.StrEnum):
    """What sort of value a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    """A date, a date with a time, or a time of day."""
    BOOLEAN = "boolean"
    ERROR = "error"
    """An Excel error; the value is its text, such as '#REF!'."""
    NOT_CALCULATED = "not calculated"
    """A formula without a stored result; the value is the formula's text with a leading '='."""
    EMPTY = "empty"
    """No value, but a colour, a note, a link, or a formula whose result is empty text."""


class Look(NamedTuple):
    """What a cell's format makes of its value: a number format, the font's colour and name."""

    code: str = ""
    """A number format such as '0%' that is not the general one."""
    colour: str | None = None
    """The font's colour as 'RRGGBB'; None for black."""
    font: str = ""
    """The name of a font of symbols, such as 'Wingdings'."""
    shown: str | None = None
    """What the file itself says is shown."""


class Run(NamedTuple):
    """A part of a text with a font of its own."""

    text: str
    struck: bool
    strong: bool
    """Whether it is bold, underlined or coloured."""
    size: float


class Cell(NamedTuple):
    """One cell. Rows and columns count from 1.

    A tuple, because a return has thousands of them and nothing is made faster.
    """

    row: int
    column: int
    value: Value
    kind: Kind
    fill: str | None = None
    """The colour of a solid fill as 'RRGGBB'; None without a fill or for white."""
    note: str | None = None
    """The text of the note, or all texts of a comment thread, one after the other."""
    link: str | None = None
    """Where a link leads, if it leads out of the workbook."""
    struck: bool = False
    """Whether the text, or a part of it, is struck through."""
    formula: str | None = None
    """The formula without '=' that gave the value."""
    look: Look | None = None
    """What a number format or a font makes of the value; None for plain ones."""
    runs: tuple[Run, ...] | None = None
    """The parts of a text whose fonts differ."""

    @property
    def address(self) -> str:
        """The cell's address, such as 'H14'."""
        return addresses.address(self.row, self.column)


def as_text(cell: Cell) -> str:
    """Give what a cell shows as text: dates as ISO, numbers without a needless fraction."""
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.time()
            else value.isoformat(sep=" ", timespec="minutes")
        )
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"  # as many digits as Excel keeps: 0.3 and not 0.30000000000000004
    return "" if value is None else str(value)


def shown(cell: Cell) -> str:
    """Give what a cell shows as text, with its number format: 0.85 as '85%'. Dates stay ISO."""
    look, value = cell.look, cell.value
    if look is None:
        return as_text(cell)
    if look.shown is not None:
        return look.shown
    if look.code and cell.kind is Kind.NUMBER and isinstance(value, int | float):
        text = shown_number(value, look.code)
        return as_text(cell) if text is None else text
    if look.code and cell.kind is Kind.TEXT and isinstance(value, str):
        return shown_text(value, look.code) or value
    return as_text(cell)


class Sheet(NamedTuple):
    """One worksheet: only cells with a value, a note, a link or a colour are held."""

    title: str
    cells: Mapping[tuple[int, int], Cell]
    """By (row, column)."""
    merged: tuple[tuple[int, int, int, int], ...]
    """Merged areas: (first row, first column, last row, last column)."""
    hidden: bool
    hidden_rows: frozenset[int]
    """Hidden rows, as far down as there are cells."""
    hidden_columns: frozenset[int]
    """Hidden columns, as far to the right as there are cells."""
    filtered: bool
    """Whether a filter is on, so that some rows may be out of sight."""
    conditions: Conditions | None = None
    """Rules that colour cells by what stands in them."""
    drawn: tuple[Drawn, ...] = ()
    """What is drawn over the cells."""
    margins: tuple[str, ...] = ()
    """What the headers and footers of printed pages say, without codes."""

    def fill_by_condition(self, row: int, column: int) -> str | None:
        """Give the colour that a conditional format gives a cell, None for none."""
        if self.conditions is None:
            return None
        return self.conditions.fill_of(row, column, values_of(self.cells))

    def text(self, row: int, column: int) -> str:
        """Give a cell's value as text; '' if it has none."""
        cell = self.cells.get((row, column))
        return "" if cell is None or cell.value is None else str(cell.value)


class Workbook(NamedTuple):
    """A workbook as it was read."""

    kind: str
    """'xlsx', 'xlsm', 'xls', 'xlsb' or 'ods': what the bytes say, not the name."""
    sheets: tuple[Sheet, ...]
    """Worksheets in the order of their tabs."""
    properties: Mapping[str, str]
    """Document properties by name: 'title', 'creator', 'created', 'company', ..."""
    custom_properties: Mapping[str, str]
    has_macros: bool
    external_links: tuple[str, ...]
    """Other workbooks that formulas refer to. They are never opened."""
    other_sheets: tuple[str, ...]
    """Titles of chart, dialog and macro sheets, which hold no cells to read."""
    remarks: tuple[str, ...]
    """What was odd about the file and could matter, in plain words."""
