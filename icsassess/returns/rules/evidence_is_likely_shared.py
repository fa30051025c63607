"""Evidence that reads almost like another partner's, or like that of another line, is pointed out and never merged."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.alike import like_earlier
from icsassess.returns.rules.rule import Context, Rule
from icsassess.tables import Entries, each_row


def stands_alone(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No entry before it reads almost the same."""
    return entries["like"] == ""


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.evidence, "other": entry.like, "alike": entry.alike}


def almost_said_before(entries: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """Give for each entry where evidence almost the same stood before (``like``, ‘’ for nowhere), and how ``alike``.

    ``entries`` needs the columns partner, file, sheet, ref, evidence and place; ``alike`` is in per cent.
    """
    rows = list(each_row(entries[["partner", "file", "sheet", "ref", "evidence", "place"]]))
    found = like_earlier([row.evidence for row in rows], [(row.partner, row.file) for row in rows])
    numbers = range(len(rows))
    like = [_where(rows[found[number][0]]) if number in found else "" for number in numbers]
    alike = [found[number][1] if number in found else 0 for number in numbers]
    return {
        "like": pd.Series(like, index=entries.index, dtype="str"),
        "alike": pd.Series(alike, index=entries.index, dtype="int64"),
    }


def _where(row: Any) -> str:
    line = f" for {row.ref}" if row.ref else ""
    return f"the evidence of {row.partner}{line} ({row.sheet}, {row.place.cell('evidence')})"


RULES = (Rule("likely-the-same-evidence", Entries, "evidence", stands_alone, _words),)
