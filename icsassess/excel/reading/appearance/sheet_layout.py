"""How one worksheet looks: the look of each cell, widths, heights, panes that stay, and its drop-down lists."""

from dataclasses import dataclass, field

from icsassess.excel.cells.addresses import LAST_COLUMN, Area, parse_address, parse_area
from icsassess.excel.cells.colours import Colours
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, is_true

_HIGHEST_ROW = 409.5  # points (Excel specifications and limits)
_WIDEST_COLUMN = 255.0  # characters
_PADDING = 5 / 7  # of a character: a file's width has it, the one that people see and set has not
_LAST_COLUMN_LOOKED_AT = 400


@dataclass
class SheetAppearance:
    """A worksheet's looks: of cells by (row, column) as the look's number, of columns and rows by theirs.

    ``lists`` are the drop-down lists: the areas that have one, and what it offers as the file says it. ``furniture``
    counts what else there is: headers and footers, conditional formats, drawings, printer settings.
    """

    looks: dict[tuple[int, int], int] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    frozen: tuple[int, int] | None = None
    tab: str | None = None
    lists: list[tuple[list[Area], str]] = field(default_factory=list)
    furniture: dict[str, int] = field(default_factory=dict)


_FURNITURE = {
    "headerFooter": "headers and footers",
    "conditionalFormatting": "conditional formats",
    "sheetProtection": "sheet protections",
    "customSheetView": "custom views",
}


class SheetLayout(PartReader):
    """Reads how a worksheet looks from its part."""

    def __init__(self, meter: Meter, colours: Colours) -> None:
        super().__init__(meter)
        self.appearance = SheetAppearance()
        self._colours = colours
        self._areas: list[Area] | None = None
        self._row = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the sheet begins."""
        appearance = self.appearance
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row_begins(attributes)
        elif name == "col":
            self._column(attributes)
        elif name == "pane" and (attribute(attributes, "state") or "").startswith("frozen"):
            appearance.frozen = _frozen(attributes)
        elif name == "tabColor":
            appearance.tab = self._colours.resolve(attributes)
        elif name == "dataValidation":
            self._areas = _areas(attributes) if attribute(attributes, "type") == "list" else None
        elif name == "formula1" and self._areas is not None:
            self.begin_text()
        if name in _FURNITURE:
            appearance.furniture[_FURNITURE[name]] = appearance.furniture.get(_FURNITURE[name], 0) + 1

    def closed(self, name: str, text: str) -> None:
        """An element of the sheet ends."""
        if name == "formula1" and self._areas is not None:
            self.keeps_text = False
            self._bound(len(self.appearance.lists), self.meter.limits.annotations)
            self.appearance.lists.append((self._areas, text.strip()))

    def _cell(self, attributes: dict[str, str]) -> None:
        number = attributes.get("s", "0")
        try:
            place = parse_address(attributes.get("r", ""))
        except ValueError:
            return
        if number != "0" and number.isdecimal() and len(number) < 8 and place[1] <= _LAST_COLUMN_LOOKED_AT:
            self._bound(len(self.appearance.looks), self.meter.limits.cells)
            self.appearance.looks[place] = int(number)

    def _row_begins(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        height = _size(attributes.get("ht"), _HIGHEST_ROW)
        if height and is_true(attributes.get("customHeight")):
            self._bound(len(self.appearance.heights), self.meter.limits.cells)
            self.appearance.heights[self._row] = height

    def _column(self, attributes: dict[str, str]) -> None:
        first, last, width = (attribute(attributes, key) or "" for key in ("min", "max", "width"))
        size = _size(width, _WIDEST_COLUMN)
        if first.isdecimal() and last.isdecimal() and len(first) < 8 and len(last) < 8 and size:
            for number in range(max(1, int(first)), min(int(last), _LAST_COLUMN_LOOKED_AT, LAST_COLUMN) + 1):
                self.appearance.widths[number] = round(max(size - _PADDING, 0.5), 2)

    def _bound(self, count: int, allowed: int) -> None:
        if count >= allowed:
            raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {allowed:,} looks of one kind")


def _size(text: str | None, most: float) -> float:
    try:
        size = float(text or 0)
    except ValueError:
        return 0
    return size if 0 < size <= most else 0


def _frozen(attributes: dict[str, str]) -> tuple[int, int]:
    """Give the first cell that moves, by row and column."""
    across, down = (_size(attribute(attributes, key), LAST_COLUMN) for key in ("xSplit", "ySplit"))
    return int(down) + 1, int(across) + 1


def _areas(attributes: dict[str, str]) -> list[Area]:
    areas = []
    for text in (attribute(attributes, "sqref") or "").split()[:1000]:
        try:
            areas.append(parse_area(text))
        except ValueError:
            continue
    return areas
