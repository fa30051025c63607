"""Cell formats: what a cell's style number says about its fill, its number format and its font."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from icsassess.excel.cells.colours import Colours, plain_colour
from icsassess.excel.cells.dates_and_numbers import built_in_shape, code_shape
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, parse
from icsassess.excel.reading.cell_format import CellFormat
from icsassess.excel.reading.xlsx.shared_strings import is_struck

_Entry = TypeVar("_Entry")


_LISTS = frozenset(["numFmts", "fonts", "fills", "cellXfs", "indexedColors"])


class Styles(PartReader):
    """The styles part (ECMA-376 part 1, 18.8.39). Fonts and fills come before the formats that use them."""

    def __init__(self, meter: Meter, colours: Colours) -> None:
        super().__init__(meter)
        self._colours = colours
        self._list = ""
        self._codes: dict[str, str] = {}
        self._struck: list[bool] = []
        self._fills: list[dict[str, str] | None] = []
        self._xfs: list[tuple[str, str, str]] = []
        self._palette: list[str | None] = []
        self._solid = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the styles begins."""
        if not self._list:
            if name in _LISTS:
                self._list = name
        elif self._list == "cellXfs":
            if name == "xf":
                numbers = (attribute(attributes, key) or "0" for key in ("numFmtId", "fontId", "fillId"))
                format_number, font, fill = numbers
                self._append(self._xfs, (format_number, font, fill))
        elif self._list == "fills":
            self._open_fill(name, attributes)
        elif self._list == "fonts":
            if name == "font":
                self._append(self._struck, False)
            elif name == "strike" and self._struck:
                self._struck[-1] = is_struck(attributes)
        elif name == "numFmt":
            self._bound(len(self._codes))
            self._codes[attribute(attributes, "numFmtId") or ""] = attribute(attributes, "formatCode") or ""
        elif name == "rgbColor":
            self._append(self._palette, plain_colour(attribute(attributes, "rgb")))

    def _open_fill(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fill":
            self._append(self._fills, None)
            self._solid = False
        elif name == "patternFill":
            self._solid = attribute(attributes, "patternType") == "solid"
        elif name == "fgColor" and self._solid and self._fills:
            # Resolved later: the workbook's own palette comes at the end of the part.
            self._fills[-1] = attributes

    def closed(self, name: str, text: str) -> None:
        """An element of the styles ends."""
        if name == self._list:
            self._list = ""

    def _append(self, entries: list[_Entry], entry: _Entry) -> None:
        self._bound(len(entries))
        entries.append(entry)

    def _bound(self, count: int) -> None:
        if count >= self.meter.limits.formats:
            allowed = self.meter.limits.formats
            raise Unreadable(Reason.TOO_LARGE, f"it has more than {allowed:,} fonts, fills or formats")

    def formats(self) -> list[CellFormat]:
        """Give the cell formats in their order."""
        for index, colour in enumerate(self._palette[: len(self._colours.palette)]):
            if colour is not None:
                self._colours.palette[index] = colour
        fills = [None if fill is None else self._colours.resolve(fill) for fill in self._fills]
        formats = {xf: self._format(xf, fills) for xf in dict.fromkeys(self._xfs)}
        return [formats[xf] for xf in self._xfs]

    def _format(self, xf: tuple[str, str, str], fills: list[str | None]) -> CellFormat:
        number, font, fill = xf
        colour = _item(fills, fill)
        code = self._codes.get(number)
        shape = code_shape(code) if code is not None else built_in_shape(_index(number))
        return CellFormat(None if colour == "FFFFFF" else colour, shape, _item(self._struck, font) or False)


def _index(text: str) -> int:
    """Give a list index; -1 for anything that is none."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _item(entries: list[_Entry], text: str) -> _Entry | None:
    index = _index(text)
    return entries[index] if 0 <= index < len(entries) else None


def read_formats(chunks: Iterable[bytes], meter: Meter, part: str, colours: Colours) -> list[CellFormat]:
    """Read the cell formats. Raises Unreadable."""
    styles = Styles(meter, colours)
    parse(chunks, styles, part)
    return styles.formats()
