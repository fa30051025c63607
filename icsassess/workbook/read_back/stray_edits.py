"""What was typed where the program writes, beside its tables, or on its other sheets: found by comparing with then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from icsassess.assessment.actions.names import is_of_the_group
from icsassess.assessment.actions.states import ACTION_STATES
from icsassess.assessment.gaps.plans import PLAN_STATES
from icsassess.assessment.group_edits import displaced
from icsassess.assessment.group_edits.edits import StrayEdit
from icsassess.domain.gap_ids import is_gap_id
from icsassess.excel.cells.model import Cell, Sheet, Workbook
from icsassess.excel.reading.formats.registry import format_named
from icsassess.support.text import fold
from icsassess.tables import titles
from icsassess.workbook.layout import ACTIONS, DISPLACED, DISPLACED_TITLES
from icsassess.workbook.read_back.own_formulas import Calls, all_calls, with_own_as_text
from icsassess.workbook.read_back.registers import RegisterKind
from icsassess.workbook.read_back.table import SheetTable, TableRow, as_shown, cell_text, is_formula, new_texts
from icsassess.workbook.sheets.registry import program_titles

CALCULATED_WORDS = frozenset((*PLAN_STATES, *ACTION_STATES))
"""What calculated columns show beside ratings, gaps and counts."""


@dataclass(frozen=True)
class Register:
    """One of the tables that people type into, now and as it was written (None where that is not known).

    ``keys`` are the program's, of those that stand in the column that tells its rows apart.
    """

    kind: RegisterKind
    grid: SheetTable
    written: SheetTable | None
    keys: Sequence[str]

    @property
    def sheet(self) -> str:
        """The title of its sheet."""
        return self.kind.title

    @property
    def key(self) -> str:
        """The title of the column that tells its rows apart."""
        return self.kind.key

    @cached_property
    def _written_rows(self) -> dict[str, TableRow]:
        """The program's rows by key as they were written: the first where the group's own have the same one."""
        rows: dict[str, TableRow] = {}
        for row in self.written.rows if self.written is not None else []:
            rows.setdefault(row.text(self.key), row)
        return rows

    @cached_property
    def _calls(self) -> Set[Calls]:
        """What the program's own formulas in this table call."""
        rows = self.written.rows if self.written is not None else self.grid.rows
        return all_calls(cell for row in rows for cell in row.cells.values())

    @cached_property
    def _stood(self) -> set[tuple[str, str, str]]:
        """What stood in the program's columns by key and title, in rows of the group's own that bear a key too."""
        rows = self.written.rows if self.written is not None else []
        return {(row.text(self.key), title, cell_text(cell)) for row in rows for title, cell in row.cells.items()}

    @cached_property
    def _keyed(self) -> dict[int, str]:
        """The key of each row that is one of the program's, by its number on the sheet.

        Where a row was copied, the one that is most like it was when it was written is the program's.
        """
        by_fold = {fold(key): key for key in self.keys if key}
        rows: dict[str, list[TableRow]] = defaultdict(list)
        for row in self.grid.rows:
            if key := by_fold.get(fold(row.text(self.key))):
                rows[key].append(row)
        return {max(same, key=lambda row: self._alike(row, key)).number: key for key, same in rows.items()}

    def _alike(self, row: TableRow, key: str) -> tuple[int, int]:
        written = self._written_rows.get(key)
        titles = [title for title in self.kind.columns if title not in self.kind.calculated]
        alike = sum(row.text(title) == written.text(title) for title in titles) if written is not None else 0
        return alike, -row.number

    def keyed(self) -> Iterator[tuple[TableRow, str]]:
        """Give the program's rows, each with its key, in the order in which they stand."""
        for row in self.grid.rows:
            if key := self._keyed.get(row.number):
                yield row, key

    def typed_over(self) -> Iterator[StrayEdit]:
        """Give what was typed into the program's own cells of its rows."""
        typing = set(self.kind.fields.values())
        for title in self.kind.columns:
            if title in typing or title in self.grid.missing:
                continue
            current = {key: row for row, key in self.keyed()}
            original = {key: row.cells.get(title) for key, row in self._written_rows.items() if key in current}
            known = all_calls(cell for cell in original.values() if cell is not None)
            pasted = title in self.kind.calculated and not any(
                is_formula(row.cells.get(title)) for row in current.values()
            )
            texts = Counter(cell_text(cell) for cell in original.values())
            if texts == Counter(row.shown(title) for row in current.values()) and not self._overtyped(
                title, current, original
            ):
                continue  # nothing new: at most the rows were sorted without this column
            for key, row in current.items():
                cell = row.cells.get(title)
                if cell is not None:
                    cell = with_own_as_text(cell, known)
                if cell is None or is_formula(cell) or not as_shown(cell):
                    continue
                text, was = as_shown(cell), original.get(key)
                if pasted and (text in (cell_text(was), *ratings_of(row)) or _is_calculated(text)):
                    continue
                if title == titles.REF and self.sheet == ACTIONS and is_of_the_group(key):
                    continue  # it is the group's own action: there it says which line it is about
                if title == self.key and fold(text) == fold(key):
                    continue
                if pasted or is_formula(was) or (key, title, text) not in self._stood:
                    yield StrayEdit(self.sheet, cell.address, key, title, text)

    def _overtyped(self, title: str, current: Mapping[str, TableRow], original: Mapping[str, Cell | None]) -> bool:
        """Tell whether some formula of a column was overtyped, and others are left."""
        formulas = {key for key, cell in original.items() if is_formula(cell)}
        remaining = {key for key in formulas if is_formula(current[key].cells.get(title))}
        return bool(remaining) and remaining != formulas

    def other_rows(self) -> Iterator[TableRow]:
        """Give the rows that belong to none of the program's keys."""
        return (row for row in self.grid.rows if row.number not in self._keyed)

    def in_other_rows(self) -> Iterator[StrayEdit]:
        """Give what was typed into rows that belong to none of the program's keys: new, or in a column to type in.

        Where people add rows of their own, it is only what no such row is carried with.
        """
        held: dict[str, set[str]] = defaultdict(set)
        for row in self.written.rows if self.written is not None else []:
            for title, cell in row.cells.items():
                held[title].add(cell_text(cell))
        rows = {key: row for row, key in self.keyed()}
        by_fold = {fold(key): key for key in rows}
        typing = set(self.kind.fields.values())
        for row in self.other_rows():
            carried = self.carried_titles(row)
            twin = rows.get(by_fold.get(fold(row.text(self.key)), ""))
            for title, cell in row.cells.items():
                program = title in self.kind.columns and title not in typing
                if program:
                    cell = with_own_as_text(cell, self._calls)
                text = as_shown(cell)
                was_written = program and (is_formula(cell) or text in held[title])
                is_new = text and not was_written and (twin is None or twin.shown(title) != text)
                if is_new and title not in carried:
                    yield StrayEdit(self.sheet, cell.address, row.text(self.key), title, text)
                if cell.note and not carried:
                    yield StrayEdit(self.sheet, cell.address, row.text(self.key), f"Note on {title}", cell.note)

    def carried_titles(self, row: TableRow) -> Set[str]:
        """Give the columns that a row of the group's own is carried with; none where it is no such row."""
        if not self.kind.has_own_rows:
            return frozenset()
        beside = {title for title in row.cells if title not in self.kind.columns}
        carried = {*self.kind.fields.values(), titles.REF, *beside}
        names_gap = row.shown(titles.GAP) and not is_formula(row.cells.get(titles.GAP))
        if not names_gap and not any(row.shown(title) for title in carried):
            return frozenset()
        return carried | {titles.GAP} if names_gap and not row.shown(titles.REF) else carried


def ratings_of(row: TableRow) -> tuple[str, str]:
    """Give what a rating that was pasted as a value may be: the agreed one, or the suggested one."""
    return row.text(titles.AGREED_RAG), row.text(titles.SUGGESTED_RAG)


def _is_calculated(text: str) -> bool:
    return text in CALCULATED_WORDS or text.isdecimal() or is_gap_id(text)


def elsewhere(
    workbook: Workbook,
    before: Workbook | None,
    registers: Sequence[Register],
    displaced: SheetTable | None,
    displaced_before: SheetTable | None,
) -> Iterator[StrayEdit]:
    """Give all that was typed where the program writes and where there is no place to type."""
    for register in registers:
        yield from register.in_other_rows()
        if register.written is not None:
            yield from register.typed_over()
            yield from _around(register.sheet, register.grid, register.written)
    if displaced is not None:
        yield from _on_displaced(displaced)
        if displaced_before is not None:
            yield from _around(DISPLACED, displaced, displaced_before)
    if before is None:
        return
    written_sheets = {fold(sheet.title): sheet for sheet in before.sheets}
    registered = {register.grid.sheet.title for register in registers}
    for sheet in workbook.sheets:
        written = written_sheets.get(fold(sheet.title))
        if written is None or sheet.title in registered or fold(sheet.title) == fold(DISPLACED) or _is_own(written):
            continue
        only_values = not format_named(workbook.kind).has_formulas
        known = all_calls(written.cells.values())
        typed = [cell for each in sheet.cells.values() if not is_formula(cell := with_own_as_text(each, known))]
        yield from _new(sheet.title, typed, _values(written, everything=only_values))
        yield from _new_notes(sheet.title, list(sheet.cells.values()), list(written.cells.values()))


def _is_own(sheet: Sheet) -> bool:
    return fold(sheet.title) not in {fold(title) for title in program_titles()}


def _around(title: str, grid: SheetTable, written: SheetTable) -> Iterator[StrayEdit]:
    """Give what stands above a table, and the notes there and on its headings."""
    known = all_calls(written.outside)
    yield from _new(title, [with_own_as_text(cell, known) for cell in grid.outside], written.outside)
    current, original = ([*one.outside, *one.headings.values()] for one in (grid, written))
    yield from _new_notes(title, current, original)


def _on_displaced(grid: SheetTable) -> Iterator[StrayEdit]:
    """Give what was added to the sheet of what was kept: columns and notes of the group's own."""
    for row in grid.rows:
        for title, cell in row.cells.items():
            key = row.shown(displaced.KEY)
            if title not in DISPLACED_TITLES and as_shown(cell):
                yield StrayEdit(DISPLACED, cell.address, key, title, as_shown(cell))
            if cell.note:
                yield StrayEdit(DISPLACED, cell.address, key, f"Note on {title}", cell.note)


def _new(title: str, current: Sequence[Cell], original: Sequence[Cell]) -> Iterator[StrayEdit]:
    for cell in new_texts(current, original):
        yield StrayEdit(title, cell.address, "", "", as_shown(cell))


def _new_notes(title: str, current: Sequence[Cell], original: Sequence[Cell]) -> Iterator[StrayEdit]:
    counts = Counter(cell.note for cell in original if cell.note)
    for cell in current:
        if not cell.note:
            continue
        if counts[cell.note] > 0:
            counts[cell.note] -= 1
        else:
            yield StrayEdit(title, cell.address, "", "Note", cell.note)


def _values(sheet: Sheet, *, everything: bool = False) -> list[Cell]:
    return [cell for cell in sheet.cells.values() if everything or not is_formula(cell)]
