"""The locality workbook, from the merged view: everything the group works from, in the order a reader needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icsassess.assessment.headlines import day_in_words
from icsassess.excel.writing import Book
from icsassess.version import VERSION
from icsassess.workbook import assessment, carried_sheets, gaps_and_actions, heat_map, key, registers, summary
from icsassess.workbook.view import View

if TYPE_CHECKING:
    from icsassess.assessment.merged import Merged

KIND = "locality workbook"


def locality_workbook(merged: Merged) -> bytes:
    """Give the workbook's bytes. The same merged view gives the same bytes; nothing is read and no clock is asked."""
    locality, view = merged.locality, View(merged)
    book = Book(
        title=f"{locality.name} self-assessment, as at {day_in_words(merged.as_at)}",
        subject=f"{locality.framework.title}: ratings, gaps and actions of the locality's partners",
        heading=f"{locality.name} self-assessment, as at {day_in_words(merged.as_at)}",
        marking=locality.settings.marking,
        created=merged.as_at,
        custom={
            "icsassess.kind": KIND,
            "icsassess.locality": locality.name,
            "icsassess.framework": locality.framework.id,
            "icsassess.framework_version": locality.framework.version,
            "icsassess.as_at": merged.as_at.isoformat(),
            "icsassess.version": VERSION,
        },
    )
    summary.write(book, view)
    heat_map.write(book, view)
    assessment.write(book, view)
    gaps_and_actions.write(book, view)
    registers.evidence(book, view)
    registers.returns(book, view)
    registers.points(book, view)
    carried_sheets.changes(book, view)
    key.write(book, view)
    carried_sheets.kept(book, view)
    carried_sheets.own(book, view)
    return book.finished()
