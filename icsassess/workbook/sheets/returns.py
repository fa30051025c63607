"""The sheet Returns: who has returned what, and who has not."""

from __future__ import annotations

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import SheetWriter
from icsassess.tables.models import Returns
from icsassess.view.assessment_view import View
from icsassess.workbook.layout import HEADING_ROW, RETURNS
from icsassess.workbook.sheet_kit.model_columns import model_columns
from icsassess.workbook.sheet_kit.pagination import PrintLayout
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

_WIDTHS: dict[str, float] = {
    "partner": 9.5, "name": 30, "organisation": 18, "state": 13, "file": 32, "completed_on": 12, "completed_by": 24,
    "lines_asked": 9.5, "lines_to_rate": 9.5, "lines_rated": 9.5, "entries": 9, "blockers": 10, "warnings": 11,
    "notes": 8, "remark": 36, "sha256": 72,
}  # fmt: skip
_STATE = 4
"""The column of the return's state."""
_FILLS = {
    "received": styles.PALE_GREEN,
    "outstanding": styles.PALE_AMBER,
    "refused": styles.PALE_RED,
    "superseded": styles.NHS_PALE_GREY,
}


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write a row for each file received, and for each partner of whom nothing was received."""
    sheet = begin(workbook, SHEET)
    columns = model_columns(Returns, _WIDTHS)
    layout = PrintLayout(up_to=len(columns) - 1)
    last = RegisterTable(SHEET.table_name, columns, view.merged.returns, frozen=2, layout=layout).write_to(sheet)
    sheet.colour_words(HEADING_ROW + 1, _STATE, last, _STATE, _FILLS)
    return sheet


SHEET = Sheet(
    title=RETURNS,
    table_name="ReturnsList",
    about=(
        "One table follows: a row for each file received, and one for each partner of whom nothing was received. "
        "SHA-256, the file's fingerprint, is not printed."
    ),
    meaning="Who has returned what, and who has not.",
    write=write,
    long=True,
)
