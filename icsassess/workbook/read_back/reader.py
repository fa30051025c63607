"""Reading back a locality workbook as the group left it, whatever program saved it: nothing typed into it is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from icsassess.assessment.group_edits import displaced
from icsassess.assessment.group_edits.edits import GroupEdits, OwnSheet, StrayEdit
from icsassess.domain.gap_ids import gap_id
from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import fold, listing
from icsassess.tables import titles
from icsassess.tables.titles import ACTION_TITLES, AGREED_TITLES
from icsassess.workbook.layout import (
    ASSESSMENT,
    ASSESSMENT_DECISIONS,
    ASSESSMENT_LABELS,
    DISPLACED,
    DISPLACED_TITLES,
    GAPS,
    GAPS_TITLES,
)
from icsassess.workbook.read_back.stray_edits import Register, elsewhere
from icsassess.workbook.read_back.table import SheetTable, TableRow, as_shown, cell_text, find_table
from icsassess.workbook.sheets.registry import program_titles
from icsassess.workbook.write import KIND

CALCULATED = (titles.RATING, titles.PLAN)
"""Columns that the program fills with formulas: what they show is never taken for something typed."""


def open_locality_workbook(path: Path, without: Container[str] = ()) -> Workbook:
    """Open a merged workbook; raises ``Refusal`` where it is none or cannot be read.

    Sheets whose titles stand in ``without`` need not be read.
    """
    opened = open_file(path, without, GENEROUS_LIMITS)
    if opened.workbook is None:
        detail = opened.problem.message if opened.problem else "it cannot be read"
        raise Refusal(make_problem("not-a-locality-workbook", sheet=path.name, detail=detail))
    if not is_locality_workbook(opened.workbook):
        raise Refusal(make_problem("not-a-locality-workbook", sheet=path.name, detail=f"it has no sheet ‘{GAPS}’"))
    return opened.workbook


def is_locality_workbook(workbook: Workbook) -> bool:
    """Tell whether a workbook is a merged one: by what it says of itself, or by its sheets."""
    folded_titles = {fold(sheet.title) for sheet in workbook.sheets}
    return workbook.custom_properties.get("icsassess.kind") == KIND or {fold(GAPS), fold(ASSESSMENT)} <= folded_titles


class Reader(NamedTuple):
    """Reads one locality's workbooks.

    ``partner_columns`` are the headings of the program's partner columns, ``refs`` the framework's lines, ``gaps``
    the gaps that the last merge wrote (None where that is not known).
    """

    partner_columns: Sequence[str]
    refs: Sequence[str]
    file: str
    gaps: Sequence[str] | None = None

    def read(self, workbook: Workbook, before: Workbook | None) -> GroupEdits:
        """Give everything the group left in a workbook; ``before`` is the same workbook as it was written.

        Raises ``Refusal`` with the cell where a table or a column to type in can no longer be told: nothing is
        written then.
        """
        if before is not None:
            workbook = _with_titles_as_written(workbook, before)
        assessment = self._register(workbook, before, ASSESSMENT)
        gaps = self._register(workbook, before, GAPS)
        typed = GroupEdits()
        self._read_assessment(typed, assessment)
        self._read_gaps(typed, gaps)
        displaced_before = None if before is None else _displaced_grid(before, None)
        displaced = _read_displaced(typed, workbook, displaced_before)
        program_sheets = {fold(title) for title in program_titles()}
        if before is not None:
            program_sheets = {fold(sheet.title) for sheet in before.sheets} - {
                fold(own.title) for own in _own(before, program_sheets)
            }
        program_sheets |= {fold(assessment.grid.sheet.title), fold(gaps.grid.sheet.title)}
        program_sheets = (
            (program_sheets | {fold(DISPLACED)}) if displaced is not None else program_sheets - {fold(DISPLACED)}
        )
        typed.own_sheets.extend(_own_sheet(sheet) for sheet in _own(workbook, program_sheets))
        typed.stray_edits.extend(elsewhere(workbook, before, (assessment, gaps), displaced, displaced_before))
        typed.not_carried.extend(workbook.other_sheets)
        return typed

    def _register(self, workbook: Workbook, before: Workbook | None, title: str) -> Register:
        fields = AGREED_TITLES if title == ASSESSMENT else ACTION_TITLES
        key = titles.REF if title == ASSESSMENT else titles.GAP
        program_columns: tuple[str, ...] = GAPS_TITLES
        if title == ASSESSMENT:
            program_columns = (*ASSESSMENT_LABELS, *self.partner_columns, *ASSESSMENT_DECISIONS)
        written = None
        if before is not None:
            written = find_table(before.sheets, title, program_columns, key, exact=self.partner_columns)
        grid = find_table(workbook.sheets, title, program_columns, key, exact=self.partner_columns, written=written)
        if grid is None:
            needed = listing([key, *fields.values()])
            raise Refusal(
                make_problem(
                    "group-table-missing", file=self.file, sheet=self.file, cell=f"sheet {title}", titles=needed
                )
            )
        self._look_for_columns(grid, written, program_columns, tuple(fields.values()))
        return Register(title, grid, written, program_columns, key, fields, CALCULATED, self._keys(title, written, key))

    def _keys(self, title: str, written: SheetTable | None, key: str) -> Sequence[str]:
        """Give the lines or gaps whose rows are the program's."""
        if title == GAPS and self.gaps is not None:
            return self.gaps
        names = list(self.refs) if title == ASSESSMENT else [gap_id(ref) for ref in self.refs]
        if written is None:
            return names
        written_keys = [row.text(key) for row in written.rows]
        return written_keys if title == ASSESSMENT else [name for name in written_keys if name in names]

    def _look_for_columns(
        self, grid: SheetTable, written: SheetTable | None, program_columns: Sequence[str], typed: Sequence[str]
    ) -> None:
        """Refuse where a column to type in is gone, it held something, and a new one could be it."""
        other_titles = [title for title in grid.titles.values() if title not in program_columns]
        new = [name for name in other_titles if written is None or name not in written.titles.values()]
        for missing in (name for name in typed if name in grid.missing):
            held = written is None or any(row.text(missing) for row in written.rows)
            if new and held:
                raise Refusal(
                    make_problem(
                        "group-column-unclear",
                        file=self.file,
                        sheet=f"{self.file}, {grid.sheet.title}",
                        cell=f"row {grid.heading_row}",
                        title=missing,
                        found=listing([f"‘{name}’" for name in new]),
                    )
                )

    def _read_assessment(self, typed: GroupEdits, register: Register) -> None:
        """Read agreed ratings, own columns and notes by line."""
        for row, ref in register.keyed():
            typed.agreed[ref] = {name: row.shown(title) for name, title in AGREED_TITLES.items()}
            _read_cells_of_row(typed, register, row, ref)
        _read_own_headings(typed, register)

    def _read_gaps(self, typed: GroupEdits, register: Register) -> None:
        """Read actions by gap; a row that belongs to no gap, or to one that has a row already, is the group's own."""
        calculated = register.grid.calculated(CALCULATED) or CALCULATED
        keyed = {row.number: name for row, name in register.keyed()}
        for row in register.grid.rows:
            if name := keyed.get(row.number):
                typed.actions[name] = {field: row.shown(title) for field, title in ACTION_TITLES.items()}
                _read_cells_of_row(typed, register, row, name)
                continue
            if own := row.typed(calculated):
                typed.own_rows.append(own)
                key = f"own row {len(typed.own_rows)}"
                typed.notes.update({(GAPS, key, title): text for title, text in _notes(row).items()})
            else:
                typed.stray_edits.extend(
                    StrayEdit(GAPS, register.grid.address(row, title), "", f"Note on {title}", text)
                    for title, text in _notes(row).items()
                )
        _read_own_headings(typed, register)


def _read_cells_of_row(typed: GroupEdits, register: Register, row: TableRow, key: str) -> None:
    for title, value in row.typed().items():
        if title not in register.program_columns:
            typed.own_columns.setdefault(register.sheet, {}).setdefault(title, {})[key] = value
        else:
            typed.cells[register.sheet, key, title] = register.grid.address(row, title)
    typed.notes.update({(register.sheet, key, title): text for title, text in _notes(row).items()})


def _read_own_headings(typed: GroupEdits, register: Register) -> None:
    """Keep the order of the group's own columns, and those that have a heading and nothing below it."""
    columns = typed.own_columns.pop(register.sheet, {})
    held = {title for row in register.grid.rows for title in row.typed()} if register.sheet == GAPS else set(columns)
    headed = {title for title, cell in register.grid.headings.items() if cell_text(cell)}
    own = [title for title in register.grid.titles.values() if title not in register.program_columns]
    ordered = {title: columns.get(title, {}) for title in own if title in held or title in headed}
    if ordered:
        typed.own_columns[register.sheet] = ordered
    for field, title in register.fields.items():
        if title in register.grid.missing:
            typed.missing[field] = title
            for texts in (typed.agreed if register.sheet == ASSESSMENT else typed.actions).values():
                assert isinstance(texts, dict)
                texts.pop(field, None)


def _notes(row: TableRow) -> dict[str, str]:
    return {title: cell.note for title, cell in row.cells.items() if cell.note}


def _read_displaced(typed: GroupEdits, workbook: Workbook, written: SheetTable | None) -> SheetTable | None:
    grid = _displaced_grid(workbook, written)
    if grid is not None:
        rows = ({title: row.shown(title) for title in DISPLACED_TITLES if row.shown(title)} for row in grid.rows)
        typed.kept.extend(row for row in rows if row)
    return grid


def _displaced_grid(workbook: Workbook, written: SheetTable | None) -> SheetTable | None:
    here = [sheet for sheet in workbook.sheets if fold(sheet.title) == fold(DISPLACED)]
    return find_table(here, DISPLACED, DISPLACED_TITLES, displaced.TEXT, written=written)


def _with_titles_as_written(workbook: Workbook, before: Workbook) -> Workbook:
    """Give renamed sheets of the program their titles back: they are known by what stands in their first cell."""
    current_titles = {fold(sheet.title) for sheet in workbook.sheets}
    first_cells = {
        sheet.text(1, 1): sheet.title
        for sheet in before.sheets
        if fold(sheet.title) not in current_titles and fold(sheet.title) in {fold(title) for title in program_titles()}
    }
    written = {fold(sheet.title) for sheet in before.sheets}
    sheets = []
    for sheet in workbook.sheets:
        first = sheet.text(1, 1)
        if first and fold(sheet.title) not in written and first in first_cells:
            sheet = sheet._replace(title=first_cells.pop(first))
        sheets.append(sheet)
    return workbook._replace(sheets=tuple(sheets))


def _own(workbook: Workbook, program_sheets: Iterable[str]) -> list[Sheet]:
    program = set(program_sheets)
    return [sheet for sheet in workbook.sheets if fold(sheet.title) not in program]


def _own_sheet(sheet: Sheet) -> OwnSheet:
    cells = {place: cell.value for place, cell in sheet.cells.items() if as_shown(cell)}
    notes: Mapping[tuple[int, int], str] = {place: cell.note for place, cell in sheet.cells.items() if cell.note}
    formulas = {
        place: "\n".join(part for part in (notes.get(place), f"This was the formula ={cell.formula}") if part)
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    }
    fills = {place: cell.fill for place, cell in sheet.cells.items() if cell.fill}
    return OwnSheet(sheet.title, cells, {**notes, **formulas}, fills)
