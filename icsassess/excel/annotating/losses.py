"""Whether a marked copy holds all that the original holds: both read again, cell by cell."""

from collections.abc import Iterator

from icsassess.excel.annotating.annotate import Annotations
from icsassess.excel.cells.model import Cell, Kind, Sheet, Workbook

_SAME_NUMBER = 1e-9


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
    if any(copy.properties.get(name) != marking.mask(text) for name, text in original.properties.items()):
        yield "the properties"
    custom = {name: marking.mask(text) for name, text in original.custom_properties.items()} | dict(marking.custom)
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
        expected = _expected(sheet.title, cell, marking)
        if copied is None and expected == cell._replace(note=None, value=None) and cell.kind is Kind.EMPTY:
            continue  # nothing but our earlier note was there
        if copied is None or not _same(expected, copied, cell.note):
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
    note = marking.notes.get(place, cell.note) or None
    return cell._replace(note=note, link=None if place in marking.unlinked else cell.link)


def _same(expected: Cell, actual: Cell, before: str | None) -> bool:
    if expected.fill != actual.fill or expected.link != actual.link:
        return False
    if actual.note not in (expected.note, before):  # a thread of comments stays as it was
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
