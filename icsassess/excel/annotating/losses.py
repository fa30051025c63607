"""Whether a marked copy holds all that the original holds: both read again, cell by cell."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from openpyxl.utils.datetime import to_excel

from icsassess.excel.annotating.annotate import Annotations
from icsassess.excel.annotating.archive import Stored
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook

# What a program writes about itself, and the time of the last change, which is set.
_NOT_TYPED = frozenset({"application", "company", "manager", "modified"})
_SAME_NUMBER = 1e-9
_LARGEST_DRAWING = 16 * 1024 * 1024  # bytes; a larger one is not looked into
_PICTURES = {"xl/media/": "pictures", "xl/charts/chart": "charts", "xl/embeddings/": "embedded files"}


def stored_result(cell: Cell) -> Stored | None:
    """Give the result that is stored with a cell's formula, as a file holds it; None where there is none."""
    value = cell.value
    if cell.formula is None or value is None or cell.kind is Kind.NOT_CALCULATED:
        return None
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return float(to_excel(value))  # type: ignore[no-untyped-call, unused-ignore]
    return value


def losses(original: Workbook, copy: Workbook, marking: Annotations) -> Iterator[str]:
    """Name everything of the original that the copy lacks or says otherwise, but for what the marking changes."""
    expected = [sheet for sheet in original.sheets if sheet.title not in marking.remove]
    copies = {sheet.title: sheet for sheet in copy.sheets}
    if [sheet.title for sheet in copy.sheets] != [marking.front_title, *(sheet.title for sheet in expected)]:
        yield "the sheets"
        return
    if original.other_sheets != copy.other_sheets:
        yield "sheets without cells"
    for sheet in expected:
        yield from _of_sheet(sheet, copies[sheet.title], marking)
    properties = {**original.properties, **marking.properties}
    if any(copy.properties.get(name) != text for name, text in properties.items() if name not in _NOT_TYPED):
        yield "the properties"
    custom = {**original.custom_properties, **marking.custom}
    if any(copy.custom_properties.get(name) != text for name, text in custom.items()):
        yield "the properties of its own"


def _of_sheet(sheet: Sheet, copy: Sheet, marking: Annotations) -> Iterator[str]:
    if sorted(sheet.merged) != sorted(copy.merged):
        yield f"{sheet.title}: merged cells"
    if (
        sheet.hidden != copy.hidden
        or sheet.hidden_rows - copy.hidden_rows
        or sheet.hidden_columns - copy.hidden_columns
    ):
        yield f"{sheet.title}: what was hidden"
    under = _under_merges(sheet)
    for key, cell in sheet.cells.items():
        copied = copy.cells.get(key)
        if cell.value is None and not cell.note and not cell.link and key in under:
            continue  # a colour that nobody sees
        if copied is None or not _same(_expected(sheet.title, cell, marking), copied):
            yield f"{sheet.title}, {cell.address}"
    for key, cell in copy.cells.items():
        if cell.value is not None and key not in sheet.cells and (sheet.title, *key) not in marking.texts:
            yield f"{sheet.title}, {cell.address}: not in the original"


def _under_merges(sheet: Sheet) -> set[tuple[int, int]]:
    areas = [area for area in sheet.merged if area[:2] != area[2:]]
    return {
        key
        for key in sheet.cells
        for top, first, bottom, last in areas
        if key != (top, first) and top <= key[0] <= bottom and first <= key[1] <= last
    }


def _expected(title: str, cell: Cell, marking: Annotations) -> Cell:
    """Give the cell as the copy should have it."""
    place = (title, cell.row, cell.column)
    if place in marking.texts:
        cell = cell._replace(value=marking.texts[place], kind=Kind.TEXT, formula=None, struck=False)
    note = marking.notes.get(place, cell.note)
    return cell._replace(note=note, link=None if place in marking.unlinked else cell.link)


def _same(expected: Cell, actual: Cell) -> bool:
    if expected.fill != actual.fill or expected.note != actual.note or expected.link != actual.link:
        return False
    if expected.struck and not actual.struck:
        return False
    if (expected.formula or "") != (actual.formula or ""):
        return False
    return expected.kind is actual.kind and _same_value(expected.value, actual.value)


def _same_value(expected: object, actual: object) -> bool:
    if isinstance(expected, float) and isinstance(actual, int | float):
        return abs(expected - actual) <= _SAME_NUMBER * max(1.0, abs(expected))
    return expected == actual


def typed_into_shapes(data: bytes) -> bool:
    """Tell whether a drawing in the workbook holds text (a text box, say), which openpyxl would lose.

    ``data`` is a workbook that has been read: its parts are known to be harmless.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if part.filename.lower().startswith("xl/drawings/drawing")]
        return any(part.file_size > _LARGEST_DRAWING or b":t>" in archive.read(part) for part in parts)


def pictures_lost(data: bytes, copy: bytes) -> list[str]:
    """Name the kinds of pictures that the copy has fewer of."""
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        before, after = old.namelist(), new.namelist()
    return [
        words
        for beginning, words in _PICTURES.items()
        if sum(name.startswith(beginning) for name in before) > sum(name.startswith(beginning) for name in after)
    ]


def texts_in_parts(data: bytes) -> Iterator[str]:
    """Give every text and attribute in the parts of a workbook of ours: headers, names, lists, titles, links."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            # A theme holds names of colours and types, and is the one part that is passed on without being read.
            if not name.endswith((".xml", ".rels", ".vml")) or name.startswith("xl/theme/"):
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                # The numbers of cells have been compared one by one; in long decimals anything can be found.
                if not element.tag.endswith("}v"):
                    yield element.text or ""
                yield from element.attrib.values()
