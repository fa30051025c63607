"""A return has a row for every line it was asked for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def is_there(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """At least one row stands for the line."""
    return lines["rows"] > 0


def titles_of(line: Any, context: Context) -> dict[str, Any]:
    """Give the line's titles and the permitted ratings, for its message."""
    found = context.framework.line_by_ref[line.ref]
    return {
        "statement": found.statement.title,
        "category": found.category.title,
        "permitted": context.vocabulary.permitted,
    }


RULES = (Rule("line-missing", ReturnLines, "ref", is_there, titles_of),)
