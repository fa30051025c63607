"""What stands under Evidence is evidence: a row that says there is none, or only where some is, is pointed out."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.returns.matching.evidence_words import is_elsewhere, says_none
from icsassess.returns.matching.line_titles import refers_to_a_line
from icsassess.tables.records import Entry


def _words(entry: Entry, context: Context) -> Words:
    return {"found": entry.evidence}


@rule("evidence-says-none", Entry, "evidence", _words)
def is_held(entry: Entry, context: Context) -> bool:
    """Nothing is written there, or something that does not say that there is none."""
    return not says_none(entry.evidence, entry.kept)


@rule("evidence-elsewhere", Entry, "evidence", _words)
def is_here(entry: Entry, context: Context) -> bool:
    """Nothing is written there, or more than a word for another place of the return: ‘as above’, ‘see Q1-STF’."""
    text = entry.evidence
    return not text or not (is_elsewhere(text) or refers_to_a_line(context.framework, text))
