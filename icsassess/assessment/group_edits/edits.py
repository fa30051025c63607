"""What a group left in a locality workbook, as plain tables: read from it, and compared with what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.tables import titles

CellValue = str | int | float
"""What a cell of the group's own is carried as: a number stays one, all else is text."""
Texts = Mapping[str, str]
"""The texts of a row's cells, by field or by title."""

ASSESSMENT, GAPS = titles.ASSESSMENT, titles.GAPS_AND_ACTIONS
"""The two tables that a group types in, as their titles name them."""


class StrayEdit(NamedTuple):
    """Something typed where the program writes, or where there is no column: its place, and its text.

    ``key`` is the line or gap of its row, ``""`` where it has none; ``title`` what its column is called.
    """

    sheet: str
    cell: str
    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of the group's own: what its cells hold, the notes on them and their colours, by (row, column).

    A formula is carried as its value, with a note that says what it was: what it pointed at may have moved.
    """

    title: str
    cells: Mapping[tuple[int, int], object]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupEdits:
    """Everything that stands in the places of a workbook that people may type in.

    ``agreed`` by line and ``actions`` by gap: the texts of the columns to type in, by field. ``missing``: fields whose
    columns are not there any more. ``own_rows``: rows of actions that belong to no gap of the program's.
    ``own_columns``: by sheet, title and key. ``notes``: by sheet, key and title. ``cells``: where each key's cell
    stands, by sheet, key and title. ``elsewhere``: all else that is new. ``not_carried``: what cannot be read at all.
    """

    agreed: dict[str, Texts] = field(default_factory=dict)
    actions: dict[str, Texts] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    own_rows: list[Mapping[str, CellValue]] = field(default_factory=list)
    own_columns: dict[str, dict[str, dict[str, CellValue]]] = field(default_factory=dict)
    notes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    stray_edits: list[StrayEdit] = field(default_factory=list)
    own_sheets: list[OwnSheet] = field(default_factory=list)
    kept: list[Texts] = field(default_factory=list)
    not_carried: list[str] = field(default_factory=list)

    def facts(self) -> Iterator[tuple[object, ...]]:
        """Give everything that somebody may have typed, each with its place: for comparing two copies of a workbook."""
        for sheet, rows in ((ASSESSMENT, self.agreed), (GAPS, self.actions)):
            yield from ((sheet, key, name, text) for key, texts in rows.items() for name, text in texts.items() if text)
        yield from (("row", *sorted(map(str, row.items()))) for row in self.own_rows)
        for sheet, columns in self.own_columns.items():
            yield from ((sheet, key, title, text) for title, by_key in columns.items() for key, text in by_key.items())
        yield from ((*place, "note", text) for place, text in self.notes.items() if not place[1].startswith("own row"))
        yield from ((edit.sheet, edit.key, edit.title, edit.text) for edit in self.stray_edits)
        for own in self.own_sheets:
            yield from ((own.title, place, str(value)) for place, value in own.cells.items())
            yield from ((own.title, place, "note", text) for place, text in own.notes.items())
        yield from (("kept", *sorted(row.items())) for row in self.kept)
