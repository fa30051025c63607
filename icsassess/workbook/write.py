"""The locality workbook, from the merged view: everything the group works from, in the order a reader needs it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.version import VERSION
from icsassess.view.assessment_view import View
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook
from icsassess.workbook.sheets import group_sheets, registry
from icsassess.workbook.signing.manifest import next_version, signed_versions

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged
    from icsassess.workbook.signing.manifest import Signing

KIND = "locality workbook"
_SIGNED_COPY = "One table follows, as it was signed. Please type nothing into this copy: the group works on in merged/."


def locality_workbook(merged: Merged, signing: Signing | None = None) -> bytes:
    """Give the workbook's bytes, as :func:`write_locality_workbook` writes them."""
    buffer = io.BytesIO()
    write_locality_workbook(merged, buffer, signing)
    return buffer.getvalue()


def write_locality_workbook(merged: Merged, into: BinaryIO, signing: Signing | None = None) -> None:
    """Write the workbook into a file: the working copy with its live formulas, or with ``signing`` the sealed one.

    The same merged view gives the same bytes and no clock is asked. Nothing is read but which versions were signed.
    """
    locality, view = merged.locality, View(merged)
    book = WorkbookWriter(
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
            **({"icsassess.merge": merged.identity} if merged.identity else {}),
        },
        sealed=signing is not None,
    )
    workbook = LocalityWorkbook(
        book,
        view,
        registry.SHEETS,
        conditions(merged) if signing is None else signing.conditions,
        signed_versions(locality),
        next_version(locality) if signing is None else signing.version,
        signing,
    )
    written = [(sheet, sheet.write(workbook, view)) for sheet in registry.SHEETS]
    group_sheets.write(workbook, view)
    for sheet, writer in written if signing is not None else []:
        if writer is not None and sheet.typed_columns:
            writer.put(2, 1, _SIGNED_COPY, styles.SUBTITLE)
    book.write_to(into)
