"""A sheet's table as somebody left it: sorted, with columns moved, renamed or added, with rows of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.assessment.group_edits.edits import CellValue
from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Cell, Kind, Sheet, as_text
from icsassess.support.text import clean, fold
from icsassess.workbook.read_back.match_headings import name_columns
from icsassess.workbook.sheets.registry import program_titles

_LONGEST_HEADING = 255


class TableRow(NamedTuple):
    """One row: its number on the sheet and its cells by the title of their column."""

    number: int
    cells: dict[str, Cell]

    def text(self, title: str) -> str:
        """Give the text under a title, ``""`` where there is none."""
        return cell_text(self.cells.get(title))

    def shown(self, title: str) -> str:
        """Give what stands under a title, an error or a formula without a value as it stands."""
        cell = self.cells.get(title)
        return "" if cell is None else as_shown(cell)

    def typed(self, calculated: Container[str] = ()) -> dict[str, CellValue]:
        """Give what all cells hold that hold something, by title; not the formulas of ``calculated`` columns.

        Numbers stay numbers. Other formulas give their value; one that was never calculated gives itself.
        """
        values = {
            title: as_value(cell)
            for title, cell in self.cells.items()
            if not (title in calculated and is_formula(cell))
        }
        return {title: value for title, value in values.items() if value != ""}


@dataclass(frozen=True)
class SheetTable:
    """A table as it stands on a sheet.

    ``titles`` is the title of each column by its number: the program's own where the heading is that or near to it,
    else as typed; a column without a heading is ‘Column T’. ``missing`` are the program's titles that no heading
    stands for. ``outside`` are the cells above the table, ``headings`` those of its headings.
    """

    sheet: Sheet
    heading_row: int
    titles: dict[int, str]
    missing: tuple[str, ...]
    rows: list[TableRow] = field(default_factory=list)
    outside: list[Cell] = field(default_factory=list)
    headings: dict[str, Cell] = field(default_factory=dict)

    def address(self, row: TableRow, title: str) -> str:
        """Give the address of a row's cell under a title; of its first column where there is no such column."""
        column = next((number for number, heading in self.titles.items() if heading == title), 1)
        return address(row.number, column)

    def calculated(self, titles: Sequence[str]) -> tuple[str, ...]:
        """Give those of the program's calculated columns that still are: in one that somebody pasted as values none
        of the cells is a formula any more.
        """
        formulas = {title for row in self.rows for title in titles if is_formula(row.cells.get(title))}
        return tuple(title for title in titles if title in formulas)


def cell_text(cell: Cell | None) -> str:
    """Give what a cell shows as text; a formula that was never calculated and an error show nothing."""
    if cell is None or cell.kind in (Kind.EMPTY, Kind.NOT_CALCULATED, Kind.ERROR):
        return ""
    return as_shown(cell)


def as_shown(cell: Cell) -> str:
    """Give what a cell holds as text: an error as it shows, a formula without a value as it stands."""
    value = cell.value
    if value is None:
        return ""
    return clean(value if isinstance(value, str) else as_text(cell)).strip()


def as_value(cell: Cell) -> CellValue:
    """Give what a cell holds: a number as such, anything else as text."""
    if cell.kind is Kind.NUMBER and isinstance(cell.value, int | float):
        return cell.value
    return as_shown(cell)


def is_formula(cell: Cell | None) -> bool:
    """Tell whether a cell's value comes from a formula."""
    return cell is not None and (cell.formula is not None or cell.kind is Kind.NOT_CALCULATED)


def find_table(
    sheets: Sequence[Sheet],
    title: str,
    program_columns: Sequence[str],
    key: str,
    *,
    exact: Container[str] = (),
    written: SheetTable | None = None,
) -> SheetTable | None:
    """Give the table with the ``known`` titles, from the sheet of this title or, if it was renamed, from any other.

    ``key`` is the column that tells the rows apart; titles in ``exact`` are never taken for a heading that is only
    like them. ``written`` is the table as it was written: a column whose heading was changed is told by what it
    holds, or by the columns beside it. None where no sheet has a row with most of the titles and the key.
    """
    others = {fold(name) for name in program_titles() if fold(name) != fold(title)}
    for sheet in sorted(sheets, key=lambda sheet: fold(sheet.title) != fold(title)):
        if fold(sheet.title) in others:
            continue  # the Evidence has many of these columns too
        heading = _heading_row(sheet, program_columns)
        if heading and (grid := _grid(sheet, heading, program_columns, key, exact, written)):
            return grid
    return None


def _heading_row(sheet: Sheet, program_columns: Sequence[str]) -> int | None:
    """Give the row that holds most of the titles, if it holds at least a third of them."""
    wanted = {fold(title) for title in program_columns}
    matches: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if cell.kind is Kind.TEXT and isinstance(cell.value, str) and len(cell.value) <= _LONGEST_HEADING:
            folded = fold(cell.value)
            if folded in wanted:
                matches.setdefault(row, set()).add(folded)
    best = max(matches, key=lambda row: (len(matches[row]), -row), default=None)
    return best if best is not None and len(matches[best]) * 3 >= len(wanted) else None


def _grid(
    sheet: Sheet,
    heading: int,
    program_columns: Sequence[str],
    key: str,
    exact: Container[str],
    written: SheetTable | None,
) -> SheetTable | None:
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell
    last = max(column for cells in by_row.values() for column in cells)
    headings = {number: cell_text(by_row[heading].get(number)) for number in range(1, last + 1)}
    below = [by_row[row] for row in sorted(by_row) if row > heading]
    titles, missing = name_columns(headings, program_columns, key, exact, _Texts(below), _as_written(written, key))
    if key in missing:
        return None
    above = [cell for row in sorted(by_row) if row < heading for cell in by_row[row].values()]
    top = {titles[column]: cell for column, cell in by_row[heading].items()}
    grid = SheetTable(sheet, heading, titles, missing, [], above, top)
    for number in sorted(by_row):
        if number > heading:
            grid.rows.append(
                TableRow(number, {titles[column]: by_row[number][column] for column in sorted(by_row[number])})
            )
    return grid


class _Texts:
    """The texts of a sheet's columns below the headings, made when they are asked for."""

    def __init__(self, rows: Sequence[dict[int, Cell]]) -> None:
        self._rows = rows

    def __call__(self, column: int) -> list[str]:
        return [cell_text(row.get(column)) for row in self._rows]


def _as_written(written: SheetTable | None, key: str) -> dict[str, dict[str, str]]:
    """Give what each column held when it was written, by title and key."""
    if written is None:
        return {}
    return {
        title: {row.text(key): row.text(title) for row in written.rows if row.text(key)}
        for title in written.titles.values()
    }


def new_texts(current: Sequence[Cell], before: Sequence[Cell]) -> Iterator[Cell]:
    """Give the cells whose text did not stand in any of the cells before, wherever; formulas are left out."""
    values = Counter(cell.value for cell in before)  # most cells hold the very same value: no need to make it a text
    unmatched = []
    for cell in current:
        if is_formula(cell) or cell.value is None:
            continue
        if values[cell.value] > 0:
            values[cell.value] -= 1
        else:
            unmatched.append(cell)
    if not unmatched:
        return
    counts: Counter[str] = Counter()
    for cell in before:
        if cell.value is not None and values[cell.value] > 0:
            values[cell.value] -= 1
            counts[as_shown(cell)] += 1
    for cell in unmatched:
        text = as_shown(cell)
        if not text:
            continue
        if counts[text] > 0:
            counts[text] -= 1
        else:
            yield cell
