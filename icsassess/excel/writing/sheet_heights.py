"""How high the rows of a sheet are: as high as their text, at least so high, or so high for good."""

import datetime
from collections.abc import Container

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.streaming.row_heights import Room, points_needed
from icsassess.excel.writing.streaming.worksheet import GrowingWorksheet

_USUAL_WIDTH = 9  # characters of a column that nobody set


class SheetHeights:
    """Collects what stands in the rows of a sheet; rows and columns count from 1, heights are in points."""

    def __init__(self, worksheet: GrowingWorksheet) -> None:
        self._worksheet = worksheet
        self._texts: dict[int, list[tuple[int, str, CellStyle]]] = {}
        self._fixed: set[int] = set()
        self.widths: dict[int, float] = {}
        """The width of each column, in characters."""
        self.least: dict[int, float] = {}
        """How high rows are at least."""

    def fix(self, row: int, points: float) -> None:
        """Set a row's height for good."""
        self._fixed.add(row)
        self._worksheet.set_row(row - 1, points)

    def add(self, row: int, column: int, visible: str | float | datetime.date | None, style: CellStyle) -> None:
        """Let a row be as high as what a cell shows needs in this style."""
        if (isinstance(visible, str) and visible) or style.size > styles.PLAIN.size:
            self._texts.setdefault(row, []).append((column, str(visible or ""), style))

    def settle(self, excluded: Container[int]) -> None:
        """Give each row but the excluded ones the height its text needs, for programs that do not work it out."""
        usual = points_needed("", 1, styles.PLAIN)
        rooms: dict[tuple[int, CellStyle], Room] = {}
        growing = set()
        for row in sorted({*self._texts, *self.least} - self._fixed):
            if row in excluded:
                continue
            needed = [self.least.get(row, 0)]
            for column, text, style in self._texts.get(row, []):
                if (room := rooms.get((column, style))) is None:
                    room = rooms[column, style] = Room(self.widths.get(column, _USUAL_WIDTH), style)
                needed.append(room.points(text))
            if (points := max(needed)) > usual:
                self._worksheet.set_row(row - 1, points)
                growing.add(row - 1)
        self._worksheet.growing_rows = frozenset(growing)
