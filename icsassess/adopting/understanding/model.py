"""Another locality's workbook as understood, before it becomes a template."""

from dataclasses import dataclass, field

from icsassess.domain.framework import Framework
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.cells.model import Sheet
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.reading.tables.table import LocatedTable


@dataclass(frozen=True, slots=True)
class UnderstoodColumn:
    """A column of a table: its heading, what it means (a field, ‘own’ or ‘leave out’), and how that was told.

    ``how`` is empty where the heading itself says so or the reader did; ``cells`` is how many of its cells are filled.
    """

    sheet: str
    column: int
    title: str
    field: str
    how: str
    cells: int
    understood: bool

    @property
    def name(self) -> str:
        """What the corrections file calls it: its heading, or its place where it has none."""
        return self.title or f"{self.sheet}!{column_letter(self.column)}"


@dataclass
class UnderstoodTable:
    """A table with one row for each line: its columns, and the row that stands for each line, theme or statement.

    ``rows`` has the first row of each line, ``blocks`` rows that only name a theme or a statement, by their code.
    """

    sheet: Sheet
    table: LocatedTable
    columns: list[UnderstoodColumn] = field(default_factory=list)
    rows: dict[int, str] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    unmatched: list[tuple[str, str, int]] = field(default_factory=list)
    """Titles of statements and categories that are none of the framework's: (kind, text, row)."""


@dataclass(frozen=True, slots=True)
class CoverBox:
    """A label of the cover: what it asks for, and where its answer stands as (row, column)."""

    sheet: str
    row: int
    column: int
    title: str
    field: str
    answer: tuple[int, int]
    filled: bool


@dataclass
class Understanding:
    """A workbook as understood against one framework."""

    framework: Framework
    tables: list[UnderstoodTable] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    cover: list[CoverBox] = field(default_factory=list)
    ratings: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Each rating word as typed or offered: the rating it stands for (‘’ where it is none of ours) and how often."""
    offered: list[str] = field(default_factory=list)
    """The words of the drop-down list for ratings, in its order."""
    statuses: list[str] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    """The fields of a matrix's cells for one line."""

    @property
    def lines(self) -> list[str]:
        """The lines that have a place, in the framework's order."""
        placed = {ref for table in self.tables for ref in table.rows.values()}
        placed |= {cell.ref for matrix in self.matrices for cell in matrix.cells}
        return [ref for ref in self.framework.line_by_ref if ref in placed]

    @property
    def missing(self) -> list[str]:
        """The lines of the framework that have no place."""
        placed = set(self.lines)
        return [ref for ref in self.framework.line_by_ref if ref not in placed]

    @property
    def columns(self) -> list[UnderstoodColumn]:
        """The columns of all tables."""
        return [column for table in self.tables for column in table.columns]
