"""The one style sheet: how every cell that the program writes can look.

Sans serif, 11 point or more, black on pale fills, NHS blue for headings, no italics (Government Analysis Function,
guidance on accessible spreadsheets; NHS identity guidelines for the colours).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

LANGUAGE = "en-GB"
FONT = "Arial"
NHS_BLUE = "005EB8"
NHS_DARK_BLUE = "003087"
PALE_BLUE = "E8F1FA"
BAR_BLUE = "C9DDF2"
PALE_GREY = "F0F4F5"
NHS_PALE_GREY = "E8EDEE"
PALE_RED = "FFC7CE"
PALE_AMBER = "FFEB9C"
PALE_GREEN = "C6EFCE"
PLANNED_BLUE = "DCE9F7"
DARK_GREY = "595959"
"""Of text that stands back: on white and on pale fills its contrast is above 6 to 1."""
RULE_GREY = "AEB7BD"
INPUT_YELLOW = "FFFBE6"
BLACK = "000000"
WHITE = "FFFFFF"
DATE_FORMAT = "dd mmm yyyy"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks. Sizes in points; colours as ``RRGGBB``; ``indent`` in steps of about three spaces."""

    size: float = 11
    bold: bool = False
    colour: str = BLACK
    fill: str | None = None
    wrap: bool = True
    centred: bool = False
    right: bool = False
    align_left: bool = False
    middle: bool = False
    indent: int = 0
    border: bool = False
    thick_bottom: bool = False
    underlined: bool = False
    number_format: str | None = None

    def with_(self, **changes: Any) -> CellStyle:
        """Give the same look with some of it changed."""
        return replace(self, **changes)

    def xlsxwriter_properties(self) -> dict[str, Any]:
        """Give the look in xlsxwriter's words."""
        properties = self._common_properties(FONT) | {"valign": "vcenter" if self.middle else "top"}
        if self.centred or self.right:
            properties["align"] = "center" if self.centred else "right"
        if self.align_left or (self.indent and not self.centred and not self.right):
            properties["align"] = "left"  # dates and numbers as well; an indent counts from a side that is named
        if self.border:
            properties |= {"border": 1, "border_color": f"#{RULE_GREY}"}
        if self.thick_bottom:
            properties |= {"bottom": 2, "bottom_color": f"#{NHS_BLUE}"}
        return properties

    def _common_properties(self, font: str) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "font_name": font,
            "font_size": self.size,
            "font_color": f"#{self.colour}",
            "text_wrap": self.wrap,
            "bold": self.bold,
        }
        if self.fill:
            properties |= {"bg_color": f"#{self.fill}", "pattern": 1}
        if self.indent:
            properties["indent"] = self.indent
        if self.underlined:
            properties["underline"] = 1
        if self.number_format:
            properties["num_format"] = self.number_format
        return properties


TITLE = CellStyle(size=18, bold=True, colour=NHS_DARK_BLUE, wrap=False)
SUBTITLE = CellStyle(size=12, wrap=False)
SECTION = CellStyle(size=14, bold=True, colour=NHS_BLUE, wrap=False)
HEADING = CellStyle(bold=True, colour=WHITE, fill=NHS_BLUE, border=True, middle=True)
INPUT_HEADING = CellStyle(bold=True, colour=BLACK, fill="FFE08A", border=True, middle=True)
PLAIN = CellStyle()
LABEL = CellStyle(bold=True)
CELL = CellStyle(border=True)
CELL_BOLD = CellStyle(border=True, bold=True)
CELL_CENTRED = CellStyle(border=True, centred=True)
NUMBER = CellStyle(border=True, right=True, number_format="#,##0")
DATE = CellStyle(border=True, centred=True, number_format=DATE_FORMAT)
INPUT = CellStyle(border=True, fill=INPUT_YELLOW)
INPUT_CENTRED = CellStyle(border=True, fill=INPUT_YELLOW, centred=True)
INPUT_DATE = CellStyle(border=True, fill=INPUT_YELLOW, centred=True, number_format=DATE_FORMAT)
LINK = CellStyle(colour=NHS_BLUE, underlined=True)
MARKING = CellStyle(bold=True, wrap=False)
