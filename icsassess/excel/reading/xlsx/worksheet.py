"""One worksheet put together: its cells, its notes, its links, and what was odd about it."""

from collections.abc import Iterable, Iterator

from icsassess.excel.cells.addresses import Area, last_of
from icsassess.excel.cells.model import Sheet
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter, Remarks
from icsassess.excel.container.relationships import Relationship, relationships_of
from icsassess.excel.container.xml import PartReader, parse
from icsassess.excel.reading.annotations import annotate, links_by_cell
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.cell_collector import CellCollector
from icsassess.excel.reading.xlsx.comments import Notes, read_notes
from icsassess.excel.reading.xlsx.drawings import drawn_over
from icsassess.excel.reading.xlsx.shared_strings import SharedData
from icsassess.excel.reading.xlsx.sheet_parser import read_sheet
from icsassess.excel.reading.xlsx.workbook_xml import SheetEntry


def read_worksheet(file: InputFile, shared: SharedData, entry: SheetEntry, part: str) -> Sheet:
    """Read a worksheet from its part and those that belong to it. Raises Unreadable."""
    package, meter, remarks = file.package, file.meter, file.remarks
    sheet = read_sheet(package.chunks(part, meter.limits.sheet_bytes), meter, shared, part)
    relationships = relationships_of(part, package, meter, remarks)
    cells = sheet.cells
    links = links_by_cell(_links(sheet, relationships), cells)
    annotate(cells, _notes(file, entry, relationships), links)
    last_row, last_column = last_of(cells)
    _remark(sheet, entry.title, remarks)
    filtered = sheet.metadata.filtered or any(
        _has_filter(package.chunks(target.target), meter, target.target)
        for target in relationships.values()
        if target.kind == "table" and target.target in package
    )
    return Sheet(
        title=entry.title,
        cells=cells,
        merged=tuple(sheet.metadata.merged),
        hidden=entry.hidden,
        hidden_rows=sheet.metadata.hidden_rows(last_row),
        hidden_columns=sheet.metadata.hidden_columns(last_column),
        filtered=filtered,
        conditions=sheet.metadata.conditions.conditions(),
        drawn=tuple(drawn_over(package, meter, relationships.values(), sheet.metadata.embedded)),
        margins=tuple(dict.fromkeys(sheet.metadata.margins)),
    )


def _notes(file: InputFile, entry: SheetEntry, relationships: dict[str, Relationship]) -> Notes:
    """Give the sheet's notes. Where a cell has a thread, the old note that stands in for it is left out."""
    notes: Notes = {}
    wrong = 0
    for kind in ("comments", "threadedcomment"):
        for relationship in relationships.values():
            part = relationship.target
            if relationship.kind != kind or relationship.external:
                continue
            if part not in file.package:
                file.remarks.add(f"sheet {entry.title!r}: its notes are missing from the file")
                continue
            try:
                further, misplaced = read_notes(file.package.chunks(part), file.meter, part, kind != "comments")
            except Unreadable as error:
                if error.reason is not Reason.DAMAGED:
                    raise
                file.remarks.add(f"sheet {entry.title!r}: its notes are damaged and could not be read")
                continue
            notes.update(further)
            wrong += misplaced
    if wrong:
        file.remarks.add(f"sheet {entry.title!r}: {wrong} notes belong to no cell and were left out")
    return notes


def _links(sheet: CellCollector, relationships: dict[str, Relationship]) -> Iterator[tuple[Area, str]]:
    """Give the links that lead out of the workbook, and the areas that have them."""
    for area, name, location in sheet.metadata.links:
        relationship = relationships.get(name or "")
        if relationship is None or not relationship.external or not relationship.target:
            continue
        target = relationship.target
        yield area, f"{target}#{location}" if location and "#" not in target else target


def _remark(sheet: CellCollector, title: str, remarks: Remarks) -> None:
    sheet.anomalies.remark(title, remarks)
    if sheet.metadata.wrong_areas:
        remarks.add(f"sheet {title!r}: {sheet.metadata.wrong_areas} merged areas or links have no valid address")


class _Table(PartReader):
    """A table within a sheet: only whether it is filtered (ECMA-376 part 1, 18.5.1.2)."""

    filtered = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.filtered = self.filtered or name == "filterColumn"


def _has_filter(chunks: Iterable[bytes], meter: Meter, part: str) -> bool:
    """Say whether a table is filtered; a damaged table part counts as not. Raises Unreadable for unsafe ones."""
    table = _Table(meter)
    try:
        data = b"".join(chunks)
        if data.startswith(b"<") and b"<!" not in data and b"filterColumn" not in data:
            return False  # as nearly always: that much is seen without taking it apart
        parse([data], table, part)
    except Unreadable as error:
        if error.reason is not Reason.DAMAGED:
            raise
    return table.filtered
