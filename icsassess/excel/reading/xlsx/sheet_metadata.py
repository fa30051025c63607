"""What surrounds the cells of a worksheet: hidden rows and columns, merged areas, links, filters."""

import re
from collections.abc import Sequence

from icsassess.excel.cells.addresses import LAST_COLUMN, Area, parse_area
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import attribute, is_true
from icsassess.excel.reading.xlsx.condition_parser import ConditionParser

_OTHER_SHEETS_VIEW = frozenset(["extLst", "customSheetViews"])  # hold elements of the same names that do not count
_HIDDEN_ROW_BYTES = 100


class SheetMetadata:
    """Collects everything of a worksheet but its cells."""

    def __init__(self, meter: Meter, condition_fills: Sequence[str | None] = ()) -> None:
        self._meter = meter
        self.conditions = ConditionParser(meter, condition_fills)
        self.embedded: list[tuple[int, int]] = []
        """The cells (row, column) below what is embedded in the sheet."""
        self._embedded: dict[str, int] | None = None
        self.margins: list[str] = []
        """What headers and footers say, with their codes."""
        self.merged: dict[Area, None] = {}
        self.links: list[tuple[Area, str | None, str]] = []
        """(area, relationship or None, place within the target)."""
        self.filtered = False
        self.wrong_areas = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._ignoring = ""

    @property
    def inside_embedded(self) -> bool:
        """Whether what comes now belongs to something embedded, which names a row and a column, too."""
        return self._embedded is not None

    def row(self, number: int, attributes: dict[str, str]) -> None:
        """A row with attributes of its own begins. A row without height cannot be seen either."""
        if ("hidden" in attributes and is_true(attributes["hidden"])) or _is_zero(attributes.get("ht")):
            self._hidden_rows.add(number)
            self._meter.held(_HIDDEN_ROW_BYTES)

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element outside the cells begins."""
        if self._ignoring:
            return
        if name in _OTHER_SHEETS_VIEW:
            self._ignoring = name
        elif name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            area = self._area(attributes)
            if area is not None:
                self._bound(len(self.merged), self._meter.limits.merges, "merged areas")
                self.merged[area] = None
        elif name == "hyperlink":
            area = self._area(attributes)
            if area is not None:
                self._bound(len(self.links), self._meter.limits.annotations, "links")
                place = attribute(attributes, "location") or ""
                self.links.append((area, attribute(attributes, "id"), place))
        elif name == "oleObject":
            self._embedded = {}
        elif name in ("conditionalFormatting", "cfRule", "iconSet", "cfvo"):
            self.conditions.opened(name, attributes)
        elif name == "filterColumn" or (name == "sheetPr" and is_true(attribute(attributes, "filterMode"))):
            self.filtered = True

    def closed(self, name: str, text: str = "") -> None:
        """An element outside the cells ends; ``text`` is what stands in it, where that is asked for."""
        if name == self._ignoring:
            self._ignoring = ""
        elif self._ignoring:
            return
        elif name in ("col", "row", "xdr:col", "xdr:row") and self._embedded is not None:
            self._embedded.setdefault(name[-3:], int(text) if text.strip().isdecimal() and len(text) < 8 else 0)
        elif name == "oleObject" and self._embedded is not None:
            self._bound(len(self.embedded), self._meter.limits.annotations, "embedded files")
            place = (self._embedded.get("row", 0) + 1, min(self._embedded.get("col", 0) + 1, LAST_COLUMN))
            if place not in self.embedded:  # Excel writes each twice, for newer and for older programs
                self.embedded.append(place)
            self._embedded = None
        elif name == "formula":
            self.conditions.formula(text)
        elif name in ("cfRule", "conditionalFormatting"):
            self.conditions.closed(name)
        elif text.strip():
            self._meter.held(len(text))
            self.margins.extend(_without_codes(text))

    def _area(self, attributes: dict[str, str]) -> Area | None:
        try:
            return parse_area(attribute(attributes, "ref") or "")
        except ValueError:
            self.wrong_areas += 1
            return None

    def _bound(self, count: int, allowed: int, what: str) -> None:
        if count >= allowed:
            raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {allowed:,} {what}")

    def _column(self, attributes: dict[str, str]) -> None:
        if is_true(attribute(attributes, "hidden")) or _is_zero(attribute(attributes, "width")):
            first, last = attribute(attributes, "min") or "", attribute(attributes, "max") or ""
            if first.isdecimal() and last.isdecimal() and len(first) < 8 and len(last) < 8:
                self._bound(len(self._hidden_columns), LAST_COLUMN, "hidden columns")
                self._hidden_columns.append((max(1, int(first)), min(LAST_COLUMN, int(last))))

    def hidden_rows(self, last: int) -> frozenset[int]:
        """Give the hidden rows up to the last one that matters."""
        return frozenset(row for row in self._hidden_rows if row <= last)

    def hidden_columns(self, last: int) -> frozenset[int]:
        """Give the hidden columns up to the last one that matters."""
        hidden: set[int] = set()
        reached = 0
        for first, final in sorted(self._hidden_columns):
            hidden.update(range(max(first, reached + 1), min(final, last) + 1))
            reached = max(reached, final)
        return frozenset(hidden)


_CODES = re.compile(r'&"[^"]*"|&[0-9]+|&K[0-9A-Fa-f+-]{6}|&&|&.', re.DOTALL)
_PARTS = re.compile(r"&[LCR]")


def _without_codes(text: str) -> list[str]:
    """Give the parts of a header or footer without the codes for fonts, page numbers and the like (18.3.1.39)."""
    parts = [_CODES.sub(lambda code: "&" if code[0] == "&&" else " ", part) for part in _PARTS.split(text)]
    return [" ".join(part.split()) for part in parts if part.strip()]


def _is_zero(size: str | None) -> bool:
    """Say whether a height or width is nothing."""
    return size is not None and size.strip("0. ") == "" and "0" in size
