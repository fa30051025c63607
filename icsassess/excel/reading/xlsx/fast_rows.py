"""Rows of a worksheet as nearly all programs write them: shared texts, numbers, and cells with only a look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from icsassess.excel.cells.addresses import LAST_ROW, column_number
from icsassess.excel.cells.model import Cell, Kind
from icsassess.excel.reading.cell_format import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from icsassess.excel.reading.xlsx.cell_collector import SheetCells

_CELL = rb'<c r="([A-Z]{1,2})%s"(?: s="(\d{1,6})")?(?: t="([sn])")?(?:/>|></c>|><v>([0-9][0-9.eE+-]{0,39})</v></c>)'
_ROW = re.compile(
    rb'<row r="([1-9]\d{0,6})"((?: (?!r=)[A-Za-z][A-Za-z0-9:.]*="[ !#-%%\'-;=-~]*")*+)(?:/>|>((?:%s)*+)</row>)'
    % re.sub(rb"\((?!\?)", b"(?:", _CELL % rb"\1")
)
_CELLS = re.compile((_CELL % rb"\d+").decode("ascii"))
_ATTRIBUTES = re.compile(r' ([^ =]+)="([^"]*)"')
_TEXT, _NUMBER = Kind.TEXT, Kind.NUMBER
_MOST_REMEMBERED = 256


class PlainRows:
    """Takes plain rows and gives them to the cells of their sheet; ``between_rows`` says where the parser stands."""

    begins, ends = b"<row ", b"</row>"

    def __init__(self, sheet: SheetCells, between_rows: Callable[[], bool]) -> None:
        self._sheet = sheet
        self.may_take = between_rows
        self._formats = dict(sheet.tables.formats_by_number)
        self._formats[""] = self._formats.get(None, PLAIN)
        self._columns: dict[str, int] = {}
        self._attributes: dict[bytes, dict[str, str] | None] = {}

    def take(self, data: bytes, at: int) -> int:
        """Take the plain rows that follow one another from a place on; give where the first other thing begins."""
        sheet = self._sheet
        while (found := _ROW.match(data, at)) is not None:
            given, said, cells = found.groups()
            number, attributes = int(given), self._said(said)
            if number > LAST_ROW or attributes is None:
                break
            sheet.begin_row(number, attributes)
            if cells:
                self._take_cells(_CELLS.findall(cells.decode("ascii")))
            at = found.end()
        sheet.count()
        return at

    def _said(self, given: bytes) -> dict[str, str] | None:
        """Give a row's attributes, None where one is given twice, which the parser refuses; most rows' are the same."""
        if given not in self._attributes:
            if len(self._attributes) >= _MOST_REMEMBERED:
                self._attributes.clear()
            pairs = _ATTRIBUTES.findall(given.decode("ascii"))
            attributes = dict(pairs)
            self._attributes[given] = attributes if len(attributes) == len(pairs) else None
        return self._attributes[given]

    def _take_cells(self, found: list[tuple[str, str, str, str]]) -> None:
        sheet = self._sheet
        cells, row, columns, formats = sheet.by_place, sheet.row, self._columns, self._formats
        strings = sheet.tables.strings
        texts, all_struck, last_text = strings.texts, strings.struck, len(strings.texts)
        new = tuple.__new__
        sheet.seen += len(found)
        for letters, style, sort, raw in found:
            fill, shape, struck = formats.get(style, PLAIN)
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters)
            key = (row, column)
            if not raw:
                if fill is not None:
                    sheet.keep_blank(key, fill)
            elif sort == "s" and raw.isdigit() and (index := int(raw)) < last_text:
                text = texts[index]
                struck = struck or index in all_struck
                if text and key not in cells:
                    sheet.last_value_row = row
                    cells[key] = new(Cell, (row, column, text, _TEXT, fill, None, None, struck, None))
                else:
                    sheet.keep(key, text, _TEXT, fill, struck)
            elif sort != "s" and not shape and raw.isdigit() and len(raw) < 16 and key not in cells:
                sheet.last_value_row = row
                cells[key] = new(Cell, (row, column, int(raw), _NUMBER, fill, None, None, struck, None))
            else:
                value, kind, run_struck = sheet.value_of(key, raw, sort or None, shape)
                sheet.keep(key, value, kind, fill, struck or run_struck)
