"""The same words of evidence stand once in a return: a second time is often a slip of copy and paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from icsassess.returns.rules.rule import Context, Rule
from icsassess.tables import Entries

# Shorter answers (‘See above’, ‘Annual report’) are rightly repeated.
SHORTEST = 40


def stands_once(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The evidence is short, or its words have not stood in an earlier entry of the same return."""
    return entries["same_as"] == ""


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.evidence, "other": entry.same_as}


def said_before(entries: pd.DataFrame, plain: Sequence[str]) -> pd.Series[str]:
    """Give for each entry where the same evidence stood before in the same return, ``""`` where it is new.

    ``entries`` needs the columns file, sheet and place; ``plain`` is the evidence in comparable form, ‘’ where it is
    shorter than ``SHORTEST``.
    """
    first: dict[tuple[str, str], int] = {}
    earlier = [
        first.setdefault((file, said), number) if said else number
        for number, (file, said) in enumerate(zip(entries["file"], plain, strict=True))
    ]
    sheets, places = entries["sheet"].tolist(), entries["place"].tolist()
    before = [
        "" if early == number else f"{sheets[early]}, {places[early].cell('evidence')}"
        for number, early in enumerate(earlier)
    ]
    return pd.Series(before, index=entries.index, dtype="str")


RULES = (Rule("same-evidence-twice", Entries, "evidence", stands_once, _words),)
