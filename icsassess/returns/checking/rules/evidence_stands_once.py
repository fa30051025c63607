"""The same words of evidence stand once in a return: a second time is often a slip of copy and paste."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import Entries

# Shorter answers (‘See above’, ‘Annual report’) are rightly repeated.
SHORTEST = 40


def stands_once(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The evidence is short, or its words have not stood in an earlier entry of the same return."""
    return entries["same_as"] == ""


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.evidence, "other": entry.same_as}


def said_before(entries: pd.DataFrame, plain: Sequence[str]) -> pd.Series[str]:
    """Give for each entry where the same evidence stood before in the same return, ``""`` where it is new.

    ``entries`` needs the columns file, sheet and place, those of a file one after the other; ``plain`` is the evidence
    in comparable form, ‘’ where it is shorter than ``SHORTEST``.
    """
    earlier: list[int] = []
    for _, numbered in groupby(enumerate(zip(entries["file"].tolist(), plain, strict=True)), key=lambda one: one[1][0]):
        first: dict[str, int] = {}
        earlier += [first.setdefault(said, number) if said else number for number, (_, said) in numbered]
    sheets, places = entries["sheet"].tolist(), entries["place"].tolist()
    before = [
        "" if early == number else f"{sheets[early]}, {places[early].cell('evidence')}"
        for number, early in enumerate(earlier)
    ]
    return pd.Series(before, index=entries.index, dtype="str")


RULES = (Rule("same-evidence-twice", Entries, "evidence", stands_once, _words),)
