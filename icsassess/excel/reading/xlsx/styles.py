"""The styles part (ECMA-376 part 1, 18.8): what a cell's style number says about its format and all its looks."""

from typing import Any

from icsassess.excel.cells.colours import Colours, plain_colour
from icsassess.excel.cells.dates_and_numbers import Shape, built_in_shape, code_shape
from icsassess.excel.cells.number_formats import BUILT_IN_CODES
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, is_true
from icsassess.excel.reading.cell_format import CellFormat, look_of
from icsassess.excel.reading.xlsx.rich_text import is_struck
from icsassess.excel.writing.model.copied_style import SIDES, CopiedStyle

_ITEMS = {
    "fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf",
    "numFmts": "numFmt", "indexedColors": "rgbColor", "dxfs": "dxf",
}  # fmt: skip
_ALIGNMENT = "<alignment>"  # no attribute of a format has such a name
_LARGEST_FONT = 409  # points (Excel specifications and limits)
_LONGEST_FONT_NAME = 31
_Entry = dict[str, Any]


class Styles(PartReader):
    """Collects the lists of the part; what their entries look like is asked for once it has been read.

    Fonts, fills and lines come before the formats that use them, the workbook's own palette comes at the end.
    """

    def __init__(self, meter: Meter, colours: Colours) -> None:
        super().__init__(meter)
        self._colours = colours
        self._list = ""
        self._side = ""
        self._lists: dict[str, list[_Entry]] = {name: [] for name in _ITEMS}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the styles begins."""
        if not self._list:
            self._list = name if name in _ITEMS else ""
        elif name == _ITEMS[self._list]:
            entries, allowed = self._lists[self._list], self.meter.limits.formats
            if len(entries) >= allowed:
                raise Unreadable(Reason.TOO_LARGE, f"it has more than {allowed:,} fonts, fills or formats")
            entries.append(dict(attributes) if name in ("xf", "numFmt", "rgbColor") else {})
        elif self._lists[self._list]:
            self._inside(self._lists[self._list][-1], name, attributes)

    def _inside(self, entry: _Entry, name: str, attributes: dict[str, str]) -> None:
        value = attribute(attributes, "val")
        if self._list == "dxfs":
            if name in ("bgColor", "fgColor") and (name == "bgColor" or "colour" not in entry):
                entry["colour"] = attributes
            return
        if name in ("color", "fgColor"):
            if self._list == "fonts" or entry.get("solid") or entry.get(self._side):
                entry["colour"] = attributes
        elif name == "alignment":
            entry[_ALIGNMENT] = dict(attributes)
        elif name == "strike":
            entry["struck"] = is_struck(attributes)
        elif name in ("b", "i", "u"):
            entry[name] = value is None or (value != "none" and (name == "u" or is_true(value)))
        elif name in ("name", "sz"):
            entry[name] = value
        elif name == "patternFill":
            entry["solid"] = attribute(attributes, "patternType") == "solid"
        elif name in SIDES:
            self._side = name
            entry[name] = attribute(attributes, "style") or ""

    def closed(self, name: str, text: str) -> None:
        """An element of the styles ends."""
        if name == self._list:
            self._list = self._side = ""

    def _resolve_colours(self) -> None:
        """Have each colour as RRGGBB, None for white behind a cell."""
        for index, entry in enumerate(self._lists["indexedColors"][: len(self._colours.palette)]):
            if colour := plain_colour(attribute(entry, "rgb")):
                self._colours.palette[index] = colour
        for name in ("fonts", "fills", "borders", "dxfs"):
            for entry in self._lists[name]:
                colour = self._colours.resolve(entry["colour"]) if "colour" in entry else None
                entry["colour"] = None if name == "fills" and colour == "FFFFFF" else colour

    def _parts(self, xf: _Entry) -> list[_Entry]:
        """Give the font, the fill and the border of a format."""
        return [self._item(name, f"{_ITEMS[name]}Id", xf) for name in ("fonts", "fills", "borders")]

    def _item(self, name: str, key: str, xf: _Entry) -> _Entry:
        text, entries = (attribute(xf, key) or "0").strip(), self._lists[name]
        index = int(text) if text.isdecimal() and len(text) < 10 else -1
        return entries[index] if 0 <= index < len(entries) else {}

    def formats(self) -> list[CellFormat]:
        """Give the cell formats in their order."""
        self._resolve_colours()
        codes = {attribute(e, "numFmtId") or "": attribute(e, "formatCode") or "" for e in self._lists["numFmts"]}
        return [self._format(xf, codes) for xf in self._lists["cellXfs"]]

    def condition_fills(self) -> list[str | None]:
        """Give the colours of the formats that conditions give; to be asked for after ``formats``."""
        return [entry.get("colour") for entry in self._lists["dxfs"]]

    def _format(self, xf: _Entry, codes: dict[str, str]) -> CellFormat:
        font, fill, _ = self._parts(xf)
        number = attribute(xf, "numFmtId") or "0"
        is_built_in = number.strip().isdecimal() and len(number.strip()) < 10
        built_in = built_in_shape(int(number) if is_built_in else -1)
        shape = code_shape(codes[number]) if number in codes else built_in
        code = codes.get(number, "") or BUILT_IN_CODES.get(int(number) if is_built_in else -1, "")
        look = look_of(code if shape is Shape.NUMBER else "", font.get("colour"), str(font.get("name") or ""))
        return CellFormat(fill.get("colour"), shape, font.get("struck", False), look)

    def looks(self) -> list[CopiedStyle]:
        """Give all looks in their order."""
        self._resolve_colours()
        return [self._look(xf) for xf in self._lists["cellXfs"]]

    def _look(self, xf: _Entry) -> CopiedStyle:
        font, fill, border = self._parts(xf)
        alignment: dict[str, str] = xf.get(_ALIGNMENT, {})
        return CopiedStyle(
            size=_number(font.get("sz"), 11.0, _LARGEST_FONT),
            bold=bool(font.get("b")),
            colour=font.get("colour") or "000000",
            fill=fill.get("colour"),
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
