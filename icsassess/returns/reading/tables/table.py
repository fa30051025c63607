"""A table of a return: which column means what, and how that was found out where its heading did not say so."""

import enum
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from icsassess.excel.cells.addresses import LAST_COLUMN, address
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import assign, match_heading
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import words

FURTHEST_COLUMN = LAST_COLUMN


class Basis(enum.Enum):
    """What a column was told by whose heading is no title or alias."""

    HEADING = enum.auto()
    CONTENT = enum.auto()
    PLACE = enum.auto()


class Guess(NamedTuple):
    """What a column was told by, and ``how`` in words that follow ‘because’."""

    basis: Basis
    how: str


NEAR = Guess(Basis.HEADING, "its heading comes nearest to that")


@dataclass(frozen=True)
class LocatedTable:
    """A table on a sheet: which column means what, its other columns, and the rows of its body (from 1).

    ``guesses`` has, by field, the columns whose heading is no title or alias; ``bounds`` are the first and last column
    that belong to it, ``top`` the first row of its headings. ``headings`` has all of their texts.
    """

    sheet: Sheet
    heading_row: int
    columns: dict[str, int]
    others: dict[int, str]
    twice: list[tuple[int, str]]
    rows: list[int] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    guesses: dict[str, Guess] = field(default_factory=dict)
    bounds: tuple[int, int] = (1, FURTHEST_COLUMN)
    top: int = 0
    repeated: list[int] = field(default_factory=list)
    """Rows further down that say the headings again."""
    rivals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By field, several columns of which nothing tells which one is meant."""
    marked: dict[int, str] = field(default_factory=dict)
    """Columns, one for each rating, of which the marked one is meant."""
    elsewhere: frozenset[int] = frozenset()
    """Columns that another table of the same rows reads."""
    is_partial: bool = False
    """Whether it is one of several that together hold what a return's table holds."""
    is_further: bool = False
    """Whether it only adds to another table: a second piece of evidence, a list of actions."""

    @cached_property
    def plain_headings(self) -> dict[int, str]:
        """The texts of the headings in comparable form."""
        return {column: words(text) for column, text in self.headings.items()}

    def heading_cell(self, column: int | None = None) -> str:
        """Give the address of a column's heading, of the first one where no column is named."""
        column = column or min(self.headings, default=self.bounds[0])
        for row in range(self.heading_row, self.top - 1, -1):
            cell = self.sheet.cells.get((row, column))
            if cell is not None and cell.value not in (None, ""):
                return cell.address
        return address(self.heading_row, column)

    def holds(self, column: int) -> bool:
        """Tell whether a column of the sheet belongs to this table."""
        return self.bounds[0] <= column <= self.bounds[1]


def table_from_headings(
    sheet: Sheet, template: ReturnTemplate, rows: tuple[int, int], texts: dict[int, str], bounds: tuple[int, int]
) -> LocatedTable:
    """Make a table, still without a body, of the texts of its headings; ``rows`` are their first and last row."""
    columns, twice = assign(template, texts)
    meant = set(columns.values())
    others = {column: text for column, text in texts.items() if column not in meant}
    guesses = {
        name: NEAR
        for name, column in columns.items()
        if (match := match_heading(template, texts[column])) is not None and match.score < 100
    }
    return LocatedTable(sheet, rows[1], columns, others, twice, [], texts, guesses, bounds, rows[0])
