"""Not applicable comes with its reason: only then does a line leave a denominator."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, rule
from icsassess.tables.records import ReturnLine


@rule("not-applicable-without-reason", ReturnLine, "rag")
def has_reason(line: ReturnLine, context: Context) -> bool:
    """A line that is not rated Not applicable, or with a reason."""
    return line.rating != rag.NOT_APPLICABLE or line.has_reason
