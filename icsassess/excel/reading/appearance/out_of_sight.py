"""What a sheet does not show as it is: number formats with text of their own, text on its own colour, flat rows.

Whoever reads a workbook on the screen relies on it that a cell shows what it holds. Looked at are cells with a value;
conditional formats, single words in another colour within a text, and what is laid over a sheet are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from icsassess.excel.cells.addresses import LAST_COLUMN, address, column_letter
from icsassess.excel.cells.colours import contrast
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook
from icsassess.excel.container.errors import Unreadable
from icsassess.excel.container.limits import Limits, Meter, Remarks
from icsassess.excel.container.xml import PartReader, attribute, is_true, parse
from icsassess.excel.reading.appearance.workbook import StyledParts, styled_parts
from icsassess.excel.reading.formats.registry import recognise
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.styles import Styles
from icsassess.excel.writing.model.copied_style import CopiedStyle

LEAST_CONTRAST = 1.5
"""Below this nobody sees text on its ground; what people are asked to read has 4.5 and more (WCAG 2.2, 1.4.3)."""
LEAST_HEIGHT, LEAST_SIZE = 3.0, 3.0  # points
LEAST_WIDTH = 1.0  # characters
_TEXT_SECTION = 3


class Obscured(NamedTuple):
    """A place on a sheet (``R18``, ``row 24``, ``column C``) whose content is not seen as it is, and why."""

    sheet: str
    place: str
    why: str


def out_of_sight(data: bytes, workbook: Workbook, limits: Limits) -> list[Obscured] | None:
    """Give all such places of a workbook that was read from these bytes; None where that cannot be looked at."""
    file = InputFile(data, Meter(limits), Remarks(limits.remarks))
    try:
        if not file.is_package or not recognise(file).appearance_is_read or file.main_part is None:
            return None
        parts = styled_parts(file, file.main_part)
        styles = _styles(parts)
        places: list[Obscured] = []
        for sheet in workbook.sheets:
            if part := parts.sheets.get(sheet.title):
                reader = _Sizes(parts.meter)
                parse(parts.package.chunks(part, parts.meter.limits.sheet_bytes), reader, part)
                places += _on_sheet(sheet, reader, styles)
    except Unreadable:
        return None
    return places


class _Style(NamedTuple):
    look: CopiedStyle
    number_format: str


def _styles(parts: StyledParts) -> list[_Style]:
    if parts.styles is None:
        return []
    styles = parse(parts.package.chunks(parts.styles), Styles(parts.meter, parts.colours), parts.styles)
    formats = _NumberFormats(parts.meter)
    parse(parts.package.chunks(parts.styles), formats, parts.styles)
    return [
        _Style(look, formats.codes.get(number, ""))
        for look, number in zip(styles.looks(), formats.numbers, strict=True)
    ]


class _NumberFormats(PartReader):
    """The number format of each cell style; one that Excel has built in stands for ``""``."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.codes: dict[str, str] = {}
        self.numbers: list[str] = []
        self._in_list = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cellXfs":
            self._in_list = True
        elif name == "xf" and self._in_list:
            self.numbers.append(attribute(attributes, "numFmtId") or "0")
        elif name == "numFmt" and len(self.codes) < self.meter.limits.formats:
            self.codes[attribute(attributes, "numFmtId") or ""] = attribute(attributes, "formatCode") or ""

    def closed(self, name: str, text: str) -> None:
        if name == "cellXfs":
            self._in_list = False


class _Sizes(PartReader):
    """The style number of each cell, and the sizes of rows and columns, with those of all that have none."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.styles: dict[str, int] = {}
        self.heights: dict[int, float] = {}
        self.widths: list[tuple[int, int, float]] = []
        self.height = self.width = float("inf")
        self._row = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.styles[attributes.get("r", "")] = _whole(attributes.get("s"))
        elif name == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            if "ht" in attributes:
                self.heights[self._row] = _size(attributes["ht"])
        elif name == "col":
            first, last = _whole(attribute(attributes, "min")), _whole(attribute(attributes, "max"))
            if "width" in attributes:
                self.widths.append((first, min(last, LAST_COLUMN), _size(attributes["width"])))
        elif name == "sheetFormatPr":
            self.height = 0 if is_true(attributes.get("zeroHeight")) else _size(attributes.get("defaultRowHeight"))
            self.width = _size(attributes.get("defaultColWidth"))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def _size(text: str | None) -> float:
    try:
        return float(text) if text else float("inf")
    except ValueError:
        return float("inf")


def _on_sheet(sheet: Sheet, sizes: _Sizes, styles: list[_Style]) -> Iterator[Obscured]:
    valued = [cell for cell in sheet.cells.values() if cell.value is not None]
    for row in sorted({cell.row for cell in valued} - sheet.hidden_rows):
        if (height := sizes.heights.get(row, sizes.height)) < LEAST_HEIGHT:
            yield Obscured(sheet.title, f"row {row}", f"too low to be seen ({height:g} points)")
    for column in sorted({cell.column for cell in valued} - sheet.hidden_columns):
        width = next((size for first, last, size in sizes.widths if first <= column <= last), sizes.width)
        if width < LEAST_WIDTH:
            why = f"too narrow to be seen ({width:g} of a character)"
            yield Obscured(sheet.title, f"column {column_letter(column)}", why)
    for cell in sorted(valued):
        place = address(cell.row, cell.column)
        number = sizes.styles.get(place, 0)
        for why in _reasons(styles[number], cell) if number < len(styles) else ():
            yield Obscured(sheet.title, place, why)


def _reasons(style: _Style, cell: Cell) -> Iterable[str]:
    look = style.look
    if shows_something_else(style.number_format, is_text=cell.kind not in (Kind.NUMBER, Kind.DATE)):
        yield f"shown as something else by its number format, {style.number_format}"
    if contrast(look.colour, look.fill or "FFFFFF") < LEAST_CONTRAST:
        yield "written in the colour of its ground"
    if cell.struck:
        yield "struck through"
    if look.size < LEAST_SIZE:
        yield f"written too small to be seen ({look.size:g} points)"


_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"\\(.)")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|[_*].")
_PLACEHOLDERS = re.compile(r"[0#?ymdhs]|general", re.IGNORECASE)


def shows_something_else(code: str, *, is_text: bool) -> bool:
    """Tell whether a number format prints words of its own, or nothing, for a number or a text.

    ``shows_something_else('General;General;General;"Amber"', is_text=True)``. Signs, spaces and units in symbols are
    nothing of the kind, nor is ``""``, which stands for the formats that Excel has built in.
    """
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    if not is_text:
        numeric = sections[:_TEXT_SECTION]
        return bool(code) and any(_own_text(section, _PLACEHOLDERS) for section in numeric if "@" not in section)
    of_text = sections[_TEXT_SECTION:] or [section for section in sections if "@" in section]
    return any(_own_text(section, re.compile("@|general", re.IGNORECASE)) for section in of_text)


def _own_text(section: str, prints_the_value: re.Pattern[str]) -> bool:
    literals = "".join([*_QUOTED.findall(section), *_ESCAPED.findall(_QUOTED.sub("", section))])
    plain = _IN_BRACKETS.sub("", _ESCAPED.sub("", _QUOTED.sub("", section)))
    return any(map(str.isalnum, literals)) or not prints_the_value.search(plain)
