"""A table put together cell by cell, counted against the limits of a file."""

import sys

from icsassess.excel.cells.addresses import Area
from icsassess.excel.cells.model import Cell, Kind, Sheet
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter

_CELL_BYTES = 320
"""About what a cell takes: itself, its place and its share of the dictionary."""


class Grid:
    """A sheet in the making. Every method raises Unreadable where the file costs too much."""

    def __init__(self, title: str, meter: Meter, counted: list[int]) -> None:
        """``counted`` holds one number: the cells of all sheets of the file so far."""
        self.title = title[:255]
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.is_hidden = False
        self._meter = meter
        self._counted = counted

    def add(self, cell: Cell) -> None:
        """Add a cell, unless nothing stands in it and nothing shows."""
        if cell.value in (None, "") and cell.fill is None and cell.note is None and cell.link is None:
            return
        if cell.value == "":
            cell = cell._replace(value=None, kind=Kind.EMPTY)
        self._counted[0] += 1
        limits = self._meter.limits
        if self._counted[0] > limits.cells:
            raise Unreadable(Reason.TOO_LARGE, f"it has more than {limits.cells:,} cells")
        if self._counted[0] % 1_000 == 0:
            self._meter.check_time()
        self._meter.held(_CELL_BYTES + (sys.getsizeof(cell.value) if isinstance(cell.value, str) else 0))
        self.cells[cell.row, cell.column] = cell

    def add_text(self, row: int, column: int, text: str) -> None:
        """Add a cell with nothing but text."""
        self.add(Cell(row, column, text[: self._meter.limits.text_characters], Kind.TEXT))

    def merge(self, area: Area) -> None:
        """Take down a merged area."""
        if area[:2] != area[2:] and len(self.merged) < self._meter.limits.merges:
            self.merged.append(area)

    def finish(self) -> Sheet:
        """Give the sheet."""
        return Sheet(
            self.title,
            self.cells,
            tuple(self.merged),
            self.is_hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            False,
        )
