"""What every sheet has in common: its title, what it holds, the marking, a way back to the Summary, and the paper."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from icsassess.assessment.output.headlines import day_in_words
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column, Link, SheetWriter, Value, cell_reference
from icsassess.excel.writing.streaming.row_heights import points_needed
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import HEADING_ROW, SUMMARY
from icsassess.workbook.sheet_kit.pagination import DEFAULT_LAYOUT, PrintLayout, lay_out
from icsassess.workbook.sheet_kit.sheet import READING_TAB, LocalityWorkbook, Sheet

_MARKING_WIDTH = 30
_BUTTON = 2.5
"""Characters of a heading that the button of its filter takes."""
_WAY_BACK = styles.LINK.with_(wrap=False)
SECTION = styles.SECTION.with_(middle=True)
"""A section's title on a sheet with several: with air above it, in a row higher than its type."""
OWN_WIDTH = 24
"""Width in characters of the group's own columns."""
LINE = 15.0
"""Height of a line of text, in points."""
_NOTE = (
    "This sheet has a filter on its headings, and headings and first columns that stay in sight: it is a register to "
    "work in. Both can be switched off in Excel (Data, Filter; View, Freeze Panes) and nothing is lost."
)
_NOTE_WITHOUT_A_FILTER = (
    "Headings and first columns of this sheet stay in sight. That can be switched off in Excel (View, Freeze Panes) "
    "and nothing is lost."
)


def begin(workbook: LocalityWorkbook, sheet: Sheet, about: str = "") -> SheetWriter:
    """Add a sheet with its title in A1, in A2 what it holds (``about`` where that depends) and the marking in A3."""
    merged = workbook.view.merged
    settings, as_at = merged.locality.settings, day_in_words(merged.as_at)
    headline = f"{sheet.title} – {settings.name} self-assessment, as at {as_at}"
    return begin_titled(workbook.book, sheet.title, headline, about or sheet.about, settings.marking, tab=sheet.tab)


def begin_titled(
    book: WorkbookWriter, title: str, headline: str, about: str, marking: str, *, tab: str = READING_TAB
) -> SheetWriter:
    """Add a sheet with a headline in A1, what it holds in A2 and the marking in A3."""
    sheet = book.sheet(title, tab)
    sheet.put(1, 1, headline, styles.TITLE)
    sheet.put(2, 1, about, styles.SUBTITLE)
    sheet.put(3, 1, marking, styles.MARKING)
    return sheet


@dataclass(frozen=True)
class RegisterTable:
    """A sheet's one table, with what stands around it.

    The first ``frozen`` columns are kept in sight. ``styles_of`` are those of single cells, by row and column of the
    table from 0. ``home`` is the sheet that the way back leads to and ``way_back`` the column it stands in, where that
    is to be another than the first with room. The headings have a filter unless the table is not ``filtered``.
    """

    name: str
    columns: Sequence[Column]
    rows: Collection[Sequence[Value]]
    frozen: int = 0
    styles_of: Mapping[tuple[int, int], CellStyle] | None = None
    layout: PrintLayout = DEFAULT_LAYOUT
    home: str = SUMMARY
    way_back: int = 0
    filtered: bool = True

    def write_to(self, sheet: SheetWriter) -> int:
        """Write the table, its notes, the way back and the paper; give the table's last row."""
        columns, filtered = self.columns, self.filtered
        last = sheet.table(self.name, HEADING_ROW, columns, self.rows, self.styles_of, filtered, long=True)
        sheet.note(1, 1, _NOTE if filtered else _NOTE_WITHOUT_A_FILTER)
        home = Link(cell_reference(self.home, 1, 1), f"Back to {self.home}")
        sheet.put(3, self.way_back or _after_the_marking(columns), home, _WAY_BACK)
        sheet.freeze(HEADING_ROW + 1, self.frozen + 1)
        sheet.minimum_height(HEADING_ROW, max(2 * LINE + 4, *(_heading_height(column, filtered) for column in columns)))
        lay_out(sheet, columns, self.frozen, last, self.layout)
        return last


def _heading_height(column: Column, filtered: bool) -> float:
    """Give the height that a heading needs beside the button of its filter."""
    return points_needed(column.title, max(column.width - _BUTTON * filtered, 1), column.heading)


def _after_the_marking(columns: Sequence[Column]) -> int:
    """Give the column for what stands on the third row, to the right of the marking."""
    room, column = 0.0, 0
    while room < _MARKING_WIDTH and column < len(columns) - 1:
        room += columns[column].width
        column += 1
    return column + 1


def narrowest(texts: Iterable[str], look: CellStyle, least: float, most: float, lines: int = 2) -> float:
    """Give the least width, in characters, in which none of the texts needs more than so many ``lines``."""
    texts, room = list(texts), points_needed("\n" * (lines - 1), most, look)
    halves = (half / 2 for half in range(math.ceil(least * 2), math.ceil(most * 2)))
    fits = (width for width in halves if all(points_needed(text, width, look) <= room for text in texts))
    return next(fits, most)


def name_partners(sheet: SheetWriter, view: View, first: int) -> None:
    """Show each partner's name when the heading of its column is chosen; the first of them is column ``first``."""
    for column, partner in enumerate(view.partners, first):
        sheet.validation.prompt(HEADING_ROW, HEADING_ROW, column, partner.code, f"{partner.name}.")


def as_list(items: Sequence[str]) -> str:
    """Give reasons or codes as a cell lists them: separated by commas, so that a formula can look for one."""
    return ", ".join(items)


def carried_notes(sheet: SheetWriter, view: View, keys: Sequence[str], titles: Sequence[str]) -> None:
    """Put the group's notes back on the cells of a register, by the key of its row and the title of its column."""
    rows = {key: HEADING_ROW + 1 + number for number, key in enumerate(keys)}
    columns = {title: 1 + number for number, title in enumerate(titles)}
    for (of_sheet, key, title), text in view.merged.carried.notes.items():
        if of_sheet == sheet.title and key in rows and title in columns:
            sheet.note(rows[key], columns[title], text)
