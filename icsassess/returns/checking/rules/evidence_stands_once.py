"""The same words of evidence stand once in a return: a second time is often a slip of copy and paste."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import Entry


def _words(entry: Entry, context: Context) -> Words:
    return {"found": entry.evidence, "other": entry.same_as}


@rule("same-evidence-twice", Entry, "evidence", _words)
def stands_once(entry: Entry, context: Context) -> bool:
    """The evidence is short, or its words have not stood in an earlier entry of the same return."""
    return not entry.same_as
