"""Red and Amber say what is missing or what will be done."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import ReturnLine


def _words(line: ReturnLine, context: Context) -> Words:
    return {"rating": line.rating}


@rule("gap-not-described", ReturnLine, "gap", _words)
def has_gap_or_action(line: ReturnLine, context: Context) -> bool:
    """A line that is neither Red nor Amber, or for which a gap or an action is given."""
    return line.rating not in (rag.RED, rag.AMBER) or line.states_gap or line.has_action
