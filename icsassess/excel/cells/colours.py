"""Colours of fills: plain, of the theme with a tint, and of the palette."""

import colorsys
import re
from collections.abc import Sequence

from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute

# The palette of Excel 97 (ECMA-376 part 1, 18.8.27): 0-7 and 8-15 are the same eight, then 48 more.
_EIGHT = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
_PALETTE = (
    _EIGHT * 2 + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
).split()
_SYSTEM_COLOURS = {64: "000000", 65: "FFFFFF"}  # the window's text and background

# The order in which <color theme="..."> counts: light before dark, unlike in the theme part itself.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_OFFICE_THEME = [  # of Office 2013 to 2022, for files without a theme
    *("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31"),
    *("A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1", "954F72"),
]
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


class Theme(PartReader):
    """The theme's colours (ECMA-376 part 1, 20.1.6.2)."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self._slot = ""
        self._colours: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the theme begins."""
        if name in _THEME_ORDER:
            self._slot = name
        elif self._slot and name in ("srgbClr", "sysClr"):
            colour = plain_colour(attributes.get("lastClr") or attributes.get("val"))
            if colour is None:
                colour = {"window": "FFFFFF", "windowText": "000000"}.get(attributes.get("val", ""))
            if colour is not None:
                self._colours.setdefault(self._slot, colour)

    def closed(self, name: str, text: str) -> None:
        """An element of the theme ends."""
        if name == self._slot:
            self._slot = ""

    def colours(self) -> list[str]:
        """Give the colours in the order in which cells refer to them."""
        return [self._colours.get(slot, default) for slot, default in zip(_THEME_ORDER, _OFFICE_THEME, strict=True)]


class Colours:
    """Resolves a <color>-like element to 'RRGGBB'."""

    def __init__(self, theme: Sequence[str] | None) -> None:
        self._theme = theme or _OFFICE_THEME
        self.palette = list(_PALETTE)
        """The palette's first 64 colours; a workbook may have its own."""

    def resolve(self, attributes: dict[str, str]) -> str | None:
        """Give the colour of a <fgColor>; None for the automatic one and for what cannot be understood."""
        colour = plain_colour(attribute(attributes, "rgb"))
        if colour is None:
            colour = self._from_number(attributes)
        if colour is None:
            return None
        try:
            tint = float(attribute(attributes, "tint") or 0)
        except ValueError:
            tint = 0.0
        return tinted(colour, tint) if -1 <= tint <= 1 and tint else colour

    def _from_number(self, attributes: dict[str, str]) -> str | None:
        for name, colours in (("theme", self._theme), ("indexed", self.palette)):
            number = attribute(attributes, name)
            if number is not None and number.strip().isdecimal():
                index = int(number[:6])
                return colours[index] if index < len(colours) else _SYSTEM_COLOURS.get(index)
        return None


def plain_colour(text: str | None) -> str | None:
    """Give 'RRGGBB' of '#rrggbb', 'RRGGBB' or 'AARRGGBB' (Excel ignores AA); None if it is none of them."""
    match = _RGB.fullmatch(text.strip().lstrip("#")) if text else None
    return match[1].upper() if match else None


def tinted(colour: str, tint: float) -> str:
    """Darken (below 0) or lighten (above 0) a colour: its lightness changes, as in ECMA-376 part 1, 18.8.19."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def contrast(one: str, other: str) -> float:
    """Give the contrast between two colours, ‘RRGGBB’: 1 for the same, 21 for black and white (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
