"""The figures that a chart stores beside its cells: what is drawn must be what stands in them.

A chart part keeps a copy of the cells that it draws (ECMA-376 part 1, 21.2.2.149 and 21.2.2.200), which Excel shows
until it reckons again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icsassess.excel.cells.addresses import parse_area
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook, as_text
from icsassess.excel.strict.markup import Name, StrictReader
from icsassess.excel.strict.second_reading import number_stored

_SHEET_AND_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CLOSE = 1e-6


class ChartMarkup(StrictReader):
    """A chart: each copy that it keeps of cells is held against them."""

    names_once = False

    def __init__(self, part: str, workbook: Workbook) -> None:
        super().__init__(part)
        self._sheets = {sheet.title: sheet for sheet in workbook.sheets}
        self._cells: list[Cell | None] | None = None
        self._point: int | None = None

    def opened(self, name: Name, attributes: dict[Name, str]) -> None:
        """Look at an element of the chart."""
        if name.namespace != _CHART:
            return
        if name.local in ("strRef", "numRef", "multiLvlStrRef"):
            self._cells = None
        elif name.local == "pt":
            index = attributes.get(Name("", "idx"), "")
            self._point = int(index) if index.isdecimal() and len(index) < 7 else None

    def closed(self, name: Name, text: str) -> None:
        """Compare what ends here."""
        if name.namespace != _CHART:
            return
        if name.local == "f":
            self._cells = [_constant(text)] if text.startswith('"') else list(self._area(text))
            if not self._cells:
                self.odd(f"a chart draws something else than cells of this workbook ({text[:40]})", acts=True)
        elif name.local == "v" and self._point is not None and self._cells and not _drawn(self._cell(), text):
            self.odd(f"a chart draws ‘{text[:40]}’ where the cell holds ‘{_shown(self._cell())}’", acts=True)

    def _cell(self) -> Cell | None:
        cells = self._cells or []
        return cells[self._point] if self._point is not None and self._point < len(cells) else None

    def _area(self, formula: str) -> Iterator[Cell | None]:
        match = _SHEET_AND_AREA.fullmatch(formula)
        sheet: Sheet | None = self._sheets.get((match[1] or match[2]).replace("''", "'")) if match else None
        if match is None or sheet is None:
            return
        try:
            top, left, bottom, right = parse_area(match[3].replace("$", ""))
        except ValueError:
            return
        for row in range(top, min(bottom, top + 10_000) + 1):
            for column in range(left, min(right, left + 1_000) + 1):
                yield sheet.cells.get((row, column))


def _constant(formula: str) -> Cell:
    """Give what a formula such as ``"Gaps"`` shows: LibreOffice writes the names of rows of figures so."""
    return Cell(1, 1, formula.strip('"').replace('""', '"'), Kind.TEXT)


def _drawn(cell: Cell | None, text: str) -> bool:
    if cell is not None and cell.kind in (Kind.NOT_CALCULATED, Kind.ERROR):
        return True
    if cell is None or cell.value is None:
        return text.strip() in ("", "0")
    if isinstance(cell.value, str):
        return cell.value.split() == text.split()
    number = number_stored(cell.value)
    try:
        return number is not None and abs(float(text) - number) <= _CLOSE * max(1.0, abs(number))
    except ValueError:
        return as_text(cell) == text


def _shown(cell: Cell | None) -> str:
    return as_text(cell)[:40] if cell is not None else ""
