"""Reading .xls and .xlsb with python-calamine, in a process that may fail without harm."""

from __future__ import annotations

import json
import math
from typing import Any

from icsassess.excel.cells.dates_and_numbers import from_iso
from icsassess.excel.cells.model import Cell, Kind, Sheet, Value, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.reading.xls.biff_formats import SheetLooks, read_looks
from icsassess.excel.reading.xls.compound_file import OLE_ERRORS
from icsassess.excel.reading.xls.worker import answer as calamine_answer
from icsassess.excel.reading.xlsx.sheet_metadata import last_of
from icsassess.support.workers.bounded_call import bounded_call
from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.pool import NoWorkers
from icsassess.support.workers.worker import Lost
from icsassess.support.workers.worker import Reason as LostBy

_CELL_BYTES = 320
_SOME_UNSEEN = "notes, links and struck-through text"
_ALL_UNSEEN = f"colours, hidden rows, Excel errors, {_SOME_UNSEEN}"
_NONE: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


def read_with_calamine(data: bytes, kind: str, meter: Meter, remarks: Remarks) -> Workbook:
    """Read an .xls or .xlsb. Raises Unreadable; python-calamine's aborts end only its own process."""
    looks = _looks(data, meter) if kind == "xls" else None
    unseen = _ALL_UNSEEN if looks is None else _SOME_UNSEEN
    remarks.add(f"in this .{kind} file {unseen} could not be seen")
    sheets: list[Sheet] = []
    others: list[str] = []
    for place, (head, rows) in enumerate(_sheets(_run(data, meter))):
        if not head["worksheet"]:
            others.append(str(head["sheet"]))
            continue
        cells: dict[tuple[int, int], Cell] = {}
        for row in rows:
            _add_row(cells, row, meter)
        merged = tuple((top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in head["merged"])
        hidden_rows, hidden_columns = _apply(looks[place], cells, meter) if looks and place < len(looks) else _NONE
        sheets.append(
            Sheet(str(head["sheet"]), cells, merged, bool(head["hidden"]), hidden_rows, hidden_columns, filtered=False)
        )
    if not sheets:
        raise Unreadable(Reason.NO_SHEETS, "it has no worksheet")
    return Workbook(kind, tuple(sheets), {}, {}, False, (), tuple(others), remarks.all())


def _looks(data: bytes, meter: Meter) -> list[SheetLooks] | None:
    """Give what the sheets of an .xls look like; None where that is damaged or too old to be understood."""
    try:
        return read_looks(data, meter)
    except OLE_ERRORS:
        return None


def _apply(
    looks: SheetLooks, cells: dict[tuple[int, int], Cell], meter: Meter
) -> tuple[frozenset[int], frozenset[int]]:
    """Put errors and colours on the cells; give the hidden rows and columns as far as there are cells."""
    for key, error in looks.errors.items():
        cells[key] = Cell(*key, error, Kind.ERROR)
    lowest = last_of(cells)[0] + meter.limits.blank_rows
    for key, fill in looks.fills.items():
        cell = cells.get(key)
        if cell is not None:
            cells[key] = Cell(*key, cell.value, cell.kind, fill)
        elif key[0] <= lowest:
            meter.held(_CELL_BYTES)
            cells[key] = Cell(*key, None, Kind.EMPTY, fill)
    last_row, last_column = last_of(cells)
    return (
        frozenset(row for row in looks.hidden_rows if row <= last_row),
        frozenset(column for column in looks.hidden_columns if column <= last_column),
    )


def _run(data: bytes, meter: Meter) -> list[dict[str, Any]]:
    """Give the lines of the worker's answer, all of them well. Raises Unreadable."""
    limits = meter.limits
    request = (data, limits.cells, limits.held_bytes // 4)
    try:
        result = bounded_call(calamine_answer, request, Bounds(meter.seconds_left, limits.worker_bytes))
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


def _sheets(lines: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    found: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for line in lines:
        if "sheet" in line:
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    return found


def _add_row(cells: dict[tuple[int, int], Cell], line: dict[str, Any], meter: Meter) -> None:
    row = int(line["row"]) + 1
    meter.held(len(line["cells"]) * _CELL_BYTES)
    for place, code, found in line["cells"]:
        column = int(place) + 1
        value, kind = _value(code, found)
        cells[row, column] = Cell(row, column, value, kind)


def _value(code: str, found: Any) -> tuple[Value, Kind]:
    """Give value and kind of what the worker wrote."""
    if code == "text":
        return str(found), Kind.TEXT
    if code == "boolean":
        return bool(found), Kind.BOOLEAN
    if code == "date":
        moment = from_iso(str(found))
        return (str(found), Kind.TEXT) if moment is None else (moment, Kind.DATE)
    number = float(found)
    if not math.isfinite(number):
        return str(found), Kind.TEXT
    return int(number) if number.is_integer() and abs(number) <= 1e15 else number, Kind.NUMBER
