"""One sheet of an OpenDocument spreadsheet, put together row by row."""

import re
import sys
from dataclasses import dataclass

from icsassess.excel.cells.addresses import LAST_COLUMN, LAST_ROW, Area, address, last_of
from icsassess.excel.cells.dates_and_numbers import Shape, from_iso, from_serial
from icsassess.excel.cells.drawn import Drawn
from icsassess.excel.cells.formulas import link_within
from icsassess.excel.cells.model import Cell, Kind, Look, Sheet, Value
from icsassess.excel.cells.parse_value import number
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.xml import attribute
from icsassess.excel.reading.ods.styles import OdsStyles
from icsassess.excel.reading.ods.text import OdsText

_CELL_BYTES = 320
_DURATION = re.compile(r"(-?)P(?:(\d{1,9})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?")
_FORMULA_PREFIX = re.compile(r"[A-Za-z]{1,10}:=?|=")
_HIDDEN = ("collapse", "filter")


@dataclass(frozen=True, slots=True)
class _Run:
    """A cell that stands for one or more next to each other."""

    first: int
    count: int
    cell: Cell


class OdsSheet:
    """Collects the rows of a sheet."""

    def __init__(self, title: str, hidden: bool, meter: Meter, styles: OdsStyles) -> None:
        self.note = ""
        """The annotation of the cell that is being read."""
        self._title = title
        self._hidden = hidden
        self._meter = meter
        self._styles = styles
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merged: dict[Area, None] = {}
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._column_styles: list[tuple[int, int, str]] = []
        self._columns = 0
        self._filtered = False
        self._row = 0
        self._last_value_row = 0
        self._row_attributes: dict[str, str] = {}
        self._column = 0
        self._runs: list[_Run] = []
        self._attributes: dict[str, str] = {}
        self._cut: list[str] = []
        self._has_far_colours = False

    def add_columns(self, attributes: dict[str, str]) -> None:
        """A column, or many that are alike, begins."""
        count = _count(attributes, "number-columns-repeated")
        first, last = self._columns + 1, min(self._columns + count, LAST_COLUMN)
        self._columns += count
        if first > LAST_COLUMN:
            return
        if attribute(attributes, "visibility") in _HIDDEN:
            self._hidden_columns.append((first, last))
        style = attribute(attributes, "default-cell-style-name")
        if style:
            self._column_styles.append((first, last, style))

    @property
    def place(self) -> tuple[int, int]:
        """The cell that is being read, by row and column."""
        return min(self._row + 1, LAST_ROW), min(self._column + 1, LAST_COLUMN)

    def begin_row(self, attributes: dict[str, str]) -> None:
        """A row, or many that are alike, begins."""
        self._row_attributes = attributes
        self._runs = []
        self._column = 0

    def begin_cell(self, attributes: dict[str, str], covered: bool) -> None:
        """A cell, or many that are alike, begins. A covered one lies under a merged area and may still hold a value."""
        self._attributes = attributes
        self.note = ""
        rows = 1 if covered else _count(attributes, "number-rows-spanned")
        columns = 1 if covered else _count(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            if len(self._merged) >= self._meter.limits.merges:
                raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {self._meter.limits.merges:,} merged areas")
            first_row, first_column = self._row + 1, self._column + 1
            last_row, last_column = min(self._row + rows, LAST_ROW), min(self._column + columns, LAST_COLUMN)
            self._merged[first_row, first_column, last_row, last_column] = None

    def end_cell(self, text: OdsText) -> None:
        """The cell ends, and this is its text."""
        attributes = self._attributes
        first = self._column + 1
        count = _count(attributes, "number-columns-repeated")
        self._column += count
        style = self._styles.look(self._style(attributes, first))
        fill, struck = style.fill, style.struck
        value, kind, formula = _value(attributes, text)
        if value is None and fill is None and not self.note and formula is None:
            return
        link = text.link or (link_within(formula) if formula else None)
        struck = value is not None and (struck or text.struck)
        # The row is not known yet: it may stand for many.
        seen = text.result() if kind is Kind.NUMBER and _is_formatted(text.result()) else None
        look = Look(colour=style.colour, shown=seen) if style.colour or seen else None
        cell = Cell(1, first, value, kind, fill, self.note or None, link, struck, formula, look, text.runs())
        if text.cut:
            self._cut.append(address(self._row + 1, min(first, LAST_COLUMN)))
        self._runs.append(_Run(first, count, cell))

    def _style(self, attributes: dict[str, str], column: int) -> str:
        """Give the name of a cell's style: its own, else the row's, else the column's (ODF 1.3 part 3, 19.607)."""
        name = attributes.get("table:style-name") or attribute(attributes, "style-name")
        name = name or attribute(self._row_attributes, "default-cell-style-name")
        if name:
            return name
        return next((style for first, last, style in self._column_styles if first <= column <= last), "")

    def end_row(self) -> None:
        """The row ends: what it holds is put in its place, as often as it is repeated."""
        count = _count(self._row_attributes, "number-rows-repeated")
        first = self._row + 1
        last = min(first + count - 1, LAST_ROW)
        self._row = first + count - 1
        visibility = attribute(self._row_attributes, "visibility")
        if visibility in _HIDDEN and first <= LAST_ROW:
            self._hidden_rows.append((first, last))
            self._filtered = self._filtered or visibility == "filter"
        if not self._runs:
            return
        if any(_counts(run.cell) for run in self._runs):
            self._last_value_row = last
        else:
            last_near = self._last_value_row + self._meter.limits.blank_rows
            self._has_far_colours = self._has_far_colours or last > last_near
            last = min(last, last_near)
        for row in range(first, last + 1):
            self._put_row(row)

    def _put_row(self, row: int) -> None:
        for run in self._runs:
            most = LAST_COLUMN if _counts(run.cell) else self._meter.limits.blank_columns
            final = min(run.first + run.count - 1, most)
            self._has_far_colours = self._has_far_colours or run.first + run.count - 1 > most
            cell = run.cell
            self._meter.held(max(0, final - run.first + 1) * _CELL_BYTES + sys.getsizeof(cell.value))
            for column in range(run.first, final + 1):
                self._cells[row, column] = cell._replace(row=row, column=column)
        self._meter.check_time()

    def finish(self, remarks: Remarks, drawn: tuple[Drawn, ...] = ()) -> Sheet:
        """Give the sheet."""
        if self._has_far_colours:
            remarks.add(f"sheet {self._title!r}: cells far from any text are coloured but blank (left out)")
        if self._cut:
            remarks.add(f"sheet {self._title!r}: {', '.join(self._cut[:3])} has a text too long to be read whole")
        last_row, last_column = last_of(self._cells)
        return Sheet(
            self._title,
            self._cells,
            tuple(self._merged),
            self._hidden,
            _unfolded(self._hidden_rows, last_row),
            _unfolded(self._hidden_columns, last_column),
            self._filtered,
            drawn=drawn,
        )


_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)?(?:\.\d*[1-9])?(?:E[+-]?\d+)?")


def _is_formatted(text: str) -> bool:
    """Say whether a number is shown with more than its digits: a sign of money, per cent, words, zeros in front."""
    return bool(text) and _PLAIN_NUMBER.fullmatch(text) is None


def _counts(cell: Cell) -> bool:
    """Say whether a cell holds more than a colour."""
    return cell.value is not None or cell.note is not None


def _unfolded(ranges: list[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(place for first, final in ranges for place in range(first, min(final, last) + 1))


def _count(attributes: dict[str, str], name: str) -> int:
    """Give a count of repeats, 1 where there is none; more than a sheet has rows count as that many."""
    text = (attribute(attributes, name) or "1").strip()
    return max(1, min(int(text), LAST_ROW)) if text.isdecimal() and len(text) < 12 else 1


def _value(attributes: dict[str, str], content: OdsText) -> tuple[Value, Kind, str | None]:
    """Give (value, kind, formula) of a cell (ODF 1.3 part 3, 19.385)."""
    text = content.result()
    formula = attribute(attributes, "formula")
    if formula is not None:
        formula = _FORMULA_PREFIX.sub("", formula, count=1)
    sort = attributes.get("office:value-type") or attribute(attributes, "value-type")
    # LibreOffice marks errors in a namespace of its own; for others they are texts.
    if any(key.endswith(":value-type") and value_type == "error" for key, value_type in attributes.items()):
        return text or "#VALUE!", Kind.ERROR, formula
    if sort is None and not text and not content.has_paragraph():
        return (None, Kind.EMPTY, None) if formula is None else ("=" + formula, Kind.NOT_CALCULATED, None)
    value, kind = _typed(attributes, sort or "string", text)
    return (None, Kind.EMPTY, formula) if value == "" else (value, kind, formula)


def _typed(attributes: dict[str, str], sort: str, text: str) -> tuple[Value, Kind]:
    if sort in ("float", "percentage", "currency"):
        amount = number((attributes.get("office:value") or attribute(attributes, "value") or "").strip())
        return (text, Kind.TEXT) if amount is None else (amount, Kind.NUMBER)
    if sort == "boolean":
        return attribute(attributes, "boolean-value") == "true", Kind.BOOLEAN
    if sort == "date":
        moment = from_iso(attribute(attributes, "date-value") or "")
        return (text, Kind.TEXT) if moment is None else (moment, Kind.DATE)
    if sort == "time":
        days = _days(attribute(attributes, "time-value") or "")
        if days is None:
            return text, Kind.TEXT
        time = from_serial(days, Shape.DURATION, from_1904=False)
        return (days, Kind.NUMBER) if time is None else (time, Kind.DATE)
    return attribute(attributes, "string-value") or text, Kind.TEXT


def _days(duration: str) -> float | None:
    """Give the days of a duration such as 'PT09H15M00S'."""
    match = _DURATION.fullmatch(duration.strip())
    if match is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    total = days + hours / 24 + minutes / 1440 + seconds / 86_400
    return -total if match[1] else total
