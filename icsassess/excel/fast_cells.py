"""Making cells quickly: the constructor of a frozen dataclass takes longer than reading the cell from the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icsassess.excel.cells import Cell, Kind, Value


class _Draft:
    """A cell that can still be changed. It has the same slots as Cell, so it can become one without being copied."""

    __slots__ = Cell.__slots__

    def __init__(
        self,
        row: int,
        column: int,
        value: Value,
        kind: Kind,
        fill: str | None,
        note: str | None,
        link: str | None,
        struck: bool,
        formula: str | None,
    ) -> None:
        self.row = row
        self.column = column
        self.value = value
        self.kind = kind
        self.fill = fill
        self.note = note
        self.link = link
        self.struck = struck
        self.formula = formula


if TYPE_CHECKING:
    make_cell = Cell
else:

    def make_cell(row, column, value, kind, fill=None, note=None, link=None, struck=False, formula=None):
        """Give the same as Cell(...), three times as fast (measured)."""
        draft = _Draft(row, column, value, kind, fill, note, link, struck, formula)
        draft.__class__ = Cell
        return draft
