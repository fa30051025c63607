"""The lines of a matrix as rows: what was typed into each line's cells, wherever they are."""

from collections.abc import Iterator

from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Cell, Kind
from icsassess.returns.reading.rows.entry import EntryCells, TypedRow
from icsassess.returns.reading.rows.row import cell_text, notes_and_links
from icsassess.returns.reading.tables.matrix import Matrix, MatrixCell


def matrix_rows(matrix: Matrix, framework: Framework) -> Iterator[TypedRow]:
    """Give for each line of a matrix what was typed into its cells, like a row of a table; each keeps its address."""
    by_line: dict[str, list[MatrixCell]] = {}
    for cell in matrix.cells:
        by_line.setdefault(cell.ref, []).append(cell)
    colours_rate = _colours_rate(matrix)
    for ref, cells in by_line.items():
        yield _typed_line(matrix, framework, ref, cells, colours_rate=colours_rate)


def _colours_rate(matrix: Matrix) -> bool:
    """Tell whether the fills of the evidence are the ratings: there are no others, and fills of several ratings."""
    if "rag" in matrix.fields:
        return False
    fills = (matrix.sheet.cells.get((cell.row, cell.column)) for cell in matrix.cells if cell.field == "evidence")
    return len({vocabulary().from_colour(cell.fill) for cell in fills if cell is not None} - {None}) > 1


def _typed_line(
    matrix: Matrix, framework: Framework, ref: str, cells: list[MatrixCell], *, colours_rate: bool
) -> TypedRow:
    line, title = framework.line_by_ref[ref], matrix.sheet.title
    labels = dict.fromkeys(LABEL_FIELDS, "") | {"statement": line.statement.title, "category": line.category.title}
    values = dict.fromkeys(TYPED_FIELDS, "")
    problems: list[Problem] = []
    own: list[str] = []
    notes: list[str] = []
    addresses: dict[str, str] = {}
    fill = ""
    for place in cells:
        key = place.row, place.column
        cell = matrix.sheet.cells.get(key) or Cell(*key, None, Kind.EMPTY)
        text = cell_text(title, cell, problems)
        if place.field and not values.get(place.field):
            values[place.field] = text
            addresses.setdefault(place.field, cell.address)
            rates = place.field == "rag" or (colours_rate and place.field == "evidence")
            fill = cell.fill or fill if rates else fill
        elif text:
            own.append(f"{cell.address}: {text}")
        if cell.note or cell.link:
            notes.extend(notes_and_links(title, cell, None, problems))
    first = cells[0]
    where = EntryCells(first.row, {"ref": first.column}, addresses)
    return TypedRow(where, labels, values, fill, own, notes, problems)
