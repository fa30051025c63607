"""What matters of a cell's format."""

from typing import NamedTuple

from icsassess.excel.cells.dates_and_numbers import Shape
from icsassess.excel.cells.model import Look


class CellFormat(NamedTuple):
    """What matters of a cell's format: its fill, what its number format shows, and its font."""

    fill: str | None
    """The colour of a solid fill as 'RRGGBB'; None without one, or for white."""
    shape: Shape
    struck: bool
    """Whether text is struck through."""
    look: Look | None = None
    """What else a number format or a font makes of a value; None for plain ones."""


SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett")
"""How the names of fonts begin in which letters are signs."""


def look_of(code: str, colour: str | None, font: str) -> Look | None:
    """Give the look of a number format and a font, None where neither changes what a value says."""
    code = "" if code.lower() in ("general", "@") else code
    font = font if font.lower().startswith(SYMBOL_FONTS) else ""
    colour = None if colour in ("000000", "FFFFFF") else colour
    return Look(code, colour, font) if code or colour or font else None


PLAIN = CellFormat(None, Shape.NUMBER, False)
"""The format of a cell that names none."""
