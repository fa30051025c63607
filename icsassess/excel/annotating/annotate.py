"""Marking somebody's workbook: notes and colours on its cells, some texts masked, and a sheet put in front.

The marks go into the workbook's own parts, and every part, element and byte that has nothing to do with them stays as
it is: charts, links, themes, rules and formats that no library knows come back as they were sent.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from icsassess.excel.annotating.cell_marks import Mark, mark_cells
from icsassess.excel.annotating.front_sheet import add_front_sheet
from icsassess.excel.annotating.masked_cells import mask_properties, mask_shared_strings, put_texts
from icsassess.excel.annotating.notes import write_notes
from icsassess.excel.annotating.sheet_list import SheetList
from icsassess.excel.annotating.styles_part import StylesPart
from icsassess.excel.cells.addresses import address
from icsassess.excel.parts.editable_package import EditablePackage
from icsassess.excel.parts.markup import CannotEdit, Markup

CellPosition = tuple[str, int, int]
"""A sheet's title, a row and a column, both from 1."""

_CELL_CONTENT = frozenset(("row", "v", "f", "is", "t", "r", "rPr"))


@dataclass(frozen=True)
class Annotations:
    """What is to be put into a workbook.

    ``front`` is a workbook whose only sheet goes first, under ``front_title``; sheets in ``remove`` make room for it.
    ``names`` are names for places on it. ``texts`` replace what cells hold; ``notes`` are the whole text of the notes
    that change; ``unlinked`` cells lose their link. ``marks`` are the cells to colour; rules of earlier marks, known by
    ``mark_name`` in their formula, go. ``mask`` is applied to shared texts and properties; ``custom`` sets properties.
    """

    front: bytes
    front_title: str
    remove: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[CellPosition, str] = field(default_factory=dict)
    notes: Mapping[CellPosition, str] = field(default_factory=dict)
    unlinked: frozenset[CellPosition] = frozenset()
    marks: tuple[Mark, ...] = ()
    mark_name: str = ""
    mask: Callable[[str], str] = str
    custom: Mapping[str, str] = field(default_factory=dict)


def annotate(data: bytes, marking: Annotations) -> bytes:
    """Put the marks into a workbook. The same workbook and marks give the same bytes.

    Raises ``CannotEdit`` for a package that cannot be changed in place, with the reason.
    """
    package = EditablePackage(data)
    if any(name.startswith("_xmlsignatures/") for name in package.names()):
        raise CannotEdit("it bears a digital signature, which a mark would break")
    if any(name.startswith("xl/embeddings/") for name in package.names()):
        raise CannotEdit("files are embedded in it, which we cannot look into")
    sheets = SheetList(package)
    sheets.remove(marking.remove)
    styles = StylesPart(package, sheets.part)
    front = add_front_sheet(package, marking.front, sheets, styles)
    for title, part in sheets.part_by_title.items():
        _mark_sheet(package, part, title, marking, styles)
    for part in sheets.every_part:
        _deselect(package, part)
    mask_shared_strings(package, sheets.part, marking.mask)
    mask_properties(package, marking.mask, marking.custom)
    styles.save()
    sheets.put_in_front(front, marking.front_title, {marking.mark_name, *marking.names}, marking.names)
    return package.to_bytes()


def _mark_sheet(package: EditablePackage, part: str, title: str, marking: Annotations, styles: StylesPart) -> None:
    def of_sheet(places: Mapping[CellPosition, str]) -> dict[tuple[int, int], str]:
        return {place[1:]: text for place, text in places.items() if place[0] == title}

    texts, notes = of_sheet(marking.texts), of_sheet(marking.notes)
    unlinked = {place[1:] for place in marking.unlinked if place[0] == title}
    marks = [mark for mark in marking.marks if mark.sheet == title]
    replaced = {address(*place) for place in texts}
    original = package.read(part)
    sheet = Markup(original, lambda name, attributes: _is_wanted(name, attributes, replaced))
    put_texts(package, part, sheet, texts, unlinked)
    mark_cells(sheet, marks, marking.mark_name, styles)
    write_notes(package, part, sheet, notes)
    edited = sheet.edited()
    if edited != original:
        package.write(part, edited)


def _is_wanted(name: str, attributes: Mapping[str, str], replaced: Collection[str]) -> bool:
    """Of a sheet's cells only those that are replaced are looked at."""
    if name == "c":
        return attributes.get("r") in replaced
    return name not in _CELL_CONTENT or (name == "f" and bool(replaced))


def _deselect(package: EditablePackage, part: str) -> None:
    """Of two sheets that are selected, what is typed into one goes into both."""
    original = package.read(part)
    if b"tabSelected" in original:
        sheet = Markup(original, lambda name, _: name == "sheetView")
        for view in sheet.children("sheetView"):
            if view.attribute("tabSelected"):
                sheet.set(view, tabSelected=None)
        package.write(part, sheet.edited())
