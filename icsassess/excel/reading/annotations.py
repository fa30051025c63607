"""Notes and links put on the cells of a sheet, blank or not."""

from collections.abc import Collection, Iterable, Mapping

from icsassess.excel.cells.addresses import Area
from icsassess.excel.cells.model import Cell, Kind

_MOST_WIDE_LINKS = 100  # over more than one cell; they are rare, and a file with thousands of them means no harm


def links_by_cell(areas: Iterable[tuple[Area, str]], cells: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Give links by (row, column): one for the first cell of each area, and for its others in use."""
    links: dict[tuple[int, int], str] = {}
    wide: list[tuple[Area, str]] = []
    for area, link in areas:
        links[area[0], area[1]] = link
        if area[:2] != area[2:]:
            wide.append((area, link))
    for (first_row, first_column, last_row, last_column), link in wide[:_MOST_WIDE_LINKS]:
        for row, column in cells:
            if first_row <= row <= last_row and first_column <= column <= last_column:
                links[row, column] = link
    return links


def annotate(
    cells: dict[tuple[int, int], Cell], notes: Mapping[tuple[int, int], str], links: Mapping[tuple[int, int], str]
) -> None:
    """Put notes and links, by (row, column), on their cells; a blank cell with one of them becomes a cell."""
    for row, column in notes.keys() | links.keys():
        key = (row, column)
        note, link = notes.get(key), links.get(key)
        cell = cells.get(key)
        if cell is None:
            cells[key] = Cell(row, column, None, Kind.EMPTY, None, note, link)
        else:
            cells[key] = cell._replace(note=note, link=link or cell.link)
