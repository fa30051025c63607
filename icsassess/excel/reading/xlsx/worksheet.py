"""One worksheet put together: its cells, its notes, its links, and what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass

from icsassess.excel.cells.model import Cell, Kind, Sheet
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.relationships import Relationship, relationships_of
from icsassess.excel.container.zip_package import Package
from icsassess.excel.reading.xlsx.cell_collector import SheetCells
from icsassess.excel.reading.xlsx.comments import Notes, read_notes
from icsassess.excel.reading.xlsx.shared_data import Tables
from icsassess.excel.reading.xlsx.sheet_metadata import last_of
from icsassess.excel.reading.xlsx.sheet_parser import read_sheet
from icsassess.excel.reading.xlsx.table_filters import has_filter
from icsassess.excel.reading.xlsx.workbook_xml import SheetEntry

_Cells = dict[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What is needed to read any sheet of a workbook."""

    package: Package
    meter: Meter
    remarks: Remarks
    tables: Tables


def read_worksheet(parts: SheetParts, entry: SheetEntry, part: str) -> Sheet:
    """Read a worksheet from its part and those that belong to it. Raises Unreadable."""
    package, meter, remarks = parts.package, parts.meter, parts.remarks
    found = read_sheet(package.chunks(part, meter.limits.sheet_bytes), meter, parts.tables, part)
    relationships = relationships_of(part, package, meter, remarks)
    cells = found.by_place
    _annotate(cells, _notes(parts, entry, relationships), _links(found, relationships))
    last_row, last_column = last_of(cells)
    _remark(found, entry.title, remarks)
    filtered = found.frame.filtered or any(
        has_filter(package.chunks(target.target), meter, target.target)
        for target in relationships.values()
        if target.kind == "table" and target.target in package
    )
    return Sheet(
        title=entry.title,
        cells=cells,
        merged=tuple(found.frame.merged),
        hidden=entry.hidden,
        hidden_rows=found.frame.hidden_rows(last_row),
        hidden_columns=found.frame.hidden_columns(last_column),
        filtered=filtered,
    )


def _notes(parts: SheetParts, entry: SheetEntry, relationships: dict[str, Relationship]) -> Notes:
    """Give the sheet's notes. Where a cell has a thread, the old note that stands in for it is left out."""
    notes: Notes = {}
    wrong = 0
    for kind in ("comments", "threadedcomment"):
        for relationship in relationships.values():
            part = relationship.target
            if relationship.kind != kind or relationship.external:
                continue
            if part not in parts.package:
                parts.remarks.add(f"sheet {entry.title!r}: its notes are missing from the file")
                continue
            try:
                found, misplaced = read_notes(parts.package.chunks(part), parts.meter, part, kind != "comments")
            except Unreadable as error:
                if error.reason is not Reason.DAMAGED:
                    raise
                parts.remarks.add(f"sheet {entry.title!r}: its notes are damaged and could not be read")
                continue
            notes.update(found)
            wrong += misplaced
    if wrong:
        parts.remarks.add(f"sheet {entry.title!r}: {wrong} notes belong to no cell and were left out")
    return notes


def _links(found: SheetCells, relationships: dict[str, Relationship]) -> dict[tuple[int, int], str]:
    """Give the links that lead out of the workbook: one for the first cell of each area and for others in use."""
    links: dict[tuple[int, int], str] = {}
    wide: list[tuple[tuple[int, int, int, int], str]] = []
    for area, name, place in found.frame.links:
        relationship = relationships.get(name or "")
        if relationship is None or not relationship.external or not relationship.target:
            continue
        link = f"{relationship.target}#{place}" if place and "#" not in relationship.target else relationship.target
        links[area[0], area[1]] = link
        if area[:2] != area[2:]:
            wide.append((area, link))
    # Links over more than one cell are rare; a file with thousands of them means no harm by few being looked at.
    for (top, left, bottom, right), link in wide[:100]:
        for row, column in found.by_place:
            if top <= row <= bottom and left <= column <= right:
                links[row, column] = link
    return links


def _annotate(cells: _Cells, notes: Notes, links: dict[tuple[int, int], str]) -> None:
    """Put notes and links on their cells, blank or not."""
    for row, column in notes.keys() | links.keys():
        key = (row, column)
        note, link = notes.get(key), links.get(key)
        cell = cells.get(key)
        if cell is None:
            cells[key] = Cell(row, column, None, Kind.EMPTY, None, note, link, False, None)
        else:
            cells[key] = Cell(
                row, column, cell.value, cell.kind, cell.fill, note, link or cell.link, cell.struck, cell.formula
            )


def _remark(found: SheetCells, title: str, remarks: Remarks) -> None:
    found.oddities.remark(title, remarks)
    if found.frame.wrong_areas:
        remarks.add(f"sheet {title!r}: {found.frame.wrong_areas} merged areas or links have no valid address")
