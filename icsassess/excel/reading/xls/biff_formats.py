"""What python-calamine does not give of an .xls: errors, colours, and hidden rows and columns ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from icsassess.excel.cells.colours import Colours
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.xls.compound_file import OleFile

# Record types ([MS-XLS] 2.3.1)
_FORMULA, _END, _PASSWORD, _COLUMNS, _SHEET, _PALETTE = 0x06, 0x0A, 0x2F, 0x7D, 0x85, 0x92
_MANY_NUMBERS, _MANY_BLANKS, _FORMAT, _BLANK, _BOOLEAN_OR_ERROR = 0xBD, 0xBE, 0xE0, 0x201, 0x205
_ROW, _BEGIN = 0x208, 0x809
_ONE_CELL = frozenset([_FORMULA, 0xFD, 0xD6, _BLANK, 0x203, 0x204, _BOOLEAN_OR_ERROR, 0x27E])
_BIFF8 = 0x0600
_ERRORS = {  # [MS-XLS] 2.5.10
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_ROW_IS_HIDDEN = 0x20
_FIRST_OF_PALETTE = 8
_LAST_OF_PALETTE = 63
_TIME_CHECK = 4096
_CELL_BYTES = 150


@dataclass(slots=True)
class SheetLooks:
    """What one sheet looks like; rows and columns count from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_looks(data: bytes, meter: Meter) -> list[SheetLooks]:
    """Give the looks of all sheets, in the order of their tabs.

    Raises Unreadable for a password and at the limits, and one of OLE_ERRORS for what is damaged or older than
    Excel 97.
    """
    stream = OleFile(data).stream("Workbook", "Book")
    colours = Colours(None)
    formats: list[tuple[int, int]] = []
    starts: list[int] = []
    for kind, content in _records(stream, 0, meter):
        if kind == _BEGIN and struct.unpack_from("<H", content)[0] != _BIFF8:
            raise ValueError("older than Excel 97")
        if kind == _PASSWORD:
            raise Unreadable(Reason.PASSWORD)
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", content)[0])
        elif kind == _FORMAT:
            pattern, colour = struct.unpack_from("<IH", content, 14)
            formats.append((pattern >> 26, colour & 0x7F))
        elif kind == _PALETTE:
            for place in range(min(struct.unpack_from("<H", content)[0], 56)):
                red, green, blue = content[2 + 4 * place : 5 + 4 * place]
                colours.palette[_FIRST_OF_PALETTE + place] = f"{red:02X}{green:02X}{blue:02X}"
    fills = [_fill(pattern, colour, colours) for pattern, colour in formats]
    return [_sheet(stream, start, fills, meter) for start in starts[: meter.limits.sheets]]


def _fill(pattern: int, colour: int, colours: Colours) -> str | None:
    """Give the colour of a solid pattern (1, [MS-XLS] 2.5.129); white and the automatic colours are none."""
    if pattern != 1 or not _FIRST_OF_PALETTE <= colour <= _LAST_OF_PALETTE:
        return None
    found = colours.palette[colour]
    return None if found == "FFFFFF" else found


def _records(stream: bytes, start: int, meter: Meter) -> Iterator[tuple[int, bytes]]:
    """Give the records of the part of the stream that begins here, as far as its end; not those of charts within."""
    depth = count = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length
        count += 1
        if count % _TIME_CHECK == 0:
            meter.check_time()


def _sheet(stream: bytes, start: int, fills: list[str | None], meter: Meter) -> SheetLooks:
    looks = SheetLooks()
    for kind, content in _records(stream, start, meter):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", content)
            if flags & _ROW_IS_HIDDEN:
                looks.hidden_rows.add(row + 1)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & 1:
                looks.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind in _ONE_CELL:
            row, column, number = struct.unpack_from("<3H", content)
            _paint(looks, row, column, number, fills, meter)
            error = _error(kind, content)
            if error:
                looks.errors[row + 1, column + 1] = error
                meter.held(_CELL_BYTES)
        elif kind in (_MANY_BLANKS, _MANY_NUMBERS):
            row, first = struct.unpack_from("<2H", content)
            step = 2 if kind == _MANY_BLANKS else 6
            for place in range((len(content) - 6) // step):
                number = struct.unpack_from("<H", content, 4 + place * step)[0]
                _paint(looks, row, first + place, number, fills, meter)
    return looks


def _paint(looks: SheetLooks, row: int, column: int, number: int, fills: list[str | None], meter: Meter) -> None:
    fill = fills[number] if number < len(fills) else None
    if fill is not None and column < meter.limits.blank_columns:
        looks.fills[row + 1, column + 1] = fill
        meter.held(_CELL_BYTES)


def _error(kind: int, content: bytes) -> str | None:
    """Give the error of a cell: one that was typed, or the stored result of a formula ([MS-XLS] 2.5.133)."""
    if kind == _BOOLEAN_OR_ERROR and content[7]:
        return _ERRORS.get(content[6], "#VALUE!")
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return _ERRORS.get(content[8], "#VALUE!")
    return None
