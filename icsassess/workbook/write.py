"""The locality workbook, from the merged view: everything the group works from, in the order a reader needs it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.output.score_totals import asks_for_scores
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.workbook import Book
from icsassess.version import VERSION
from icsassess.view.view import View
from icsassess.workbook.sheets import assessment, gaps_and_actions, heat_map, key, registers, summary
from icsassess.workbook.sheets import carried as carried_sheets
from icsassess.workbook.sheets import sign_off as sign_off_sheet
from icsassess.workbook.sheets import week_by_week as weeks_sheet
from icsassess.workbook.signing.manifest import signed_versions

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.workbook.signing.manifest import Signing

KIND = "locality workbook"
_SIGNED_COPY = "One table follows, as it was signed. Please type nothing into this copy: the group works on in merged/."


def locality_workbook(merged: Merged, signing: Signing | None = None) -> bytes:
    """Give the workbook's bytes, as :func:`write_locality_workbook` writes them."""
    made = io.BytesIO()
    write_locality_workbook(merged, made, signing)
    return made.getvalue()


def write_locality_workbook(merged: Merged, into: BinaryIO, signing: Signing | None = None) -> None:
    """Write the workbook into a file: the working copy with its live formulas, or with ``signing`` the sealed one.

    The same merged view gives the same bytes and no clock is asked. Nothing is read but which versions were signed.
    """
    locality, view = merged.locality, View(merged)
    book = Book(
        title=f"{locality.name} self-assessment, as at {day_in_words(merged.as_at)}",
        subject=f"{locality.framework.title}: ratings, gaps and actions of the locality's partners",
        heading=f"{locality.name} self-assessment, as at {day_in_words(merged.as_at)}",
        marking=locality.settings.marking,
        created=merged.as_at if signing is None else signing.signed_at.date(),
        custom={
            "icsassess.kind": KIND,
            "icsassess.locality": locality.name,
            "icsassess.framework": locality.framework.id,
            "icsassess.framework_version": locality.framework.version,
            "icsassess.template": locality.settings.template,
            "icsassess.as_at": merged.as_at.isoformat(),
            "icsassess.version": VERSION,
        },
        sealed=signing is not None,
    )
    found = conditions(merged) if signing is None else signing.conditions
    summary.write(book, view, sign_off_sheet.standing(found, signing))
    heat_map.write(book, view)
    typed_in = [assessment.write(book, view), gaps_and_actions.write(book, view)]
    if asks_for_scores(merged):
        from icsassess.workbook.sheets import scores

        scores.write(book, view)
    registers.evidence(book, view)
    registers.returns(book, view)
    registers.points(book, view)
    carried_sheets.changes(book, view)
    weeks_sheet.write(book, view)
    sign_off_sheet.write(book, view, found, signed_versions(locality), signing)
    key.write(book, view)
    carried_sheets.kept(book, view)
    carried_sheets.own(book, view)
    for sheet in typed_in if signing is not None else []:
        sheet.put(2, 1, _SIGNED_COPY, looks.SUBTITLE)
    book.finish(into)
