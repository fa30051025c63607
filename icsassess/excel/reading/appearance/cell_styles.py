"""The looks of a workbook's cells (ECMA-376 part 1, 18.8): fonts, fills, lines and alignment, by their number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from icsassess.excel.cells.colours import Colours
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, is_true, parse
from icsassess.excel.writing.model.copied_style import SIDES, CopiedStyle

_LISTS = frozenset(["numFmts", "fonts", "fills", "borders", "cellXfs"])
_LARGEST_FONT = 409  # points (Excel specifications and limits)
_LONGEST_FONT_NAME = 31


class _Looks(PartReader):
    def __init__(self, meter: Meter, colours: Colours) -> None:
        super().__init__(meter)
        self._colours = colours
        self._list = ""
        self._side = ""
        self.lists: dict[str, list[dict[str, Any]]] = {name: [] for name in _LISTS}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if not self._list:
            self._list = name if name in _LISTS else ""
            return
        entries = self.lists[self._list]
        if (self._list, name) in (("fonts", "font"), ("fills", "fill"), ("borders", "border"), ("cellXfs", "xf")):
            if len(entries) >= self.meter.limits.formats:
                raise Unreadable(Reason.TOO_LARGE, f"it has more than {self.meter.limits.formats:,} looks")
            entries.append(dict(attributes) if name == "xf" else {})
        elif entries:
            self._inside(entries[-1], name, attributes)

    def _inside(self, entry: dict[str, Any], name: str, attributes: dict[str, str]) -> None:
        value = attribute(attributes, "val")
        if self._list == "cellXfs" and name == "alignment":
            entry["alignment"] = dict(attributes)
        elif self._list == "fonts":
            if name == "color":
                entry["colour"] = self._colours.resolve(attributes)
            elif name in ("b", "i", "u"):
                entry[name] = value is None or (value != "none" and (name == "u" or is_true(value)))
            elif name in ("name", "sz"):
                entry[name] = value
        elif self._list == "fills":
            if name == "patternFill":
                entry["solid"] = attribute(attributes, "patternType") == "solid"
            elif name == "fgColor" and entry.get("solid"):
                entry["fill"] = self._colours.resolve(attributes)
        elif self._list == "borders":
            if name in SIDES:
                self._side = name
                entry[name] = attribute(attributes, "style") or ""
            elif name == "color" and entry.get(self._side):
                entry["colour"] = self._colours.resolve(attributes)

    def closed(self, name: str, text: str) -> None:
        if name == self._list:
            self._list = ""

    def looks(self) -> list[CopiedStyle]:
        return [self._look(xf) for xf in self.lists["cellXfs"]]

    def _look(self, xf: dict[str, Any]) -> CopiedStyle:
        font, fill, border = (
            self._item(kind, attribute(xf, key))
            for kind, key in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
        )
        alignment: dict[str, str] = xf.get("alignment", {})
        return CopiedStyle(
            size=_number(font.get("sz"), 11.0, _LARGEST_FONT),
            bold=bool(font.get("b")),
            colour=font.get("colour") or "000000",
            fill=fill.get("fill") if fill.get("fill") != "FFFFFF" else None,
            wrap=is_true(alignment.get("wrapText")),
            indent=int(_number(alignment.get("indent"), 0, 15)),
            underlined=bool(font.get("u")),
            font=str(font.get("name") or "Calibri")[:_LONGEST_FONT_NAME],
            italic=bool(font.get("i")),
            across=alignment.get("horizontal", ""),
            down=alignment.get("vertical", ""),
            turned=_turned(alignment.get("textRotation")),
            lines=(border.get("left", ""), border.get("right", ""), border.get("top", ""), border.get("bottom", "")),
            line_colour=border.get("colour") or "000000",
        )

    def _item(self, kind: str, number: str | None) -> dict[str, Any]:
        entries = self.lists[kind]
        index = int(number) if number and number.isdecimal() and len(number) < 8 else 0
        return entries[index] if index < len(entries) else {}


def _number(text: str | None, otherwise: float, most: float) -> float:
    try:
        number = float(text or otherwise)
    except ValueError:
        return otherwise
    return number if 0 <= number <= most else otherwise


def _turned(text: str | None) -> int:
    """Give degrees, up from 1 to 90 and down from -1 to -90; 255 in the file is text from top to bottom, here 270."""
    degrees = int(_number(text, 0, 255))
    if degrees == 255:
        return 270
    return degrees if degrees <= 90 else max(90 - degrees, -90)


def read_looks(chunks: Iterable[bytes], meter: Meter, part: str, colours: Colours) -> list[CopiedStyle]:
    """Read the looks of a workbook's styles part, in the order in which cells refer to them. Raises Unreadable."""
    reader = _Looks(meter, colours)
    parse(chunks, reader, part)
    return reader.looks()
