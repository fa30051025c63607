"""What is drawn over a table: a text box is its cell's text, a coloured shape its colour; all else is named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from icsassess.domain import personal_data
from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.drawn import Drawn, DrawnKind
from icsassess.excel.cells.model import Cell, Kind
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.support.text import clean, clip, count, listing


def with_what_is_drawn(tables: list[LocatedTable]) -> tuple[list[LocatedTable], list[Problem]]:
    """Give the tables of a sheet with what is drawn over their answers, and the points that name all of it."""
    if not tables or not tables[0].sheet.drawn:
        return tables, []
    sheet = tables[0].sheet
    columns = _answers(tables)
    cells = dict(sheet.cells)
    problems: list[Problem] = []
    beside: list[Drawn] = []
    for drawn in sheet.drawn:
        field = columns.get((drawn.row, drawn.column))
        if field is None:
            beside.append(drawn)
        else:
            problems += _over(sheet.title, cells, drawn, field)
    problems += points_on_drawn(sheet.title, beside)
    changed = sheet._replace(cells=cells)
    return [replace(table, sheet=changed) for table in tables], problems


def _answers(tables: list[LocatedTable]) -> dict[tuple[int, int], str]:
    """Give the field of every cell of these tables that is for an answer."""
    fields: dict[tuple[int, int], str] = {}
    for table in tables:
        if isinstance(table, Matrix):
            fields |= {(cell.row, cell.column): cell.field for cell in table.cells}
            continue
        typed = {column: name for name, column in table.columns.items() if name in TYPED_FIELDS}
        typed |= dict.fromkeys(table.marked, "rag")
        fields |= {(row, column): name for row in table.rows for column, name in typed.items()}
    return fields


def _over(sheet: str, cells: dict[tuple[int, int], Cell], drawn: Drawn, field: str) -> list[Problem]:
    place = drawn.row, drawn.column
    cell = cells.get(place) or Cell(*place, None, Kind.EMPTY)
    empty = cell.value in (None, "")
    where = {"sheet": sheet, "cell": address(*place)}
    if drawn.kind is DrawnKind.CHECK_BOX:
        if drawn.checked and empty:
            cells[place] = cell._replace(value=True, kind=Kind.BOOLEAN)
        return []
    if drawn.kind is DrawnKind.TEXT_BOX:
        text = clean(drawn.text).strip()
        if empty:
            cells[place] = cell._replace(value=text, kind=Kind.TEXT)
            return [make_problem("text-in-a-box", found=text, **where)]
        return [make_problem("text-box-over-answer", found=text, **where)]
    if drawn.kind is DrawnKind.SHAPE and field == "rag" and empty and vocabulary().from_colour(drawn.colour):
        cells[place] = cell._replace(fill=drawn.colour)
        return []
    return [make_problem("drawn-over-answer", found=_what(drawn), **where)]


def _what(drawn: Drawn) -> str:
    article = "an" if str(drawn.kind)[0] in "aeiou" else "a"
    return f"{article} {drawn.kind}"


def points_on_drawn(sheet: str, drawn: list[Drawn] | tuple[Drawn, ...]) -> list[Problem]:
    """Give the points of what is drawn on a sheet and lies over no answer: each text, and one for all of each kind."""
    problems = []
    places: dict[DrawnKind, list[str]] = defaultdict(list)
    for one in drawn:
        cell = address(one.row, one.column)
        if one.text:
            text = personal_data.mask(clean(one.text).strip())
            problems.append(make_problem("text-drawn-on-sheet", sheet=sheet, cell=cell, found=clip(text, 200)))
        else:
            places[one.kind].append(cell)
    for kind, cells in places.items():
        what = f"{count(len(cells), str(kind))} ({listing(cells, most=6)})"
        problems.append(make_problem("drawn-on-sheet", sheet=sheet, cell=cells[0], found=what))
    return problems
