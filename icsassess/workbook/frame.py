"""What every sheet has in common: its title, what it holds, the marking, a way back to the Summary, and the paper."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from icsassess.assessment.headlines import day_in_words
from icsassess.excel import looks
from icsassess.excel.looks import Look
from icsassess.excel.writing import Book, Column, Link, SheetWriter, Value, place
from icsassess.workbook.places import HEADING_ROW, SUMMARY, TABLE_NAMES
from icsassess.workbook.view import View

TYPING_TAB = "FFE08A"
READING_TAB = looks.NHS_BLUE
_MARKING_WIDTH = 30
LINE = 15.0
"""Height of a line of text, in points."""
_PAGE_POINTS = 780
"""Width between the margins of an A4 page on its side."""
_SMALLEST_SCALE = 0.42
"""Text of 11 points is printed no smaller than at this scale, as far as pages beside each other can help it."""
_NOTE = (
    "This sheet has a filter on its headings, and headings and first columns that stay in sight: it is a register to "
    "work in. Both can be switched off in Excel (Data, Filter; View, Freeze Panes) and nothing is lost."
)


def begin(book: Book, view: View, title: str, about: str, *, tab: str = READING_TAB) -> SheetWriter:
    """Add a sheet with its title in A1, what it holds in A2 and the marking in A3."""
    settings, as_at = view.merged.locality.settings, day_in_words(view.merged.as_at)
    headline = f"{title} – {settings.name} self-assessment, as at {as_at}"
    return begin_titled(book, title, headline, about, settings.marking, tab=tab)


def begin_titled(
    book: Book, title: str, headline: str, about: str, marking: str, *, tab: str = READING_TAB
) -> SheetWriter:
    """Add a sheet with a headline in A1, what it holds in A2 and the marking in A3."""
    sheet = book.sheet(title, tab)
    sheet.put(1, 1, headline, looks.TITLE)
    sheet.put(2, 1, about, looks.SUBTITLE)
    sheet.put(3, 1, marking, looks.MARKING)
    return sheet


def register(
    sheet: SheetWriter,
    columns: Sequence[Column],
    rows: Collection[Sequence[Value]],
    *,
    frozen: int = 0,
    looks_of: Mapping[tuple[int, int], Look] | None = None,
    breaks: Sequence[int] = (),
    pages_tall: int = 0,
    table: str = "",
    home: str = SUMMARY,
) -> int:
    """Write the sheet's one table, with its first ``frozen`` columns kept in sight; give its last row.

    ``table`` is the table's name where the sheet is none of the locality workbook's, ``home`` the sheet that the way
    back leads to.
    """
    name = table or TABLE_NAMES[sheet.title]
    last = sheet.table(name, HEADING_ROW, columns, rows, looks_of, long=True)
    sheet.note(1, 1, _NOTE)
    _way_back(sheet, columns, home)
    sheet.freeze(HEADING_ROW + 1, frozen + 1)
    sheet.at_least(HEADING_ROW, 2 * LINE + 4)
    sheet.printed(repeat=(HEADING_ROW, HEADING_ROW), breaks=breaks)
    _fit(sheet, columns, frozen, pages_tall)
    return last


def _fit(sheet: SheetWriter, columns: Sequence[Column], frozen: int, pages_tall: int) -> None:
    """Let a wide table run over as many pages as keep its text readable, its first columns repeated on each."""
    repeated = sum(_points(column.width) for column in columns[:frozen])
    rest = sum(_points(column.width) for column in columns[frozen:])
    room = _PAGE_POINTS / _SMALLEST_SCALE - repeated
    pages = math.ceil(rest / room)
    sheet.worksheet.fit_to_pages(pages, pages_tall)
    if pages > 1:
        sheet.worksheet.repeat_columns(0, frozen - 1)
        sheet.worksheet.print_across()  # the pages beside each other come out one after the other


def _points(width: float) -> float:
    """Give the width on paper of a column of so many characters of 11 point Arial: 8 pixels each, 5 between columns."""
    return (width * 8 + 5) * 0.75


def _way_back(sheet: SheetWriter, columns: Sequence[Column], home: str) -> None:
    """Put a link to the first sheet on the third row, to the right of the marking."""
    room, column = 0.0, 0
    while room < _MARKING_WIDTH and column < len(columns) - 1:
        room += columns[column].width
        column += 1
    sheet.put(3, column + 1, Link(place(home, 1, 1), f"Back to {home}"), looks.LINK.with_(wrap=False))


def and_list(items: Sequence[str]) -> str:
    """Give reasons or codes as a cell lists them: separated by commas, so that a formula can look for one."""
    return ", ".join(items)


def carried_notes(sheet: SheetWriter, view: View, keys: Sequence[str], titles: Sequence[str]) -> None:
    """Put the group's notes back on the cells of a register, by the key of its row and the title of its column."""
    rows = {key: HEADING_ROW + 1 + number for number, key in enumerate(keys)}
    columns = {title: 1 + number for number, title in enumerate(titles)}
    for (of_sheet, key, title), text in view.merged.carried.notes.items():
        if of_sheet == sheet.title and key in rows and title in columns:
            sheet.note(rows[key], columns[title], text)
