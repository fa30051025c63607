"""What a group left in a locality workbook, as plain tables: read from it, and compared with what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What is kept of a cell that is not in a column to type in: (sheet, cell, heading or ‘’, text).
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something typed where the program writes, or where there is no column: its place, and its text."""

    sheet: str
    cell: str
    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of the group's own: what its cells hold and the notes on them, by (row, column).

    A formula is carried as its value, with a note that says what it was: what it pointed at may have moved.
    """

    title: str
    cells: Mapping[tuple[int, int], object]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """Everything that stands in the places of a workbook that people may type in.

    ``agreed`` by line and ``actions`` by gap: the texts of the columns to type in, by title. ``own_rows``: rows of
    actions that belong to no gap of the program's. ``own_columns``: by sheet, title and key. ``notes``: by sheet, key
    and title. ``cells``: where each key's cell stands, by sheet, key and title. ``elsewhere``: all else that is new.
    """

    agreed: dict[str, Texts] = field(default_factory=dict)
    actions: dict[str, Texts] = field(default_factory=dict)
    own_rows: list[Texts] = field(default_factory=list)
    own_columns: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    notes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    own_sheets: list[OwnSheet] = field(default_factory=list)
    kept: list[Texts] = field(default_factory=list)
