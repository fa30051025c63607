"""What stands under Evidence is evidence: a row that says there is none is pointed out, and not counted."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.returns.matching.evidence_words import says_none
from icsassess.tables.records import Entry


def _words(entry: Entry, context: Context) -> Words:
    return {"found": entry.evidence}


@rule("evidence-says-none", Entry, "evidence", _words)
def is_held(entry: Entry, context: Context) -> bool:
    """Nothing is written there, or something that does not say that there is none."""
    return not says_none(entry.evidence, entry.kept)
