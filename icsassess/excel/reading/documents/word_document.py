"""Word documents (.docx) with tables (ECMA-376 part 1, 17)."""

from collections.abc import Mapping

from icsassess.excel.cells.model import Sheet, Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.relationships import relationships_of
from icsassess.excel.container.xml import parse
from icsassess.excel.reading.documents.grid import Grid
from icsassess.excel.reading.documents.word_text import WordComments, WordText
from icsassess.excel.reading.input_file import InputFile
from icsassess.excel.reading.xlsx.document_properties import read_application, read_core, read_custom

_LABEL = 40  # characters: what stands before a colon and is no longer is a label, and its answer stands behind
_AROUND = ("header", "footer", "footnotes", "endnotes")


def read_document(file: InputFile) -> Workbook:
    """Give each table of a document as a sheet, and its other text as one called ‘Text’ in front. Raises Unreadable."""
    main, package, meter, remarks = file.main_part, file.package, file.meter, file.remarks
    if main is None or main not in package:
        raise Unreadable(Reason.DAMAGED, "its text is missing")
    relationships = relationships_of(main, package, meter, remarks)
    links = {key: each.target for key, each in relationships.items() if each.external and each.kind == "hyperlink"}
    notes: dict[str, str] = {}
    lines: list[str] = []
    for each in relationships.values():
        if each.kind == "comments" and each.target in package:
            notes = parse(package.chunks(each.target), WordComments(meter), each.target).notes
    body = _text_in(main, file, links, notes)
    lines += body.lines
    for each in relationships.values():
        if each.kind in _AROUND and not each.external and each.target in package:
            lines += _text_in(each.target, file, {}, {}).lines
    grids = [grid for grid in body.grids if grid.cells]
    if not grids:
        raise Unreadable(Reason.NOT_A_WORKBOOK, "a Word document without a table")
    if body.has_pictures:
        remarks.add("the document shows pictures, which could not be read")
    if body.has_changes:
        remarks.add("changes are recorded in the document; it was read as if all of them were accepted")
    sheets = [*_sheet_of(lines, meter), *(grid.finish() for grid in grids)]
    return Workbook(
        "docx",
        tuple(sheets),
        _read_properties(file, "docprops/core.xml", read_core)
        | _read_properties(file, "docprops/app.xml", read_application),
        _read_properties(file, "docprops/custom.xml", read_custom),
        any(name.endswith("vbaproject.bin") for name in package.names()),
        (),
        (),
        remarks.all(),
    )


def _text_in(part: str, file: InputFile, links: Mapping[str, str], notes: Mapping[str, str]) -> WordText:
    return parse(file.package.chunks(part), WordText(file.meter, links, notes), part)


def _sheet_of(lines: list[str], meter: Meter) -> list[Sheet]:
    """Give the text outside of tables, a line a row; ‘Organisation: Abbey Trust’ is a label and its answer."""
    grid = Grid("Text", meter, [0])
    for row, line in enumerate(dict.fromkeys(lines), 1):
        label, colon, answer = line.partition(":")
        if colon and answer.strip() and len(label) <= _LABEL and not answer.startswith("//"):
            grid.add_text(row, 1, label.strip())
            grid.add_text(row, 2, answer.strip())
        else:
            grid.add_text(row, 1, line)
    return [grid.finish()] if grid.cells else []


def _read_properties(file: InputFile, part: str, read: object) -> dict[str, str]:
    if part not in file.package or not callable(read):
        return {}
    properties: dict[str, str] = read(file.package.chunks(part), file.meter, part)
    return properties
