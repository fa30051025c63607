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

ASSESSMENT, GAPS, ACTIONS = titles.ASSESSMENT, titles.GAPS, titles.ACTIONS
"""The tables that a group types in, as their titles name them."""


class StrayEdit(NamedTuple):
    """Something typed where the program writes, or where there is no column: its place, and its text.

    ``key`` is the line or gap of its row, ``""`` where it has none; ``title`` what its column is called.
    """

    sheet: str
    cell: str
    key: str
    title: str
    text: str


class OwnAction(NamedTuple):
    """A row that the group added to the actions and that has no name of the program's yet; the merge names it.

    ``ref`` is what stands under Ref (else the line that its Gap names), as typed; ``texts`` are by field, as those of
    other actions. ``columns`` (the group's own), ``notes`` and ``cells`` (the addresses of all its cells) are by title;
    ``place`` is the address of its Action, filled in or not.
    """

    ref: str
    texts: Texts
    columns: Mapping[str, CellValue] = {}
    notes: Mapping[str, str] = {}
    cells: Mapping[str, str] = {}
    place: str = ""


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

    ``agreed`` by line and ``actions`` by the action's name (``A-Q1-PEX-MFT``): the texts of the columns to type in, by
    field (``AGREED_TITLES``, ``ACTION_TITLES``; what is deliberately blank is ``""``). ``covered``: what stands there,
    by gap. ``refs``: what stands under Ref, by name, for actions of the group's own only: there people may type it.
    ``own_actions``: rows without a name of the program's, or with one that an earlier row has, in the sheet's order.
    ``version_1``: of a workbook that has one table ‘Gaps and actions’, the texts of each gap's row by gap and field;
    ``actions`` and ``covered`` are empty then, and its rows that belong to no gap are ``own_actions``.
    ``missing``: the titles of columns to type in that are not there any more, by field (``covered`` among them); the
    fields are left out of the texts above, too.

    ``own_columns``: by table, title and key. ``notes``: by table, key and title. ``cells``: where each key's cell
    stands, by table, key and title. Tables are those of ``ASSESSMENT``, ``GAPS`` and ``ACTIONS``, keys are lines, gaps
    and actions; what stood beside a gap of version 1 is that of ``GAPS``. ``stray_edits``: all else that is new,
    as what was typed into a row of ``GAPS`` that is none of the program's. ``not_carried``: what cannot be read at all.
    """

    agreed: dict[str, Texts] = field(default_factory=dict)
    actions: dict[str, Texts] = field(default_factory=dict)
    covered: dict[str, str] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    own_actions: list[OwnAction] = field(default_factory=list)
    version_1: dict[str, Texts] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    own_columns: dict[str, dict[str, dict[str, CellValue]]] = field(default_factory=dict)
    notes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    stray_edits: list[StrayEdit] = field(default_factory=list)
    own_sheets: list[OwnSheet] = field(default_factory=list)
    kept: list[Texts] = field(default_factory=list)
    not_carried: list[str] = field(default_factory=list)

    def facts(self) -> Iterator[tuple[object, ...]]:
        """Give everything that somebody may have typed, each with its place: for comparing two copies of a workbook."""
        tables = ((ASSESSMENT, self.agreed), (ACTIONS, self.actions), (titles.GAPS_AND_ACTIONS, self.version_1))
        for sheet, rows in tables:
            yield from ((sheet, key, name, text) for key, texts in rows.items() for name, text in texts.items() if text)
        yield from ((GAPS, key, "covered", text) for key, text in self.covered.items() if text)
        yield from ((ACTIONS, key, "ref", text) for key, text in self.refs.items() if text)
        for own_action in self.own_actions:
            typed = {**own_action.texts, **own_action.columns, **_noted(own_action.notes), "ref": own_action.ref}
            yield ("row", *sorted((title, str(text)) for title, text in typed.items() if text != ""))
        for sheet, columns in self.own_columns.items():
            yield from ((sheet, key, title, text) for title, by_key in columns.items() for key, text in by_key.items())
        yield from ((*place, "note", text) for place, text in self.notes.items())
        yield from ((edit.sheet, edit.key, edit.title, edit.text) for edit in self.stray_edits)
        for own in self.own_sheets:
            yield from ((own.title, place, str(value)) for place, value in own.cells.items())
            yield from ((own.title, place, "note", text) for place, text in own.notes.items())
        yield from (("kept", *sorted(row.items())) for row in self.kept)


def _noted(notes: Mapping[str, str]) -> dict[str, str]:
    return {f"note on {title}": text for title, text in notes.items()}
