"""Green says that evidence is held: a line rated Green with none described is pointed out."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import ReturnLine


def _words(line: ReturnLine, context: Context) -> Words:
    return {"definition": context.vocabulary.by_name[rag.GREEN].definition}


@rule("green-without-evidence", ReturnLine, "evidence", _words)
def has_evidence(line: ReturnLine, context: Context) -> bool:
    """A line that is not rated Green, or for which evidence is described."""
    return line.rating != rag.GREEN or line.evidence > 0
