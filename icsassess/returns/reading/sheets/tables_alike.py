"""Two tables of one sheet with the same lines: an older one does not count; what nothing tells apart is compared."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import shown
from icsassess.returns.matching.heading_times import is_older_sheet, newest
from icsassess.returns.reading.sheets.lines_named import lines_named, shares_lines
from icsassess.returns.reading.sheets.twins import PartOf
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.support.text import clip

_ROWS_ABOVE = 3


class Settled(NamedTuple):
    """The tables of a sheet that count, the points, pairs that nothing tells apart, and which row is of which."""

    tables: list[LocatedTable]
    problems: list[Problem]
    alike: list[tuple[str, str]]
    part_of: PartOf


def settle_tables(tables: list[LocatedTable], framework: Framework, day: datetime.date) -> Settled:
    """Settle the tables of one sheet; ``day`` is that on which the return was completed."""
    rated = [table for table in tables if "rag" in table.columns and not isinstance(table, Matrix)]
    if sum(1 + len(table.repeated) for table in rated) < 2:
        return Settled(tables, [], [], {})
    parts = [part for table in rated for part in _parts(table)]
    names = {number: _title_above(part) for number, part in enumerate(parts)}
    lines = [lines_named([part], framework) for part in parts]
    older: dict[int, int] = {}
    alike: list[tuple[int, int]] = []
    for one, other in itertools.combinations(range(len(parts)), 2):
        if one in older or other in older or not shares_lines(lines[one], lines[other]):
            continue
        worse = _older(names, one, other, day)
        if worse is None:
            alike.append((one, other))
        else:
            older[worse] = other if worse == one else one
    if not older and not alike:
        return Settled(tables, [], [], {})
    sheet = tables[0].sheet.title
    problems = [
        make_problem(
            "table-of-another", sheet=sheet, cell=parts[one].heading_cell(), found=names[one], other=names[other]
        )
        for one, other in older.items()
    ]
    called = {number: f"{names[number] or 'the table'} ({parts[number].heading_cell()})" for number in names}
    part_of = {
        (sheet, row, part.columns["rag"]): called[number] for number, part in enumerate(parts) for row in part.rows
    }
    kept = [part for number, part in enumerate(parts) if number not in older]
    others = [table for table in tables if table not in rated]
    pairs = [(called[one], called[other]) for one, other in alike]
    return Settled([*kept, *others], problems, pairs, part_of)


def _parts(table: LocatedTable) -> Iterator[LocatedTable]:
    """Give a table in the parts that its repeated headings make."""
    starts = [row for row in table.repeated if row - 1 not in table.repeated]
    bounds = [table.heading_row, *starts]
    for number, start in enumerate(bounds):
        end = bounds[number + 1] if number + 1 < len(bounds) else None
        rows = [row for row in table.rows if row > start and (end is None or row < end)]
        top = table.top if number == 0 else start
        yield replace(
            table, rows=rows, top=top, heading_row=start, repeated=[row for row in table.repeated if row == start]
        )


def _title_above(table: LocatedTable) -> str:
    """Give the text right above a part, in its own columns."""
    cells = table.sheet.cells
    first = min(table.headings, default=table.bounds[0])
    last = min(table.bounds[1], max(table.headings, default=first))
    for row in range(table.top - 1, max(0, table.top - 1 - _ROWS_ABOVE), -1):
        texts = [
            shown(cell)
            for column in range(first, last + 1)
            if (cell := cells.get((row, column))) is not None and cell.value not in (None, "")
        ]
        if texts:
            return clip(texts[0], 60) if len(texts) == 1 else ""
    return ""


def _older(names: dict[int, str], one: int, other: int, day: datetime.date) -> int | None:
    first, second = is_older_sheet(names[one]), is_older_sheet(names[other])
    if first != second:
        return one if first else other
    if not names[one] and not names[other]:
        return None
    chosen = newest({one: names[one], other: names[other]}, day)
    return None if chosen is None else (other if chosen == one else one)
