"""Green is current and kept where the partner says: evidence that is old, undated or without a place shows neither."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import ReturnLine


def _is_green_on_evidence(line: ReturnLine) -> bool:
    return line.rating == rag.GREEN and line.evidence > 0


def _words(line: ReturnLine, context: Context) -> Words:
    newest = line.newest_evidence
    return {
        "definition": context.vocabulary.by_name[rag.GREEN].definition,
        "oldest": f"{context.oldest_evidence:%d/%m/%Y}",
        "found": f"{newest:%d/%m/%Y}" if newest else "",
    }


@rule("green-on-old-evidence", ReturnLine, "rag", _words, unless_template_lacks="evidence_date")
def is_current(line: ReturnLine, context: Context) -> bool:
    """Of a Green line the newest evidence that is dated is not older than the locality's rules allow."""
    newest = line.newest_evidence
    return not _is_green_on_evidence(line) or newest is None or newest >= context.oldest_evidence


@rule("green-on-undated-evidence", ReturnLine, "rag", _words, unless_template_lacks="evidence_date")
def is_dated(line: ReturnLine, context: Context) -> bool:
    """Of a Green line some evidence is dated."""
    return not _is_green_on_evidence(line) or line.newest_evidence is not None


@rule("green-on-unplaced-evidence", ReturnLine, "rag", _words, unless_template_lacks="kept")
def is_placed(line: ReturnLine, context: Context) -> bool:
    """Of a Green line it is said of some evidence where it is kept."""
    return not _is_green_on_evidence(line) or line.placed
