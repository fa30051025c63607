"""A line that a partner was not asked for is used all the same, and said."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def was_asked_for(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The line is of a statement that the partner is asked for."""
    return lines["asked"]


def _words(line: Any, context: Context) -> dict[str, Any]:
    return {"statements": "those of the partner in locality.toml"}


RULES = (Rule("line-not-asked", ReturnLines, "ref", was_asked_for, _words),)
