"""The same words of evidence stand once in a return: a second time is often a slip of copy and paste."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.rules.rule import Context, Rule
from icsassess.tables import Entries, each_row
from icsassess.text import words

# Shorter answers (‘See above’, ‘Annual report’) are rightly repeated.
SHORTEST = 40


def stands_once(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The evidence is short, or its words have not stood in an earlier entry of the same return."""
    return entries["same_as"] == ""


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.evidence, "other": entry.same_as}


def said_before(entries: pd.DataFrame) -> pd.Series[str]:
    """Give for each entry where the same evidence stood before in the same return, ``""`` where it is new.

    ``entries`` needs the columns file, sheet, evidence and place.
    """
    first: dict[tuple[str, str], str] = {}
    before = []
    for entry in each_row(entries[["file", "sheet", "evidence", "place"]]):
        said = words(entry.evidence) if len(entry.evidence) >= SHORTEST else ""
        here = f"{entry.sheet}, {entry.place.cell('evidence')}"
        known = first.setdefault((entry.file, said), here) if said else here
        before.append("" if known == here else known)
    return pd.Series(before, index=entries.index, dtype="str")


RULES = (Rule("same-evidence-twice", Entries, "evidence", stands_once, _words),)
