"""What is said of a table's column before it is written."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle


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
