"""A line that has a row is answered, and an answer has a rating: a blank is never green."""

from __future__ import annotations

import pandas as pd

from icsassess.returns.checking.rules.line_is_there import titles_of
from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def is_answered(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """Something is filled in for the line, if there is a row for it."""
    return (lines["rows"] == 0) | (lines["entries"] > 0)


def is_rated(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """Where something is filled in, there is a rating, or one that could not be understood (which is its own point)."""
    return (lines["entries"] == 0) | (lines["rating"] != "") | ~lines["understood"]


RULES = (
    Rule("line-left-blank", ReturnLines, "rag", is_answered, titles_of),
    Rule("rating-left-blank", ReturnLines, "rag", is_rated, titles_of),
)
