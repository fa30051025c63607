"""The cells of a worksheet as they are met: what is taken over, what is counted, and what is odd."""

import sys

from icsassess.excel.cells import parse_value as sheet_values
from icsassess.excel.cells.dates_and_numbers import Shape
from icsassess.excel.cells.formulas import link_within
from icsassess.excel.cells.model import Cell, Kind, Look, Run, Value
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.xlsx import anomalies
from icsassess.excel.reading.xlsx.anomalies import Anomalies
from icsassess.excel.reading.xlsx.shared_strings import SharedData
from icsassess.excel.reading.xlsx.sheet_metadata import SheetMetadata

_TEXT, _EMPTY, _ERROR, _NOT_CALCULATED = Kind.TEXT, Kind.EMPTY, Kind.ERROR, Kind.NOT_CALCULATED
Runs = tuple[Run, ...] | None
_CELL_BYTES = 320
"""About what a cell takes: itself, its place and its share of the dictionary."""


class CellCollector:
    """Collects the cells of a worksheet; everything around the cells goes to its metadata."""

    def __init__(self, meter: Meter, shared: SharedData) -> None:
        self.meter = meter
        self.shared = shared
        self.cells: dict[tuple[int, int], Cell] = {}
        self.metadata = SheetMetadata(meter, shared.condition_fills)
        self.anomalies = Anomalies()
        self.row = 0
        self.last_value_row = 0
        self.seen = 0
        """Cells met, blank ones too."""
        self._counted = 0

    def begin_row(self, number: int, attributes: dict[str, str]) -> None:
        """A row with a number begins."""
        if number <= self.row:
            self.anomalies.add(f"row {number}", anomalies.OUT_OF_ORDER if number < self.row else anomalies.REPEATED)
        self.row = number
        if attributes:
            self.metadata.row(number, attributes)

    def count(self) -> None:
        """Count what was added since this was last asked. Raises Unreadable where it is too much."""
        limits, count = self.meter.limits, len(self.cells)
        if self.seen > limits.cells_seen or count > limits.cells:
            raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {limits.cells:,} cells")
        if count > self._counted:
            self.meter.held((count - self._counted) * _CELL_BYTES)
            self._counted = count

    def is_far_below(self) -> bool:
        """Say whether the last value is so far above that blank rows need not be read; takes that down as a remark."""
        near = self.meter.limits.blank_rows_read
        if self.row - self.last_value_row <= near:
            return False
        self.anomalies.add(f"row {self.last_value_row + near} and below", anomalies.BLANK_ROWS)
        return True

    def value_of(self, key: tuple[int, int], raw: str, sort: str | None, shape: Shape) -> tuple[Value, Kind, Runs]:
        """Give a cell's value, its kind, and the runs of its text where their fonts differ.

        ``raw`` is what its <v> says, ``sort`` its t attribute.
        """
        if sort == "s":
            return self._shared_text(raw, key)
        value, kind, wrong = sheet_values.typed_value(raw, sort or "n", shape, self.shared.from_1904)
        if wrong:
            self.anomalies.add(key, "holds " + wrong)
        if kind is _TEXT:
            self.meter.held(sys.getsizeof(value))
        return value, kind, None

    def _shared_text(self, raw: str, key: tuple[int, int]) -> tuple[str, Kind, Runs]:
        strings = self.shared.strings
        try:
            index = int(raw)
        except ValueError:
            index = -1
        if 0 <= index < len(strings.texts):
            return strings.texts[index], _TEXT, strings.rich.get(index)
        self.anomalies.add(key, anomalies.NO_STRING)
        return "#REF!", _ERROR, None

    def add(
        self,
        key: tuple[int, int],
        value: Value,
        kind: Kind,
        fill: str | None,
        struck: bool,
        formula: str | None = None,
        look: Look | None = None,
        runs: Runs = None,
    ) -> None:
        """Add a cell; one without text only where it has a colour or a formula."""
        cells = self.cells
        if value == "" and kind is _TEXT:
            if (fill is None and formula is None) or (key in cells and cells[key].value is not None):
                return
            value, kind, struck = None, _EMPTY, False
        elif key in cells and cells[key].value is not None:
            self.anomalies.add(key, anomalies.REPEATED)
        self.last_value_row = key[0]
        link = None
        if formula is not None or kind is _NOT_CALCULATED:
            link = link_within(formula or str(value)[1:])
        cells[key] = Cell(key[0], key[1], value, kind, fill, None, link, struck, formula, look, runs)

    def add_blank(self, key: tuple[int, int], fill: str) -> None:
        """Keep a cell that has nothing but a colour."""
        limits = self.meter.limits
        if key in self.cells and self.cells[key].value is not None:
            return
        if key[1] > limits.blank_columns or key[0] - self.last_value_row > limits.blank_rows:
            self.anomalies.add(key, anomalies.FAR_COLOURS)
            return
        self.cells[key] = Cell(key[0], key[1], None, _EMPTY, fill)
