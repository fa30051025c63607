"""A line that a partner was not asked for is used all the same, and said."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import ReturnLine


def _words(line: ReturnLine, context: Context) -> Words:
    return {"statements": "those of the partner in locality.toml"}


@rule("line-not-asked", ReturnLine, "ref", _words)
def was_asked_for(line: ReturnLine, context: Context) -> bool:
    """The line is of a statement that the partner is asked for."""
    return line.asked
