"""A table as CSV that Excel opens with its letters right, and takes nothing in it for a formula, in any country."""

from __future__ import annotations

import csv
import datetime
import io
import re

from icsassess.reports.export.tidy_tables import TidyTable, Value

_BEGINS_A_FORMULA = re.compile(r'(^|[;\t\r\n])(["\s]*)(?=[=+\-@])')
"""Where a spreadsheet would begin a formula: at the start of a cell, and behind whatever else it may take for the end
of a cell: a semicolon, where that is the system's list separator, a tab, and a new line (OWASP, CSV injection)."""


def as_csv(table: TidyTable) -> bytes:
    """Give the table as CSV in UTF-8 with the mark by which Excel knows it; empty for what is not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_text(value) for value in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else harmless(value)


def harmless(text: str) -> str:
    """Give the text with an apostrophe wherever a spreadsheet would begin a formula."""
    return _BEGINS_A_FORMULA.sub(r"\1\2'", text)
