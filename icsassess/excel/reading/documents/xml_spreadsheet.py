"""XML Spreadsheet 2003, as Excel and many reporting systems save it ('Office 2003 XML: Reference Schemas')."""

import datetime
import re

from icsassess.excel.cells.model import Cell, Kind, Sheet, Value, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.xml import PartReader, attribute, is_true, parse
from icsassess.excel.reading.documents.grid import Grid
from icsassess.excel.reading.documents.html_styles import colour

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PROPERTIES = {"title", "author", "lastauthor", "created", "lastsaved", "company", "subject"}
_NAMES = {"author": "creator", "lastauthor": "lastModifiedBy", "lastsaved": "modified"}
_PROPERTY_OF_ITS_OWN = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Styles:
    """The looks of cells by their names: the colour behind and whether text is struck through."""

    def __init__(self) -> None:
        self.by_name: dict[str, tuple[str | None, bool]] = {}
        self._name = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Style":
            self._name = attribute(attributes, "ID") or ""
            self.by_name[self._name] = self.by_name.get(attribute(attributes, "Parent") or "", (None, False))
        elif name == "Interior" and (attribute(attributes, "Pattern") or "Solid") == "Solid":
            fill, struck = self.by_name.get(self._name, (None, False))
            self.by_name[self._name] = (colour(attribute(attributes, "Color") or "") or fill, struck)
        elif name == "Font" and is_true(attribute(attributes, "StrikeThrough")):
            self.by_name[self._name] = (self.by_name.get(self._name, (None, False))[0], True)


class _Spreadsheet(PartReader):
    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.sheets: list[Sheet] = []
        self.properties: dict[str, str] = {}
        self.custom: dict[str, str] = {}
        self._styles = _Styles()
        self._counted = [0]
        self._grid: Grid | None = None
        self._row = self._column = 0
        self._section = ""
        self._cell: dict[str, str] = {}
        self._type = ""
        self._value: list[str] = []
        self._note: list[str] = []
        self._within = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if self._within:
            self.keeps_text = True
        elif name in ("DocumentProperties", "CustomDocumentProperties", "Styles"):
            self._section = name
        elif self._section == "Styles":
            self._styles.opened(name, attributes)
        elif self._section:
            self.begin_text()
        elif name == "Worksheet":
            if len(self.sheets) >= self.meter.limits.sheets:
                raise Unreadable(Reason.TOO_LARGE, f"it has more than {self.meter.limits.sheets:,} sheets")
            self._grid = Grid(
                attribute(attributes, "Name") or f"Sheet {len(self.sheets) + 1}", self.meter, self._counted
            )
            self._row = 0
        elif self._grid is not None:
            self._in_sheet(self._grid, name, attributes)

    def _in_sheet(self, grid: Grid, name: str, attributes: dict[str, str]) -> None:
        if name == "Row":
            self._row = _number(attribute(attributes, "Index"), self._row + 1, _LAST_ROW)
            self._column = 0
            if is_true(attribute(attributes, "Hidden")):
                grid.hidden_rows.add(self._row)
        elif name == "Column" and is_true(attribute(attributes, "Hidden")) and (at := attribute(attributes, "Index")):
            first = _number(at, 1, _LAST_COLUMN)
            grid.hidden_columns.update(
                range(first, first + 1 + min(_number(attribute(attributes, "Span"), 0, 100), 100))
            )
        elif name == "Cell":
            self._column = _number(attribute(attributes, "Index"), self._column + 1, _LAST_COLUMN)
            self._cell, self._type, self._value, self._note = attributes, "", [], []
        elif name in ("Data", "Comment"):
            self._within = name
            if name == "Data":
                self._type = attribute(attributes, "Type") or "String"
            self.begin_text()
        elif name == "Visible":
            self.begin_text()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called by expat for each start tag: texts of marked-up pieces of a cell follow one another."""
        self._take_text()
        super().start(name.rpartition(":")[2], attributes)

    def end(self, name: str) -> None:
        """Called by expat for each end tag."""
        self._take_text()
        super().end(name.rpartition(":")[2])

    def _take_text(self) -> None:
        if self._within and self.pieces:
            (self._value if self._within == "Data" else self._note).extend(self.pieces)
            self.pieces.clear()

    def closed(self, name: str, text: str) -> None:
        if name == self._within:
            self._within, self.keeps_text = "", False
        elif self._within:
            return
        elif name == self._section:
            self._section = ""
        elif self._section == "DocumentProperties" and name.lower() in _PROPERTIES:
            self.properties[_NAMES.get(name.lower(), name.lower())] = text.strip()
        elif self._section == "CustomDocumentProperties" and text and len(self.custom) < 1_000:
            self.custom[_PROPERTY_OF_ITS_OWN.sub(lambda match: chr(int(match[1], 16)), name)] = text
        elif self._grid is not None:
            self._closed_in_sheet(self._grid, name, text)

    def _closed_in_sheet(self, grid: Grid, name: str, text: str) -> None:
        if name == "Cell":
            self._end_cell(grid)
        elif name == "Visible":
            grid.is_hidden = text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif name == "Worksheet":
            self.sheets.append(grid.finish())
            self._grid = None

    def _end_cell(self, grid: Grid) -> None:
        fill, struck = self._styles.by_name.get(attribute(self._cell, "StyleID") or "", (None, False))
        value, kind = _typed("".join(self._value)[: self.meter.limits.text_characters], self._type)
        note = "".join(self._note).strip() or None
        link = attribute(self._cell, "HRef")
        row, column = self._row, self._column
        grid.add(Cell(row, column, value, kind, fill, note, link if link and ":" in link else None, struck))
        across = _number(attribute(self._cell, "MergeAcross"), 0, _LAST_COLUMN)
        down = _number(attribute(self._cell, "MergeDown"), 0, _LAST_ROW)
        grid.merge((row, column, min(row + down, _LAST_ROW), min(column + across, _LAST_COLUMN)))
        self._column += across


def _typed(text: str, sort: str) -> tuple[Value, Kind]:
    if not text:
        return None, Kind.EMPTY
    if sort == "Number":
        try:
            number = float(text)
        except ValueError:
            return text, Kind.TEXT
        return (int(number), Kind.NUMBER) if number.is_integer() and abs(number) < 1e15 else (number, Kind.NUMBER)
    if sort == "Boolean":
        return text.strip() == "1", Kind.BOOLEAN
    if sort == "DateTime":
        try:
            moment = datetime.datetime.fromisoformat(text.strip())
        except ValueError:
            return text, Kind.TEXT
        return moment, Kind.DATE
    return (text, Kind.ERROR) if sort == "Error" else (text, Kind.TEXT)


def _number(text: str | None, default: int, most: int) -> int:
    if text is None or not text.strip().isdecimal() or len(text) > 9:
        return default
    return min(int(text), most)


def read_xml_spreadsheet(data: bytes, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an XML spreadsheet of 2003. Raises Unreadable."""
    pieces = (data[at : at + 65_536] for at in range(0, len(data), 65_536))
    reader = parse(pieces, _Spreadsheet(meter), "Workbook")
    if not reader.sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no worksheet")
    return Workbook("xml", tuple(reader.sheets), reader.properties, reader.custom, False, (), (), remarks.all())
