"""Colours that say nothing: banding of rows, and boxes to be filled in that are yellow. They are no ratings."""

from __future__ import annotations

from collections import Counter

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.rag import Vocabulary
from icsassess.excel.cells.model import as_text
from icsassess.returns.reading.tables.table import LocatedTable

_OFTEN = 0.5
_ENOUGH = 3
_CONTRADICTIONS = 2
_NO_COLOURS: frozenset[str] = frozenset()


def decorative_fills(table: LocatedTable, ratings: Vocabulary) -> frozenset[str]:
    """Give the fills in the rating's column that are decoration.

    A fill is that where the row's other answers have it, too, where ratings of other colours are typed on it, or where
    it is the only one and also stands in lines that nobody has answered. ``ratings`` are the words for ratings.
    """
    column = table.columns.get("rag")
    if column is None:
        return _NO_COLOURS
    cells = table.sheet.cells
    rated, read = ratings.from_colour, ratings.read
    coloured = {
        row: cell for row in table.rows if (cell := cells.get((row, column))) and cell.fill and rated(cell.fill)
    }
    if not coloured:
        return _NO_COLOURS
    others = [where for name, where in table.columns.items() if name in TYPED_FIELDS and where != column]
    rows, alongside, against, typed, unanswered = (Counter[str]() for _ in range(5))
    for row, cell in coloured.items():
        fill = cell.fill or ""
        beside = [cells.get((row, where)) for where in others]
        rows[fill] += 1
        alongside[fill] += any(other is not None and other.fill == fill for other in beside)
        if cell.value not in (None, ""):
            rating = read(as_text(cell)).rating
            typed[fill] += 1
            against[fill] += rating is not None and rating != rated(fill)
        elif not any(other is not None and other.value not in (None, "") for other in beside):
            unanswered[fill] += 1
    return frozenset(
        fill
        for fill in rows
        if alongside[fill] > _OFTEN * rows[fill]
        or (against[fill] >= _CONTRADICTIONS and against[fill] >= _OFTEN * typed[fill])
        or (len(rows) == 1 and unanswered[fill] >= _ENOUGH)
    )
