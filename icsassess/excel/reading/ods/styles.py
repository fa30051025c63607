"""Styles of an OpenDocument spreadsheet: the colour and the strike-through of a cell style (ODF 1.3 part 3, 16)."""

from typing import NamedTuple

from icsassess.excel.cells.colours import plain_colour
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import attribute

_MOST_PARENTS = 20


class _Style(NamedTuple):
    parent: str
    fill: str | None
    """None: as the parent's; '' for none."""
    struck: bool | None
    displayed: bool
    colour: str | None = None
    strong: bool | None = None


class OdsLook(NamedTuple):
    """How a style looks: its fill and font colour as RRGGBB (None for none), whether it is struck through or strong."""

    fill: str | None
    struck: bool
    colour: str | None
    strong: bool


class OdsStyles:
    """Collects the styles of styles.xml and of content.xml, and resolves them."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._styles: dict[str, _Style] = {}
        self._resolved: dict[str, OdsLook] = {}
        self._name = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the styles begins."""
        if name == "style":
            self._name = attributes.get("style:name") or attribute(attributes, "name") or ""
            if len(self._styles) >= self._meter.limits.formats:
                raise Unreadable(Reason.TOO_LARGE, f"it has more than {self._meter.limits.formats:,} styles")
            parent = attribute(attributes, "parent-style-name") or ""
            self._styles[self._name] = _Style(parent, None, None, True)
        elif self._name in self._styles:
            style = self._styles[self._name]
            if name == "table-cell-properties":
                background = attribute(attributes, "background-color")
                if background is not None:
                    self._styles[self._name] = style._replace(fill=plain_colour(background) or "")
            elif name == "graphic-properties":
                colour = plain_colour(attribute(attributes, "fill-color"))
                if attribute(attributes, "fill") in (None, "solid") and colour:
                    self._styles[self._name] = style._replace(fill=colour)
            elif name == "text-properties":
                self._styles[self._name] = _with_text(style, attributes)
            elif name == "table-properties" and attribute(attributes, "display") == "false":
                self._styles[self._name] = style._replace(displayed=False)

    def closed(self, name: str) -> None:
        """An element within the styles ends."""
        if name == "style":
            self._name = ""

    def look(self, name: str) -> OdsLook:
        """Give how a style looks; its parents fill in what it leaves open."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> OdsLook:
        fill: str | None = None
        colour: str | None = None
        struck: bool | None = None
        strong: bool | None = None
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(name)
            if style is None:
                break
            fill = style.fill if fill is None else fill
            struck = style.struck if struck is None else struck
            colour = style.colour if colour is None else colour
            strong = style.strong if strong is None else strong
            name = style.parent
        fill = None if fill in (None, "", "FFFFFF") else fill
        return OdsLook(fill, bool(struck), None if colour in ("", "000000") else colour, bool(strong))

    def is_displayed(self, name: str) -> bool:
        """Say whether a sheet with this style is shown."""
        style = self._styles.get(name)
        return style is None or style.displayed


def _with_text(style: _Style, attributes: dict[str, str]) -> _Style:
    """Give a style with what is said of its text: struck through, in colour, bold or underlined (ODF 1.3-3, 16.29)."""
    line = attribute(attributes, "text-line-through-style") or attribute(attributes, "text-line-through-type")
    if line is not None:
        style = style._replace(struck=line != "none")
    colour = plain_colour(attribute(attributes, "color"))
    weight, under = attribute(attributes, "font-weight"), attribute(attributes, "text-underline-style")
    if colour is not None:
        style = style._replace(colour=colour, strong=style.strong or colour != "000000")
    if weight is not None or under is not None:
        strong = (weight not in (None, "normal")) or (under not in (None, "none"))
        style = style._replace(strong=bool(style.strong) or strong)
    return style
