"""Evidence exists before it is reported: its date is not after the day the return was completed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.returns.matching.dates import read_date
from icsassess.tables.models import Entries


def precedes(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The first day of the evidence's date lies on or before the day of completion, where both are known."""
    known = {typed: read_date(typed).first for typed in entries["evidence_date_typed"].unique()}
    usable = {typed: day if read_date(typed).usable else None for typed, day in known.items()}
    first = pd.to_datetime(entries["evidence_date_typed"].map(usable))
    return ~(first > entries["completed_on"])


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": f"{entry.evidence_date:%d/%m/%Y}", "completed": f"{entry.completed_on:%d/%m/%Y}"}


RULES = (Rule("evidence-date-after-return", Entries, "evidence_date", precedes, _words),)
