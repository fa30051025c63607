"""What a sentence or a fact leads to: a part of the view, or a row of it. Workbook and page know where that stands."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Part(enum.Enum):
    """A part of the view that has a table of its own."""

    HEAT_MAP = enum.auto()
    LINES = enum.auto()
    GAPS = enum.auto()
    ACTIONS = enum.auto()
    EVIDENCE = enum.auto()
    RETURNS = enum.auto()
    POINTS = enum.auto()
    CHANGES = enum.auto()


class Target(NamedTuple):
    """A part of the view, and the row in it: its number in the view's order, from 0; None for the part as a whole.

    ``Target(Part.GAPS, 2)`` is the third of ``View.gaps``.
    """

    part: Part
    row: int | None = None
