"""Reading .xls with xlrd and .xlsb with python-calamine, in a process that may fail without harm."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from icsassess.excel.cells.addresses import Area, last_of
from icsassess.excel.cells.dates_and_numbers import built_in_shape, code_shape, from_iso
from icsassess.excel.cells.model import Cell, Kind, Sheet, Value, Workbook
from icsassess.excel.cells.parse_value import dated, int_if_whole
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.reading.annotations import annotate, links_by_cell
from icsassess.excel.reading.cell_format import PLAIN, CellFormat
from icsassess.excel.reading.xls import worker
from icsassess.support.workers.bounded_call import bounded_call
from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.pool import NoWorkers
from icsassess.support.workers.worker import Lost
from icsassess.support.workers.worker import Reason as LostBy

_CELL_BYTES = 320
_UNSEEN = {
    "xls": "links within formulas",
    "xlsb": "colours, hidden rows, Excel errors, notes, links and struck-through text",
}

_Line = dict[str, Any]


def read_apart(data: bytes, kind: str, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an .xls or .xlsb (``kind`` says which). Raises Unreadable; what the libraries do ends only their process."""
    remarks.add(f"in this .{kind} file {_UNSEEN[kind]} could not be seen")
    lines = _run(data, kind, meter)
    styles: Sequence[CellFormat] = ()
    from_1904 = False
    if lines and "styles" in lines[0]:
        first = lines.pop(0)
        styles, from_1904 = [_cell_format(*style) for style in first["styles"]], bool(first["from_1904"])
    sheets: list[Sheet] = []
    other_sheets: list[str] = []
    for head, rows in _by_sheet(lines):
        if head["worksheet"]:
            sheets.append(_sheet(head, rows, styles, from_1904, meter))
        else:
            other_sheets.append(str(head["sheet"]))
    if not sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no worksheet")
    return Workbook(kind, tuple(sheets), {}, {}, False, (), tuple(other_sheets), remarks.all())


def _run(data: bytes, kind: str, meter: Meter) -> list[_Line]:
    """Give the lines of the worker's answer, all of them well. Raises Unreadable."""
    limits = meter.limits
    bounds = worker.Bounds(limits.cells, limits.held_bytes // 4, limits.blank_rows, limits.blank_columns)
    request = data, kind, bounds
    try:
        result = bounded_call(worker.answer, request, Bounds(meter.seconds_remaining, limits.worker_bytes))
    except NoWorkers as error:
        raise Unreadable(Reason.DAMAGED, "the process that reads such files could not be started") from error
    if result == Lost(LostBy.TOO_SLOW):
        raise Unreadable(Reason.TOO_SLOW, f"it takes more than {limits.seconds:g} seconds to read")
    answer = [] if isinstance(result, Lost) else [json.loads(line) for line in result.split("\n")]
    last = answer.pop() if answer else {}
    if "done" in last:
        return answer
    if last.get("failed") == "password":
        raise Unreadable(Reason.PASSWORD)
    if last.get("failed") == "too much" or result == Lost(LostBy.TOO_LARGE):
        raise Unreadable(Reason.TOO_LARGE, "it takes more memory than one file may")
    raise Unreadable(Reason.DAMAGED, "a program that reads such files gave up on it")


def _by_sheet(lines: Iterable[_Line]) -> list[tuple[_Line, list[_Line]]]:
    """Give the head of each sheet with the lines of its rows."""
    sheets: list[tuple[_Line, list[_Line]]] = []
    for line in lines:
        if "sheet" in line:
            sheets.append((line, []))
        elif sheets:
            sheets[-1][1].append(line)
    return sheets


def _cell_format(fill: str | None, number: int, code: str, struck: bool) -> CellFormat:
    return CellFormat(fill, code_shape(code) or built_in_shape(number), struck)


def _sheet(head: _Line, rows: list[_Line], styles: Sequence[CellFormat], from_1904: bool, meter: Meter) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for line in rows:
        row = int(line["row"]) + 1
        meter.held(len(line["cells"]) * _CELL_BYTES)
        for place, code, content, *style in line["cells"]:
            cell = _cell(row, int(place) + 1, code, content, *_style(styles, *style), from_1904)
            cells[cell.row, cell.column] = cell
    notes = {(row + 1, column + 1): str(note) for row, column, note in head.get("notes", ())}
    meter.held(sum(4 * len(note) + _CELL_BYTES for note in notes.values()))
    links = [(_area(area), str(target)) for *area, target in head.get("links", ())]
    annotate(cells, notes, links_by_cell(links, cells))
    last_row, last_column = last_of(cells)
    return Sheet(
        title=str(head["sheet"]),
        cells=cells,
        merged=tuple(_area(area) for area in head["merged"]),
        hidden=bool(head["hidden"]),
        hidden_rows=frozenset(row + 1 for row in head.get("hidden_rows", ()) if row < last_row),
        hidden_columns=frozenset(column + 1 for column in head.get("hidden_columns", ()) if column < last_column),
        filtered=False,
    )


def _area(counted_from_zero: Sequence[int]) -> Area:
    first_row, first_column, last_row, last_column = (number + 1 for number in counted_from_zero)
    return first_row, first_column, last_row, last_column


def _style(styles: Sequence[CellFormat], number: int = -1, run_is_struck: bool = False) -> tuple[CellFormat, bool]:
    """Give a cell's format, and whether its text, or a run of it, is struck through."""
    cell_format = styles[number] if 0 <= number < len(styles) else PLAIN
    return cell_format, cell_format.struck or run_is_struck


def _cell(
    row: int, column: int, code: str, content: Any, cell_format: CellFormat, struck: bool, from_1904: bool
) -> Cell:
    """Give the cell that the worker wrote as ``code`` (its kind) and ``content``."""
    value: Value = str(content)
    kind = Kind.TEXT
    if code == "blank":
        return Cell(row, column, None, Kind.EMPTY, cell_format.fill)
    if code == "error":
        kind = Kind.ERROR
    elif code == "boolean":
        value, kind = bool(content), Kind.BOOLEAN
    elif code == "date" and (moment := from_iso(content)) is not None:
        value, kind = moment, Kind.DATE
    elif code == "number" and math.isfinite(content):
        value, kind = int_if_whole(float(content)), Kind.NUMBER
        if cell_format.shape:
            value, kind = dated(value, cell_format.shape, from_1904)
    return Cell(row, column, value, kind, cell_format.fill, struck=struck)
