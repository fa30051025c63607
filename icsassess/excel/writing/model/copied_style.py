"""How a cell of somebody else's workbook looks: kept as plain values, and written again as it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from icsassess.excel.writing.model.styles import CellStyle

# The line styles of a border in xlsxwriter's order, from 1 (ECMA-376 part 1, 18.18.3).
_LINES = (
    *("thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed"),
    *("dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
)
SIDES = ("left", "right", "top", "bottom")
_ACROSS = ("left", "center", "right", "fill", "justify")
_DOWN = {"top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify"}


@dataclass(frozen=True, slots=True)
class CopiedStyle(CellStyle):
    """A look with what our own style sheet does without: other fonts, lines on single sides, text that is turned.

    ``lines`` are the styles of the left, right, upper and lower line in the words of the file format, ‘’ for none.
    """

    font: str = "Calibri"
    italic: bool = False
    across: str = ""
    down: str = ""
    turned: int = 0
    lines: tuple[str, str, str, str] = ("", "", "", "")
    line_colour: str = "000000"

    def xlsxwriter_properties(self) -> dict[str, Any]:
        """Give the look in xlsxwriter's words."""
        properties = self._common_properties(self.font)
        properties |= {"italic": self.italic, "valign": _DOWN.get(self.down, "bottom")}
        if self.across in _ACROSS:
            properties["align"] = self.across
        if self.turned:
            properties["rotation"] = self.turned
        for side, line in zip(SIDES, self.lines, strict=True):
            if line in _LINES:
                properties |= {side: _LINES.index(line) + 1, f"{side}_color": f"#{self.line_colour}"}
        return properties

    def as_data(self) -> dict[str, Any]:
        """Give what differs from a plain cell, for a data file."""
        plain = asdict(CopiedStyle(wrap=False))
        return {name: value for name, value in asdict(self).items() if value != plain[name]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> CopiedStyle:
        """Give the look that a data file describes. Raises ``TypeError`` and ``ValueError`` where it describes none."""
        names = {field.name for field in fields(cls)}
        if unknown := set(data) - names:
            raise ValueError(f"a look has no ‘{min(unknown)}’")
        lines = tuple(data.get("lines", ("", "", "", "")))
        return cls(**{"wrap": False, **data, "lines": lines})
