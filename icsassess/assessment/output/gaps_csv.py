"""The gaps as CSV that a spreadsheet opens without taking anything for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence

from icsassess.assessment.output.as_json import iso
from icsassess.support.text import clean
from icsassess.tables.models import Gaps
from icsassess.tables.records import Gap
from icsassess.tables.validation import titles

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Give the text with an apostrophe before it where a spreadsheet would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def gaps_as_csv(gaps: Sequence[Gap]) -> str:
    """Give gaps as CSV with the titles people see; lists are joined with semicolons, dates are ISO."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles(Gaps).values())
    for gap in gaps:
        writer.writerow([safe(_shown(value)) for value in gap])
    return out.getvalue()


def _shown(value: str | tuple[str, ...] | datetime.date | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return value if isinstance(value, str) else iso(value) or ""
