"""Tables whose two sides are the statements and the categories: each line is a cell, or a few cells, within them."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import exact_field
from icsassess.returns.matching.line_titles import TitleMatch, find_category, find_statement, names_a_theme
from icsassess.returns.reading.tables.locate import texts_by_row
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.returns.template.model import ReturnTemplate

_ENOUGH = 3  # titles on each side
_TALLEST = 6  # rows or columns of one line: no more are taken together
_LONGEST_TITLE = 200
_DEFAULT: tuple[str, ...] = ("rag", "evidence", "gap", "action")

Find = Callable[[Framework, str], TitleMatch | None]


@dataclass(frozen=True, slots=True)
class Side:
    """One title on a side of the matrix: the code it names, and the rows or columns it goes over."""

    code: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of a line: which field it is for."""

    ref: str
    field: str
    row: int
    column: int


@dataclass(frozen=True)
class Matrix(LocatedTable):
    """A matrix on a sheet: its titles across (in ``heading_row``) and down (in ``label_column``), and its cells."""

    label_column: int = 1
    statements_across: bool = True
    across: tuple[Side, ...] = ()
    down: tuple[Side, ...] = ()
    cells: tuple[MatrixCell, ...] = ()
    labels: tuple[tuple[int, int], ...] = ()
    """Cells that say what a row or column within a line is for, such as ‘RAG’ and ‘Evidence’."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of one line's cells, in their order."""
        return tuple(dict.fromkeys(cell.field for cell in self.cells))

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Every cell, as (row, column), that holds a title, a label or an answer."""
        titles = {(self.heading_row, side.first) for side in self.across}
        titles |= {(side.first, self.label_column) for side in self.down}
        return frozenset({*titles, *self.labels, *((cell.row, cell.column) for cell in self.cells)})


def locate_matrices(sheet: Sheet, framework: Framework, template: ReturnTemplate) -> list[Matrix]:
    """Give the matrices of a sheet, from the top down.

    ``template.matrix`` says what stands in the cells of one line where nothing beside them does.
    """
    rows = {
        number: {c: t for c, t in texts.items() if len(t) <= _LONGEST_TITLE}
        for number, texts in texts_by_row(sheet).items()
    }
    located: list[Matrix] = []
    for number in rows:
        if located and number <= located[-1].down[-1].last:
            continue
        for across, down in ((find_statement, find_category), (find_category, find_statement)):
            matrix = _at(sheet, framework, template, rows, number, across, down)
            if matrix is not None:
                located.append(matrix)
                break
    return located


def matrices_of_any_template(sheet: Sheet, framework: Framework, template: ReturnTemplate) -> list[Matrix]:
    """Give the matrices of a sheet that the template does not foresee: what each cell is for is told by its content."""
    located = locate_matrices(sheet, framework, template.model_copy(update={"matrix": _BY_CONTENT}))
    return [_told_by_content(matrix) for matrix in located]


_BY_CONTENT = tuple(f"cell {number}" for number in range(_TALLEST))


def _told_by_content(matrix: Matrix) -> Matrix:
    """Give the matrix with its unlabelled cells as ratings where these stand in them, the first texts as evidence."""
    known = set(matrix.fields) - set(_BY_CONTENT)
    meant: dict[str, str] = {}
    for name in _BY_CONTENT:
        texts = [
            text
            for cell in matrix.cells
            if cell.field == name and (text := matrix.sheet.text(cell.row, cell.column).strip())
        ]
        ratings = sum(1 for text in texts if vocabulary().read(text).rating)
        if "rag" not in known and (ratings > len(texts) / 2 or (not texts and name == _BY_CONTENT[0])):
            meant[name] = "rag"
        elif texts and "evidence" not in known:
            meant[name] = "evidence"
        known.add(meant.get(name, ""))
    cells = tuple(replace(cell, field=meant.get(cell.field, _unless_unknown(cell.field))) for cell in matrix.cells)
    return replace(matrix, cells=cells)


def _unless_unknown(field: str) -> str:
    return "" if field in _BY_CONTENT else field


def _at(
    sheet: Sheet,
    framework: Framework,
    template: ReturnTemplate,
    rows: dict[int, dict[int, str]],
    number: int,
    find_across: Find,
    find_down: Find,
) -> Matrix | None:
    """Give the matrix whose titles across stand in this row, None where there is none."""
    titles = _named(framework, rows[number], find_across)
    if len(titles) < _ENOUGH:
        return None
    label_column, below = _going_down(framework, rows, number, min(titles), find_down)
    if len(below) < _ENOUGH:
        return None
    across = _sides(titles, _widths(sheet, number, titles))
    end = _end(framework, rows, below, label_column)
    down = _sides(below, _heights(sheet, label_column, below, end))
    statements_across = find_across is find_statement
    fields = _Fields(sheet, template, rows, (number, label_column), across, down)
    cells = tuple(
        MatrixCell(ref, fields.of(row, column, column_side, row_side), row, column)
        for column_side in across
        for row_side in down
        if (ref := _ref(framework, column_side, row_side, statements_across))
        for row in range(row_side.first, row_side.last + 1)
        for column in range(column_side.first, column_side.last + 1)
    )
    if not cells:
        return None
    return Matrix(
        sheet,
        number,
        columns={"evidence": across[0].first},
        others={},
        twice=[],
        rows=list(range(number + 1, down[-1].last + 1)),
        bounds=(label_column, across[-1].last),
        top=number,
        label_column=label_column,
        statements_across=statements_across,
        across=across,
        down=down,
        cells=cells,
        labels=tuple(sorted(fields.labels)),
    )


def _ref(framework: Framework, across: Side, down: Side, statements_across: bool) -> str | None:
    ref = f"{across.code}-{down.code}" if statements_across else f"{down.code}-{across.code}"
    return ref if ref in framework.line_by_ref else None


def _named(framework: Framework, texts: dict[int, str], find: Find) -> dict[int, str]:
    """Give the codes that texts name, each once, by their place."""
    named: dict[int, str] = {}
    for place, text in texts.items():
        if (match := find(framework, text)) and match.code not in named.values():
            named[place] = match.code
    return named


def _going_down(
    framework: Framework, rows: dict[int, dict[int, str]], number: int, before: int, find: Find
) -> tuple[int, dict[int, str]]:
    """Give the column left of the titles across in which most titles go down, and their codes by row."""
    best: tuple[int, dict[int, str]] = (0, {})
    for column in range(1, before):
        texts: dict[int, str] = {}
        for row, cells in rows.items():
            if row > number and column in cells:
                texts[row] = cells[column]
        named = _named(framework, texts, find)
        if len(named) > len(best[1]):
            best = column, named
    return best


def _widths(sheet: Sheet, row: int, titles: dict[int, str]) -> dict[int, int]:
    """Give the last column of each title: as far as it is merged, or its own where the next one stands beside it."""
    merged = {leftmost: rightmost for top, leftmost, bottom, rightmost in sheet.merged if top <= row <= bottom}
    places = sorted(titles)
    steps = [after - before for before, after in itertools.pairwise(places)]
    step = min(min(steps), _TALLEST)
    below = step if any((row + 1, place + 1) in sheet.cells for place in places[:-1]) else 1
    return {place: merged.get(place, place + below - 1) for place in places}


def _heights(sheet: Sheet, column: int, labels: dict[int, str], end: int) -> dict[int, int]:
    merged = {top: bottom for top, leftmost, bottom, rightmost in sheet.merged if leftmost <= column <= rightmost}
    places = sorted(labels)
    heights: dict[int, int] = {}
    for place, following in zip(places, [*places[1:], end + 1], strict=True):
        heights[place] = merged.get(place) or min(following - 1, place + _TALLEST - 1)
    usual = max(min(last - place for place, last in heights.items()), 0)
    return {place: merged.get(place) or min(last, place + usual) for place, last in heights.items()}


def _sides(codes: dict[int, str], last: dict[int, int]) -> tuple[Side, ...]:
    return tuple(Side(codes[place], place, last[place]) for place in sorted(codes))


def _end(framework: Framework, rows: dict[int, dict[int, str]], below: dict[int, str], column: int) -> int:
    """Give the last row that can belong to the last title: before a row that names a theme, or the sheet's last."""
    last = max(below)
    after = [row for row in rows if row > last and any(names_a_theme(framework, text) for text in rows[row].values())]
    return min(after) - 1 if after else max(rows)


class _Fields:
    """Tells what each cell of a line is for: by a heading below the title, a label beside it, or its order."""

    def __init__(
        self,
        sheet: Sheet,
        template: ReturnTemplate,
        rows: dict[int, dict[int, str]],
        corner: tuple[int, int],
        across: tuple[Side, ...],
        down: tuple[Side, ...],
    ) -> None:
        self.labels: set[tuple[int, int]] = set()
        self._order = template.matrix or _DEFAULT
        number, label_column = corner
        columns = range(across[0].first, across[-1].last + 1)
        heading_rows = range(number + 1, down[0].first)
        self._by_column = self._named_by(
            template, rows, ((row, column) for row in heading_rows for column in columns), 1
        )
        label_columns = range(label_column, across[0].first)
        titles = {side.first for side in down}
        label_places = (
            (row, column)
            for row in range(down[0].first, down[-1].last + 1)
            for column in label_columns
            if not (column == label_column and row in titles)
        )
        self._by_row = self._named_by(template, rows, label_places, 0)

    def _named_by(
        self, template: ReturnTemplate, rows: dict[int, dict[int, str]], places: Iterator[tuple[int, int]], key: int
    ) -> dict[int, str]:
        fields: dict[int, str] = {}
        for place in places:
            text = rows.get(place[0], {}).get(place[1], "")
            if text and (name := exact_field(template, text)) in TYPED_FIELDS and name is not None:
                fields[place[key]] = name
                self.labels.add(place)
        return fields

    def of(self, row: int, column: int, across: Side, down: Side) -> str:
        """Give the field of a cell; ‘’ for one of more cells than are known of."""
        if column in self._by_column:
            return self._by_column[column]
        if row in self._by_row:
            return self._by_row[row]
        offset = (row - down.first) if down.last > down.first else (column - across.first)
        return self._order[offset] if offset < len(self._order) else ""
