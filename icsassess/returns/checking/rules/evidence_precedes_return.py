"""Evidence exists before it is reported: its date is not after the day the return was completed."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import Entry


def _words(entry: Entry, context: Context) -> Words:
    return {"found": f"{entry.evidence_date:%d/%m/%Y}", "completed": f"{entry.completed_on:%d/%m/%Y}"}


@rule("evidence-date-after-return", Entry, "evidence_date", _words)
def precedes(entry: Entry, context: Context) -> bool:
    """The first day of the evidence's date lies on or before the day of completion, where both are known."""
    if entry.completed_on is None or entry.evidence_date is None:
        return True
    first = context.date[entry.evidence_date_typed].first
    return first is None or first <= entry.completed_on
