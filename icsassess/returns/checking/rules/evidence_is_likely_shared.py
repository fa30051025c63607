"""Evidence that reads almost like another partner's, or like that of another line, is pointed out and never merged."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import Entry


def _words(entry: Entry, context: Context) -> Words:
    return {"found": entry.evidence, "other": entry.like, "alike": entry.alike}


@rule("likely-the-same-evidence", Entry, "evidence", _words)
def stands_alone(entry: Entry, context: Context) -> bool:
    """No entry before it reads almost the same."""
    return not entry.like
