"""Evidence that reads almost like another partner's, or like that of another line, is pointed out and never merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.returns.similarity.near_duplicates import like_earlier
from icsassess.tables.models import Entries
from icsassess.tables.rows import each_row


def stands_alone(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No entry before it reads almost the same."""
    return entries["like"] == ""


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.evidence, "other": entry.like, "alike": entry.alike}


def almost_said_before(entries: pd.DataFrame, plain: Sequence[str]) -> dict[str, pd.Series[Any]]:
    """Give for each entry where evidence almost the same stood before (``like``, ‘’ for nowhere), and how ``alike``.

    ``entries`` needs the columns partner, file, sheet, ref and place; ``plain`` is the evidence in comparable form;
    ``alike`` is in per cent.
    """
    found = like_earlier(plain, list(zip(entries["partner"].tolist(), entries["file"].tolist(), strict=True)))
    like, alike = [""] * len(entries), [0] * len(entries)
    earlier = entries[["partner", "sheet", "ref", "place"]].iloc[[number for number, _ in found.values()]]
    for (place, (_, per_cent)), row in zip(found.items(), each_row(earlier), strict=True):
        line = f" for {row.ref}" if row.ref else ""
        like[place] = f"the evidence of {row.partner}{line} ({row.sheet}, {row.place.cell('evidence')})"
        alike[place] = per_cent
    return {
        "like": pd.Series(like, index=entries.index, dtype="str"),
        "alike": pd.Series(alike, index=entries.index, dtype="int64"),
    }


RULES = (Rule("likely-the-same-evidence", Entries, "evidence", stands_alone, _words),)
