"""What is drawn over a sheet's cells: text boxes, shapes, pictures, check boxes, embedded files."""

from __future__ import annotations

import enum
from typing import NamedTuple


class DrawnKind(enum.StrEnum):
    """What sort of thing is drawn."""

    TEXT_BOX = "text box"
    """A shape with text in it."""
    SHAPE = "shape"
    PICTURE = "picture"
    CHECK_BOX = "check box"
    """A check box or an option button."""
    CONTROL = "form control"
    EMBEDDED = "embedded file"
    CHART = "chart"


class Drawn(NamedTuple):
    """One thing that is drawn, with the cell it lies over (row and column from 1)."""

    kind: DrawnKind
    row: int
    column: int
    text: str = ""
    colour: str | None = None
    """The colour it is filled with, as 'RRGGBB'."""
    checked: bool = False
