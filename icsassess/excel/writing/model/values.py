"""What can be written into a cell, and what is said of a table's column before it is written."""

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

from icsassess.excel.cells.excel_limits import LONGEST_TEXT
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.support.text import clean

CUT = " […]"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (with its leading ``=``) and the value it has now; the two are equal after a recalculation."""

    text: str
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place in this workbook, such as ``'Heat map'!A1``, and the text that is shown."""

    place: str
    text: str


Value = str | int | float | datetime.date | Formula | Link | None


_LINK_FORMULA = re.compile(r'=HYPERLINK\("#([^"]+)","(?:[^"]|"")*"\)')


class Column(NamedTuple):
    """A table's column: its title, width in characters, and style.

    ``choices`` are offered as a drop-down list; ``prompt`` is shown when a cell is chosen. ``calculated`` is the
    formula (with its leading ``=``) that Excel puts into the rows people add; rows written have their own values.
    """

    title: str
    width: float
    style: CellStyle = styles.CELL
    heading: CellStyle = styles.HEADING
    choices: tuple[str, ...] = ()
    prompt: str = ""
    is_date: bool = False
    calculated: str = ""


class WriteError(Exception):
    """A value could not be written: a mistake in the program, never in somebody's file."""


def sealed(value: Value) -> Value:
    """Give what a formula shows now in its place, so that it never changes again; a link to a fixed place stays one."""
    if not isinstance(value, Formula):
        return value
    link = _LINK_FORMULA.fullmatch(value.text)
    return Link(link.group(1), str(value.value)) if link else value.value


def fitted(text: str) -> str:
    """Give the text without characters Excel cannot hold, cut with a mark where it is longer than a cell can hold."""
    text = clean(text)
    if len(text) * 2 <= LONGEST_TEXT:  # a character takes two units at most; xlsxwriter would cut silently
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST_TEXT:
        return text
    room = (LONGEST_TEXT - len(CUT)) * 2
    return units[:room].decode("utf-16-le", errors="ignore") + CUT
