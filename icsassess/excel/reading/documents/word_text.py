"""The text of a part of a Word document: its paragraphs, and its tables cell by cell (ECMA-376 part 1, 17)."""

from collections.abc import Mapping

from icsassess.excel.cells.model import Cell, Kind
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute
from icsassess.excel.reading.documents.grid import Grid
from icsassess.excel.reading.documents.html_styles import colour

_MOST_TABLES = 1_000
_MOST_COLUMNS = 500
_NO = ("0", "false", "off", "none")


class WordComments(PartReader):
    """The comments of a document by their number (17.13.4)."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.notes: dict[str, str] = {}
        self._number = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the comments begins."""
        if name == "comment":
            self._number = attribute(attributes, "id") or ""
            self.notes[self._number] = ""
        elif name == "p" and self.notes.get(self._number):
            self.notes[self._number] += "\n"
        self.keeps_text = name == "t"

    def closed(self, name: str, text: str) -> None:
        """An element of the comments ends."""
        if name == "t" and self._number in self.notes:
            self.meter.held(len(text))
            self.notes[self._number] += text
        self.keeps_text = False


class _OpenCell:
    """A cell being read: its text line by line, and what shows."""

    def __init__(self, column: int) -> None:
        self.column = column
        self.across = 1
        self.down = ""
        """'restart' where it is the first of several rows, 'continue' where it belongs to the row above."""
        self.lines: list[str] = []
        self.fill: str | None = None
        self.struck = False
        self.link: str | None = None
        self.notes: list[str] = []


class WordText(PartReader):
    """Takes the text of a document; a table within a cell is a part of that cell's text."""

    def __init__(self, meter: Meter, links: Mapping[str, str], notes: Mapping[str, str]) -> None:
        super().__init__(meter)
        self.lines: list[str] = []
        """The paragraphs outside of tables."""
        self.grids: list[Grid] = []
        self.has_pictures = False
        self.has_changes = False
        self._links = links
        self._notes = notes
        self._counted = [0]
        self._tables = 0
        self._grid: Grid | None = None
        self._row = self._next_column = 0
        self._cell: _OpenCell | None = None
        self._merges: dict[int, tuple[int, int]] = {}
        self._line: list[str] = []
        self._in_run_style = self._run_is_struck = False
        self._left_out = ""
        self._left_out_depth = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the text begins."""
        self.keeps_text = name == "t" and not self._left_out
        if self._left_out:
            self._left_out_depth += name == self._left_out
        elif name in ("Fallback", "moveFrom"):  # what is said once more for older programs, and what stands elsewhere
            self._left_out, self._left_out_depth = name, 1
            self.has_changes = self.has_changes or name == "moveFrom"
        elif name in ("tbl", "tr", "tc"):
            self._open_table(name)
        elif name in ("gridSpan", "vMerge", "shd"):
            self._open_cell_style(name, attributes)
        else:
            self._open_text(name, attributes)

    def _open_table(self, name: str) -> None:
        if name == "tbl":
            self._tables += 1
            if self._tables == 1:
                if len(self.grids) >= _MOST_TABLES:
                    raise Unreadable(Reason.TOO_LARGE, f"it has more than {_MOST_TABLES:,} tables")
                self._grid = Grid(f"Table {len(self.grids) + 1}", self.meter, self._counted)
                self._row, self._merges = 0, {}
        elif self._tables != 1:
            return
        elif name == "tr":
            self._row += 1
            self._next_column = 1
        else:
            self._cell = _OpenCell(self._next_column)

    def _open_cell_style(self, name: str, attributes: dict[str, str]) -> None:
        cell, value = self._cell, attribute(attributes, "val")
        if cell is None or self._tables != 1:
            return
        if name == "gridSpan" and value and value.isdecimal():
            cell.across = min(max(int(value[:4]), 1), _MOST_COLUMNS)
        elif name == "vMerge":
            cell.down = "restart" if value == "restart" else "continue"
        elif name == "shd" and not cell.lines and not self._line:
            fill = attribute(attributes, "fill") or ""
            cell.fill = colour(f"#{fill}") if len(fill) == 6 else None

    def _open_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPr":
            self._in_run_style = True
        elif name == "r":
            self._run_is_struck = False
        elif name in ("strike", "dstrike") and self._in_run_style:
            self._run_is_struck = (attribute(attributes, "val") or "") not in _NO
        elif name in ("tab", "br", "cr", "noBreakHyphen") and not self._in_run_style:
            self._line.append({"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n"))
        elif name in ("ins", "del", "moveTo"):
            self.has_changes = True
        elif name in ("drawing", "pict", "object"):
            self.has_pictures = True
        elif name == "hyperlink" and self._cell is not None:
            self._cell.link = self._cell.link or self._links.get(attribute(attributes, "id") or "")
        elif name == "commentReference" and self._cell is not None:
            self._cell.notes.append(self._notes.get(attribute(attributes, "id") or "", ""))

    def closed(self, name: str, text: str) -> None:
        """An element of the text ends."""
        if self._left_out:
            self._left_out_depth -= name == self._left_out
            self._left_out = self._left_out if self._left_out_depth else ""
        elif name == "t":
            self._line.append(text)
            if self._run_is_struck and text.strip() and self._cell is not None:
                self._cell.struck = True
        elif name == "rPr":
            self._in_run_style = False
        elif name == "p":
            self._end_paragraph()
        elif name in ("tbl", "tr", "tc"):
            self._close_table(name)
        self.keeps_text = False

    def _end_paragraph(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if not line:
            return
        self.meter.held(len(line))
        (self._cell.lines if self._cell is not None else self.lines).append(line)

    def _close_table(self, name: str) -> None:
        if name == "tbl":
            self._tables -= 1
            if self._tables == 0 and self._grid is not None:
                for column in list(self._merges):
                    self._end_merge(self._grid, column)
                self.grids.append(self._grid)
                self._grid = self._cell = None
        elif name == "tc" and self._tables == 1 and self._cell is not None and self._grid is not None:
            self._end_cell(self._grid, self._cell)
            self._next_column = self._cell.column + self._cell.across
            self._cell = None
            if self._next_column > _MOST_COLUMNS:
                raise Unreadable(Reason.TOO_LARGE, f"a table has more than {_MOST_COLUMNS} columns")

    def _end_cell(self, grid: Grid, cell: _OpenCell) -> None:
        if cell.down == "continue" and cell.column in self._merges:
            return
        self._end_merge(grid, cell.column)
        if cell.down == "restart":
            self._merges[cell.column] = (self._row, cell.across)
        elif cell.across > 1:
            grid.merge((self._row, cell.column, self._row, cell.column + cell.across - 1))
        text = "\n".join(cell.lines)[: self.meter.limits.text_characters]
        note = "\n".join(filter(None, cell.notes)) or None
        kind = Kind.TEXT if text else Kind.EMPTY
        grid.add(Cell(self._row, cell.column, text or None, kind, cell.fill, note, cell.link, cell.struck))

    def _end_merge(self, grid: Grid, column: int) -> None:
        """Take down what was merged down to the row above."""
        if begun := self._merges.pop(column, None):
            row, across = begun
            last = self._row if self._tables == 0 else self._row - 1
            grid.merge((row, column, last, column + across - 1))
