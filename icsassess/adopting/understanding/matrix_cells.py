"""What the cells of a line in a matrix are for, where neither a heading nor a label says so: by what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from icsassess.adopting.understanding.corrections import Corrections
from icsassess.adopting.understanding.rating_words import looks_like_a_scale
from icsassess.returns.reading.tables.matrix import Matrix, MatrixCell


def with_cell_fields(matrix: Matrix, corrections: Corrections, offered: Mapping[int, Sequence[str]]) -> Matrix:
    """Give the matrix with its cells as the reader said, else by their content: ratings or text.

    A single cell without either is for the rating, of two the first is for the rating and the second for evidence.
    """
    if matrix.labels:
        return matrix
    order: list[tuple[int, int]] = []
    for cell in matrix.cells:
        if (offset := _offset(matrix, cell)) not in order:
            order.append(offset)
    fields: dict[tuple[int, int], str]
    if corrections.cells:
        fields = dict(zip(order, corrections.cells, strict=False))
    elif len(order) == 1:
        texts, lists = _texts(matrix, order[0]), [offered.get(cell.column, ()) for cell in matrix.cells]
        rated = not texts or looks_like_a_scale(texts, next((words for words in lists if words), ()))
        fields = {order[0]: "rag" if rated else "evidence"}
    else:
        scales = [offset for offset in order if looks_like_a_scale(_texts(matrix, offset), ())]
        first = scales[0] if scales else order[0]
        others = [offset for offset in order if offset != first]
        fields = {first: "rag"} | dict(zip(others, ("evidence", "gap", "action"), strict=False))
    cells = tuple(replace(cell, field=fields.get(_offset(matrix, cell), "")) for cell in matrix.cells)
    return replace(matrix, cells=cells)


def _offset(matrix: Matrix, cell: MatrixCell) -> tuple[int, int]:
    """Give a cell's row and column within its line."""
    down = next(side.first for side in matrix.down if side.first <= cell.row <= side.last)
    across = next(side.first for side in matrix.across if side.first <= cell.column <= side.last)
    return cell.row - down, cell.column - across


def _texts(matrix: Matrix, offset: tuple[int, int]) -> list[str]:
    texts = (
        matrix.sheet.text(cell.row, cell.column).strip() for cell in matrix.cells if _offset(matrix, cell) == offset
    )
    return [text for text in texts if text]
