"""A line that has a row is answered, and an answer has a rating: a blank is never green."""

from __future__ import annotations

from icsassess.returns.checking.rules.line_is_listed import titles_of
from icsassess.returns.checking.rules.rule import Context, rule
from icsassess.tables.records import ReturnLine


@rule("line-left-blank", ReturnLine, "rag", titles_of, unless_template_lacks="nothing")
def is_answered(line: ReturnLine, context: Context) -> bool:
    """Something is filled in for the line, if there is a row for it: it is asked for, whatever columns there are."""
    return line.rows == 0 or line.entries > 0


@rule("rating-left-blank", ReturnLine, "rag", titles_of)
def is_rated(line: ReturnLine, context: Context) -> bool:
    """Where something is filled in, there is a rating, or one that could not be understood (which is its own point)."""
    return line.entries == 0 or line.rating != "" or not line.understood
