"""What matters of a cell's format."""

from typing import NamedTuple

from icsassess.excel.cells.dates_and_numbers import Shape


class CellFormat(NamedTuple):
    """What matters of a cell's format: its fill, what its number format shows, and its font."""

    fill: str | None
    """The colour of a solid fill as 'RRGGBB'; None without one, or for white."""
    shape: Shape
    struck: bool
    """Whether text is struck through."""


PLAIN = CellFormat(None, Shape.NUMBER, False)
"""The format of a cell that names none."""
