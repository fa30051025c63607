"""Rows of a worksheet as most programs write them: texts, numbers, and cells with only a format."""

import re
import sys
from collections.abc import Callable

from icsassess.excel.cells.addresses import LAST_ROW, column_number
from icsassess.excel.cells.model import Cell, Kind
from icsassess.excel.reading.cell_format import PLAIN
from icsassess.excel.reading.xlsx.cell_collector import CellCollector
from icsassess.excel.reading.xlsx.fast_elements import NOT_ALLOWED, TEXT, resolve_text
from icsassess.excel.reading.xlsx.rich_text import is_partly_struck

# Cells of row %s: with a text within (openpyxl; an empty one is the parser's), without a value, or with a number or the
# number of a shared string. Some programs write a blank before "/>".
_CELL = (
    rb'<c r="[A-Z]{1,2}%s"(?: s="\d{1,6}")?(?:(?: t="[sn]")?(?:><v>[0-9][0-9.eE+-]{0,39}</v></c>| ?/>|></c>)'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>(?!<)' + TEXT + rb"</t></is></c>)"
)
_ROW = re.compile(
    rb'<row r="([1-9]\d{0,6})"((?: (?!r=)[A-Za-z][A-Za-z0-9:.]*="[ !#-%%\'-;=-~]*")*+)(?: ?/>|>((?:%s)*+)</row>)'
    % (_CELL % rb"\1")
)
_CELLS = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="inlineStr"><is><t[^>]*>([^<]+)|(?: t="([sn])")?(?:><v>([^<]+))?)'
)
_ATTRIBUTES = re.compile(r' ([^ =]+)="([^"]*)"')
_TEXT, _NUMBER = Kind.TEXT, Kind.NUMBER
_MOST_REMEMBERED = 256


class RowScanner:
    """Reads plain rows and gives them to the cells of their sheet; ``between_rows`` says where the parser stands."""

    opening, closing = b"<row ", b"</row>"

    def __init__(self, sheet: CellCollector, between_rows: Callable[[], bool]) -> None:
        self._sheet = sheet
        self.may_consume = between_rows
        self._formats = dict(sheet.shared.formats_by_number)
        self._formats[""] = self._formats.get(None, PLAIN)
        self._columns: dict[str, int] = {}
        self._attributes: dict[bytes, dict[str, str] | None] = {}

    def consume(self, data: bytes, at: int) -> int:
        """Read the plain rows that follow one another from ``at`` on; give where the first other thing begins."""
        sheet = self._sheet
        while (match := _ROW.match(data, at)) is not None:
            number, attributes = int(match[1]), self._row_attributes(match[2])
            cells = match[3] or b""
            if number > LAST_ROW or attributes is None or any(wrong in cells for wrong in NOT_ALLOWED):
                break
            try:
                text = cells.decode("utf-8")
            except UnicodeDecodeError:
                break
            sheet.begin_row(number, attributes)
            if text:
                self._add_cells(_CELLS.findall(text))
            at = match.end()
        sheet.count()
        return at

    def _row_attributes(self, written: bytes) -> dict[str, str] | None:
        """Give a row's attributes, None where one comes twice, which the parser refuses; most rows' are the same."""
        if written not in self._attributes:
            if len(self._attributes) >= _MOST_REMEMBERED:
                self._attributes.clear()
            pairs = _ATTRIBUTES.findall(written.decode("ascii"))
            attributes = dict(pairs)
            self._attributes[written] = attributes if len(attributes) == len(pairs) else None
        return self._attributes[written]

    def _add_cells(self, written: list[tuple[str, str, str, str, str]]) -> None:
        sheet = self._sheet
        cells, row, columns, formats = sheet.cells, sheet.row, self._columns, self._formats
        strings = sheet.shared.strings
        texts, rich, last_text = strings.texts, strings.rich, len(strings.texts)
        new = tuple.__new__
        sheet.seen += len(written)
        for letters, style, inline, sort, raw in written:
            fill, shape, struck, look = formats.get(style, PLAIN)
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters)
            key = (row, column)
            if inline:
                text = resolve_text(inline) if "&" in inline or "_x" in inline else inline
                sheet.meter.held(sys.getsizeof(text))
                sheet.add(key, text, _TEXT, fill, struck, None, look)
            elif not raw:
                if fill is not None:
                    sheet.add_blank(key, fill)
            elif sort == "s" and raw.isdigit() and (index := int(raw)) < last_text:
                text = texts[index]
                struck = struck or (index in rich and is_partly_struck(rich[index]))
                if text and key not in cells:
                    sheet.last_value_row = row
                    cells[key] = new(
                        Cell, (row, column, text, _TEXT, fill, None, None, struck, None, look, rich.get(index))
                    )
                else:
                    sheet.add(key, text, _TEXT, fill, struck, None, look, rich.get(index))
            elif sort != "s" and not shape and raw.isdigit() and len(raw) < 16 and key not in cells:
                sheet.last_value_row = row
                cells[key] = new(Cell, (row, column, int(raw), _NUMBER, fill, None, None, struck, None, look, None))
            else:
                value, kind, runs = sheet.value_of(key, raw, sort or None, shape)
                sheet.add(key, value, kind, fill, struck or is_partly_struck(runs), None, look, runs)
