"""Evidence that reads almost like another partner's, or like that of another line, is pointed out and never merged."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.alike import like_earlier
from icsassess.returns.rules.rule import Context, Rule
from icsassess.tables import Entries, each_row

# What the last table's entries read like, by file, sheet and cell: for the words of the points that follow.
_LIKE: dict[tuple[str, str, str], tuple[str, int]] = {}


def stands_alone(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No entry before it reads almost the same."""
    rows = list(each_row(entries[["partner", "file", "sheet", "ref", "evidence", "place"]]))
    found = like_earlier([row.evidence for row in rows], [(row.partner, row.file) for row in rows])
    _LIKE.clear()
    for number, (other, alike) in found.items():
        _LIKE[_place(rows[number])] = _where(rows[other]), alike
    return pd.Series([number not in found for number in range(len(rows))], index=entries.index, dtype=bool)


def _place(row: Any) -> tuple[str, str, str]:
    return row.file, row.sheet, row.place.cell("evidence")


def _where(row: Any) -> str:
    line = f" for {row.ref}" if row.ref else ""
    return f"the evidence of {row.partner}{line} ({row.sheet}, {row.place.cell('evidence')})"


def _words(entry: Any, context: Context) -> dict[str, Any]:
    other, alike = _LIKE[_place(entry)]
    return {"found": entry.evidence, "other": other, "alike": alike}


RULES = (Rule("likely-the-same-evidence", Entries, "evidence", stands_alone, _words),)
