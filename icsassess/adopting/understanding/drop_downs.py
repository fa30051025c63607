"""What the drop-down lists of a sheet offer, by column: words in the list itself, or in the cells it points at."""

import re

from icsassess.excel.cells.addresses import parse_area
from icsassess.excel.cells.model import Sheet, Workbook, as_text
from icsassess.excel.reading.appearance.workbook import Appearance

_MOST = 50  # words of one list
_PLACE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))?!?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$")
_NAME = re.compile(r"^[^\W\d][\w.]*$")


def offered_by_column(sheet: Sheet, workbook: Workbook, appearance: Appearance | None) -> dict[int, list[str]]:
    """Give the words that each column's drop-down list offers, the longest list where a column has several."""
    offered: dict[int, list[str]] = {}
    if appearance is None or sheet.title not in appearance.sheets:
        return offered
    for areas, source in appearance.sheets[sheet.title].lists:
        words = _words(source, sheet, workbook, appearance.names)
        for _, leftmost, _, rightmost in areas:
            for column in range(leftmost, min(rightmost, leftmost + 50) + 1):
                if len(words) > len(offered.get(column, [])):
                    offered[column] = words
    return offered


def _words(source: str, sheet: Sheet, workbook: Workbook, names: dict[str, str]) -> list[str]:
    if source.startswith('"') and source.endswith('"'):
        listed = [word.strip() for word in source[1:-1].replace('""', '"').split(",")]
        return [word for word in listed if word][:_MOST]
    if _NAME.match(source) and source in names:
        source = names[source]
    place = _PLACE.match(source.removeprefix("="))
    if place is None:
        return []
    title = (place[1] or place[2] or "").replace("''", "'") or sheet.title
    source_sheet = next((one for one in workbook.sheets if one.title == title), None)
    try:
        top, leftmost, bottom, rightmost = parse_area(place[3])
    except ValueError:
        return []
    if source_sheet is None:
        return []
    cells = (source_sheet.cells.get((row, column)) for row in range(top, min(bottom, top + _MOST) + 1)
             for column in range(leftmost, min(rightmost, leftmost + 1) + 1))  # fmt: skip
    texts = [as_text(cell).strip() for cell in cells if cell is not None and cell.value is not None]
    return [text for text in texts if text][:_MOST]
