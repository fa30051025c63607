"""The gaps as CSV that a spreadsheet opens without taking anything for a formula."""

from __future__ import annotations

import csv
import io

import pandas as pd

from icsassess.assessment.output.as_json import iso
from icsassess.support.text import clean
from icsassess.tables.frames import titles
from icsassess.tables.models import Gaps

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Give the text with an apostrophe before it where a spreadsheet would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def gaps_as_csv(gaps: pd.DataFrame) -> str:
    """Give a table of ``Gaps`` as CSV with the titles people see; lists are joined with semicolons, dates are ISO."""
    headings = titles(Gaps)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings.values())
    for gap in gaps.to_dict("records"):
        writer.writerow([safe(_shown(gap[name])) for name in headings])
    return out.getvalue()


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return value if isinstance(value, str) else iso(value) or ""
