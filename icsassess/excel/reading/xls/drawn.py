"""What is drawn over the cells of an .xls, which xlrd passes over: seen in the records as it reads them ([MS-XLS] 2.4).

A drawing record says where something lies, the object record after it what it is, a text record what it says.
"""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

import xlrd

from icsassess.excel.cells.drawn import Drawn, DrawnKind

_ANCHOR = re.compile(rb"\x10\xf0\x12\x00\x00\x00(.{18})", re.DOTALL)
_KINDS = {
    0x01: DrawnKind.SHAPE, 0x02: DrawnKind.SHAPE, 0x03: DrawnKind.SHAPE, 0x04: DrawnKind.SHAPE, 0x05: DrawnKind.CHART,
    0x06: DrawnKind.TEXT_BOX, 0x07: DrawnKind.CONTROL, 0x08: DrawnKind.PICTURE, 0x09: DrawnKind.SHAPE,
    0x0B: DrawnKind.CHECK_BOX, 0x0C: DrawnKind.CHECK_BOX, 0x1E: DrawnKind.SHAPE,
}  # fmt: skip
"""By the number of an object's kind ([MS-XLS] 2.5.143); notes and the arrows of lists are none of them."""
_CHECK_BOX_STATE = 0x0A
_MOST = 5_000
_LITTLE = 64  # of 256 parts of a row's height


class DrawnRecords:
    """Collects what is drawn, by the number of the sheet's object in memory."""

    def __init__(self) -> None:
        self._of_sheet: dict[int, list[Drawn]] = {}
        self._place: tuple[int, int] | None = None
        self._open: bool = False

    def of(self, sheet: object) -> tuple[Drawn, ...]:
        """Give what is drawn over a sheet."""
        shapes = self._of_sheet.get(id(sheet), [])
        return tuple(
            one._replace(kind=DrawnKind.SHAPE) if one.kind is DrawnKind.TEXT_BOX and not one.text else one
            for one in shapes
        )

    def place(self, data: bytes) -> None:
        """A drawing record has come."""
        if (anchors := _ANCHOR.findall(data)) and anchors[-1]:
            _, left, _, top, _, _, _, bottom, reach = struct.unpack("<9H", anchors[-1])
            row = top if bottom == top or (bottom == top + 1 and reach <= _LITTLE) else (top + bottom) // 2
            self._place = row + 1, left + 1

    def shape(self, sheet: object, kind: int, data: bytes) -> None:
        """An object record has come."""
        self._open = False
        if kind not in _KINDS or self._place is None:
            return
        shapes = self._of_sheet.setdefault(id(sheet), [])
        if len(shapes) < _MOST:
            shapes.append(Drawn(_KINDS[kind], *self._place, "", None, _is_checked(data)))
            self._open = True

    def text(self, sheet: object, text: str) -> None:
        """The text of the object before has come."""
        if self._open and text.strip():
            shapes = self._of_sheet[id(sheet)]
            kind = DrawnKind.TEXT_BOX if shapes[-1].kind is DrawnKind.SHAPE else shapes[-1].kind
            shapes[-1] = shapes[-1]._replace(text=text.strip(), kind=kind)
        self._open = False


def _is_checked(data: bytes) -> bool:
    """Say whether the object of a check box says that it is checked."""
    at = 0
    while at + 4 <= len(data):
        part, length = struct.unpack("<HH", data[at : at + 4])
        if part == _CHECK_BOX_STATE and at + 6 <= len(data):
            return bool(struct.unpack("<H", data[at + 4 : at + 6])[0] == 1)
        at += 4 + length
    return False


@contextlib.contextmanager
def recording() -> Iterator[DrawnRecords]:
    """Have xlrd tell of the records that it passes over, while a workbook is opened."""
    records, sheets = DrawnRecords(), vars(xlrd.sheet)["Sheet"]
    drawing, an_object, text = sheets.handle_msodrawingetc, sheets.handle_obj, sheets.handle_txo

    def see_drawing(sheet: Any, kind: int, length: int, data: bytes) -> Any:
        records.place(data)
        return drawing(sheet, kind, length, data)

    def see_object(sheet: Any, data: bytes) -> Any:
        found = an_object(sheet, data)
        if found is not None:
            records.shape(sheet, found.type, data)
        return found

    def see_text(sheet: Any, data: bytes) -> Any:
        found = text(sheet, data)
        if found is not None:
            records.text(sheet, str(found.text))
        return found

    replaced: dict[str, Callable[..., Any]] = {
        "handle_msodrawingetc": see_drawing,
        "handle_obj": see_object,
        "handle_txo": see_text,
    }
    for name, function in replaced.items():
        setattr(sheets, name, function)
    try:
        yield records
    finally:
        for name, function in zip(replaced, (drawing, an_object, text), strict=True):
            setattr(sheets, name, function)
