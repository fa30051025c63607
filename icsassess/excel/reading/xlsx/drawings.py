"""What is drawn over a worksheet: its drawing part, its old drawing part (check boxes), and what is embedded in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from icsassess.excel.cells.addresses import LAST_COLUMN, LAST_ROW
from icsassess.excel.cells.colours import plain_colour
from icsassess.excel.cells.drawn import Drawn, DrawnKind
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.relationships import Relationship
from icsassess.excel.container.xml import PartReader, attribute, is_true, parse
from icsassess.excel.container.zip_package import Package

_ANCHORS = frozenset(("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_KINDS = {"sp": DrawnKind.SHAPE, "cxnSp": DrawnKind.SHAPE, "pic": DrawnKind.PICTURE, "graphicFrame": DrawnKind.CHART}
_PLACES = ("col", "row", "rowOff")
_MOST = 5_000
_LITTLE = 60_000  # of the 12,700 units of a point: how far something may reach into the row below
_OLD_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL | re.IGNORECASE)
_OBJECT = re.compile(r'ObjectType="(\w+)"')
_ANCHOR = re.compile(r"<x:Anchor>\s*([\d\s,.-]+?)\s*</x:Anchor>", re.IGNORECASE)
_CHECKED = re.compile(r"<x:Checked>\s*1\s*</x:Checked>", re.IGNORECASE)
_OLD_TEXT = re.compile(r"<v:textbox\b[^>]*>(.*?)</v:textbox>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_OLD_KINDS = {"Checkbox": DrawnKind.CHECK_BOX, "Radio": DrawnKind.CHECK_BOX}
# Notes are read elsewhere; a picture of the old kind shows what is embedded, which the sheet names itself.
_NOT_DRAWN = frozenset(("Note", "Pict"))


class _Drawing(PartReader):
    """ECMA-376 part 1, 20.5."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.drawn: list[Drawn] = []
        self._place: dict[str, int] = {}
        self._end = ""
        self._kind: DrawnKind | None = None
        self._texts: list[str] = []
        self._colour: str | None = None
        self._in_line = self._in_look = self._hidden = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ANCHORS:
            self._place, self._kind, self._texts, self._colour, self._hidden = {}, None, [], None, False
        elif name in ("from", "to"):
            self._end = name
        elif (self._end and name in _PLACES) or name == "t":
            self.begin_text()
        elif name in _KINDS:
            self._kind = self._kind or _KINDS[name]
        elif name == "cNvPr":
            self._hidden = self._hidden or is_true(attribute(attributes, "hidden"))
        elif name in ("spPr", "ln"):
            self._in_look, self._in_line = name == "spPr" or self._in_look, name == "ln"
        elif name == "srgbClr" and self._in_look and not self._in_line and self._colour is None:
            self._colour = plain_colour(attribute(attributes, "val"))

    def closed(self, name: str, text: str) -> None:
        if self._end and name in _PLACES:
            self._place[f"{self._end} {name}"] = int(text) if text.strip().lstrip("-").isdecimal() else 0
            self.keeps_text = False
        elif name in ("from", "to"):
            self._end = ""
        elif name == "t":
            self._texts.append(text)
            self.keeps_text = False
        elif name == "p" and self._texts:
            self._texts.append("\n")
        elif name in ("spPr", "ln"):
            self._in_line = False
            self._in_look = self._in_look and name != "spPr"
        elif name in _ANCHORS:
            self._add()

    def _add(self) -> None:
        if self._kind is None or self._hidden:
            return
        if len(self.drawn) >= _MOST:
            raise Unreadable(Reason.TOO_LARGE, f"more than {_MOST:,} things are drawn over a sheet")
        text = "".join(self._texts).strip()
        self.meter.held(4 * len(text) + 200)
        kind = DrawnKind.TEXT_BOX if text and self._kind is DrawnKind.SHAPE else self._kind
        row, column = _cell_below(self._place)
        self.drawn.append(Drawn(kind, row, column, text, self._colour))


def _cell_below(place: dict[str, int]) -> tuple[int, int]:
    """Give the cell that something lies over: the one in its middle, its first row where it reaches little further."""
    top, left = place.get("from row", 0), place.get("from col", 0)
    bottom, right = place.get("to row", top), place.get("to col", left)
    if bottom == top + 1 and place.get("to rowOff", 0) <= _LITTLE:
        bottom = top
    row, column = (top + bottom) // 2, (left + right) // 2 if bottom > top + 1 else left
    return min(max(row, 0) + 1, LAST_ROW), min(max(column, 0) + 1, LAST_COLUMN)


def drawn_over(
    package: Package, meter: Meter, relationships: Iterable[Relationship], embedded: Iterable[tuple[int, int]]
) -> Iterator[Drawn]:
    """Give what is drawn over a sheet; ``embedded`` are the cells below what is embedded. Raises Unreadable."""
    yield from (Drawn(DrawnKind.EMBEDDED, row, column) for row, column in embedded)
    for relationship in relationships:
        if relationship.external or relationship.target not in package:
            continue
        if relationship.kind == "drawing":
            yield from _of_drawing(package, meter, relationship.target)
        elif relationship.kind == "vmldrawing":
            yield from _of_old_drawing(package.chunks(relationship.target))


def _of_drawing(package: Package, meter: Meter, part: str) -> list[Drawn]:
    try:
        return parse(package.chunks(part), _Drawing(meter), part).drawn
    except Unreadable as error:
        if error.reason is not Reason.DAMAGED:
            raise
        return []


def _of_old_drawing(chunks: Iterable[bytes]) -> Iterator[Drawn]:
    """Give what an old drawing part holds besides notes. It is seldom well-formed XML: it is searched, not parsed."""
    text = b"".join(chunks).decode("utf-8", "replace")
    if set(_OBJECT.findall(text)) <= _NOT_DRAWN:
        return
    for shape in _OLD_SHAPE.findall(text)[:_MOST]:
        kind, anchor = _OBJECT.search(shape), _ANCHOR.search(shape)
        if kind is None or anchor is None or kind[1] in _NOT_DRAWN:
            continue
        numbers = [part.strip() for part in anchor[1].split(",")]
        if len(numbers) < 8 or not all(number.lstrip("-").isdecimal() for number in numbers):
            continue
        left, _, top, _, _, _, bottom, reach = map(int, numbers[:8])
        row = top if bottom <= top + 1 and (bottom == top or reach < 8) else (top + bottom) // 2
        words = _OLD_TEXT.search(shape)
        label = " ".join(_TAG.sub(" ", words[1]).split()) if words else ""
        checked = _CHECKED.search(shape) is not None
        yield Drawn(_OLD_KINDS.get(kind[1], DrawnKind.CONTROL), row + 1, left + 1, label, None, checked)
