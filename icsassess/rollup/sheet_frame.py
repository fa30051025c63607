"""What every sheet of the roll-up has in common: its headline, the marking, a way back, and the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from icsassess.assessment.output.headlines import day_in_words
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.layout import LOCALITIES, TABLE_NAMES
from icsassess.support.text import count
from icsassess.workbook.sheet_kit import register as frame

CENTRED_HEADING = looks.HEADING.with_(centred=True)


def headline(rollup: Rollup) -> str:
    """Say what it is: a roll-up of so many localities as at a day."""
    number = count(len(rollup.localities), "locality", "localities")
    return f"Roll-up of {number}, as at {day_in_words(rollup.as_at)}"


def marking(rollup: Rollup) -> str:
    """Give the localities' marking; all of them where they differ."""
    return ", ".join(dict.fromkeys(locality.marking for locality in rollup.localities))


def begin(book: WorkbookWriter, rollup: Rollup, title: str, about: str) -> SheetWriter:
    """Add a sheet with its title in A1, what it holds in A2 and the marking in A3."""
    return frame.begin_titled(book, title, f"{title} – {headline(rollup)}", about, marking(rollup))


def register(
    sheet: SheetWriter, columns: Sequence[Column], rows: Collection[Sequence[Value]], *, frozen: int = 0
) -> int:
    """Write the sheet's one table, with its first ``frozen`` columns kept in sight; give its last row."""
    table = frame.RegisterTable(TABLE_NAMES[sheet.title], columns, rows, frozen=frozen, home=LOCALITIES)
    return table.write_to(sheet)
