"""Reading back a locality workbook as the group left it, whatever program saved it: nothing typed into it is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from icsassess.assessment.actions.names import is_of_the_group, parts_of_name
from icsassess.assessment.group_edits import displaced
from icsassess.assessment.group_edits.edits import GroupEdits, OwnAction, OwnSheet
from icsassess.assessment.history.record import Record
from icsassess.domain.gap_ids import gap_id, ref_of_gap
from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.locality.locality import Locality
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import fold, listing
from icsassess.tables import titles
from icsassess.workbook.layout import ACTIONS, ASSESSMENT, DISPLACED, DISPLACED_TITLES, GAPS, partner_headings_of
from icsassess.workbook.read_back import version_1
from icsassess.workbook.read_back.registers import (
    ACTIONS_KIND,
    GAPS_KIND,
    VERSION_1_KIND,
    RegisterKind,
    assessment,
)
from icsassess.workbook.read_back.stray_edits import Register, elsewhere
from icsassess.workbook.read_back.table import SheetTable, TableRow, as_shown, cell_text, find_table
from icsassess.workbook.sheets.registry import program_titles
from icsassess.workbook.write import KIND


def open_locality_workbook(path: Path, without: Container[str] = ()) -> Workbook:
    """Open a merged workbook; raises ``Refusal`` where it is none or cannot be read.

    Sheets whose titles stand in ``without`` need not be read.
    """
    opened = open_file(path, without, GENEROUS_LIMITS)
    if opened.workbook is None:
        detail = opened.problem.finding if opened.problem else "it cannot be read"
        raise Refusal(make_problem("not-a-locality-workbook", sheet=path.name, detail=detail))
    if not is_locality_workbook(opened.workbook):
        raise Refusal(make_problem("not-a-locality-workbook", sheet=path.name, detail=f"it has no sheet ‘{ACTIONS}’"))
    return opened.workbook


def is_locality_workbook(workbook: Workbook) -> bool:
    """Tell whether a workbook is a merged one: by what it says of itself, or by its sheets."""
    folded_titles = {fold(sheet.title) for sheet in workbook.sheets}
    has_actions = fold(ACTIONS) in folded_titles or version_1.is_version_1(workbook)
    return workbook.custom_properties.get("icsassess.kind") == KIND or (
        fold(ASSESSMENT) in folded_titles and has_actions
    )


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
        earlier = version_1.is_version_1(workbook if before is None else before)
        kinds = (VERSION_1_KIND,) if earlier else (GAPS_KIND, ACTIONS_KIND)
        registers = [self._register(workbook, before, kind) for kind in (assessment(self.partner_columns), *kinds)]
        typed = GroupEdits()
        for register in registers:
            _read_rows(typed, register)
        displaced_before = None if before is None else _displaced_grid(before, None)
        displaced = _read_displaced(typed, workbook, displaced_before)
        program_sheets = {fold(title) for title in (*program_titles(), *(kind.title for kind in kinds))}
        if before is not None:
            program_sheets = {fold(sheet.title) for sheet in before.sheets} - {
                fold(own.title) for own in _own(before, program_sheets)
            }
        program_sheets |= {fold(register.grid.sheet.title) for register in registers}
        program_sheets = (
            (program_sheets | {fold(DISPLACED)}) if displaced is not None else program_sheets - {fold(DISPLACED)}
        )
        typed.own_sheets.extend(_own_sheet(sheet) for sheet in _own(workbook, program_sheets))
        typed.stray_edits.extend(elsewhere(workbook, before, registers, displaced, displaced_before))
        typed.not_carried.extend(workbook.other_sheets)
        return typed

    def _register(self, workbook: Workbook, before: Workbook | None, kind: RegisterKind) -> Register:
        written = None
        if before is not None:
            written = find_table(before.sheets, kind.title, kind.columns, kind.key, exact=self.partner_columns)
        grid = find_table(
            workbook.sheets, kind.title, kind.columns, kind.key, exact=self.partner_columns, written=written
        )
        if grid is None:
            needed = listing([kind.key, *kind.fields.values()])
            raise Refusal(
                make_problem(
                    "group-table-missing", file=self.file, sheet=self.file, cell=f"sheet {kind.title}", titles=needed
                )
            )
        self._look_for_columns(grid, written, kind)
        return Register(kind, grid, written, self._keys(kind, grid, written))

    def _keys(self, kind: RegisterKind, grid: SheetTable, written: SheetTable | None) -> Sequence[str]:
        """Give the lines, gaps or actions whose rows are the program's."""
        texts = [row.text(kind.key) for row in (written or grid).rows]
        if kind == ACTIONS_KIND:
            return texts if written is not None else [text for text in texts if parts_of_name(text)[1]]
        if kind.title == ASSESSMENT:
            return self.refs if written is None else texts
        if self.gaps is not None:
            return self.gaps
        names = [gap_id(ref) for ref in self.refs]
        return names if written is None else [text for text in texts if text in names]

    def _look_for_columns(self, grid: SheetTable, written: SheetTable | None, kind: RegisterKind) -> None:
        """Refuse where a column to type in is gone, it held something, and a new one could be it."""
        other_titles = [title for title in grid.titles.values() if title not in kind.columns]
        new = [name for name in other_titles if written is None or name not in written.titles.values()]
        for missing in (name for name in kind.fields.values() if name in grid.missing):
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


def reader_of(locality: Locality, file: str, parent: Record | None) -> Reader:
    """Give what reads a workbook of this locality, ``file``, as the merge ``parent`` wrote it."""
    columns = partner_headings_of([partner.code for partner in locality.partners])
    refs, gaps = list(locality.framework.line_by_ref), None
    if parent is not None:
        refs = [str(line["ref"]) for line in parent.content["lines"]]
        columns = [str(title) for title in parent.content["partner_columns"]]
        gaps = [str(gap["id"]) for gap in parent.content["gaps"]]
    return Reader(columns, refs, file, gaps)


def _read_rows(typed: GroupEdits, register: Register) -> None:
    """Read what stands in a register: the program's rows, those of the group's own, and the group's columns."""
    kind, fields = register.kind, _fields(register)
    table = GAPS if kind == VERSION_1_KIND else kind.title
    for row, key in register.keyed():
        texts = {name: row.shown(title) for name, title in fields.items()}
        if kind == GAPS_KIND:
            if "covered" in texts:
                typed.covered[key] = texts["covered"]
        elif kind == ACTIONS_KIND:
            typed.actions[key] = texts
            if is_of_the_group(key):
                typed.refs[key] = row.shown(titles.REF)
        else:
            (typed.version_1 if kind == VERSION_1_KIND else typed.agreed)[key] = texts
        for title, value in row.typed().items():
            if title not in kind.columns:
                typed.own_columns.setdefault(table, {}).setdefault(title, {})[key] = value
            else:
                typed.cells[table, key, title] = register.grid.address(row, title)
        typed.notes.update({(table, key, title): text for title, text in _notes(row).items()})
    for row in register.other_rows():
        if carried := register.carried_titles(row):
            typed.own_actions.append(_own_action(register, row, fields, carried))
    typed.missing.update({name: title for name, title in kind.fields.items() if title in register.grid.missing})
    _read_own_headings(typed, register, table)


def _fields(register: Register) -> dict[str, str]:
    """Give the columns to type in that are there, by field."""
    return {name: title for name, title in register.kind.fields.items() if title not in register.grid.missing}


def _own_action(register: Register, row: TableRow, fields: Mapping[str, str], carried: Container[str]) -> OwnAction:
    gap = row.shown(titles.GAP) if titles.GAP in carried else ""
    return OwnAction(
        ref=row.shown(titles.REF) or ref_of_gap(gap),
        texts={name: row.shown(title) for name, title in fields.items()},
        columns={title: value for title, value in row.typed().items() if title not in register.kind.columns},
        notes=_notes(row),
        cells={title: register.grid.address(row, title) for title in row.typed()},
        place=register.grid.address(row, titles.ACTION),
    )


def _read_own_headings(typed: GroupEdits, register: Register, table: str) -> None:
    """Keep the order of the group's own columns, and those that have a heading and nothing below it."""
    columns = typed.own_columns.pop(table, {})
    held = {title for row in register.grid.rows for title in row.typed()} if register.kind.has_own_rows else columns
    headed = {title for title, cell in register.grid.headings.items() if cell_text(cell)}
    own = [title for title in register.grid.titles.values() if title not in register.kind.columns]
    if ordered := {title: columns.get(title, {}) for title in own if title in held or title in headed}:
        typed.own_columns[table] = ordered


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
    program = {fold(title) for title in (*program_titles(), version_1.TITLE)}
    first_cells = {
        sheet.text(1, 1): sheet.title
        for sheet in before.sheets
        if fold(sheet.title) not in current_titles and fold(sheet.title) in program
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
