"""Red and Amber say what is missing or what will be done."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def has_gap_or_action(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """A line that is neither Red nor Amber, or for which a gap or an action is given."""
    return ~lines["rating"].isin([rag.RED, rag.AMBER]) | lines["states_gap"] | lines["has_action"]


def _words(line: Any, context: Context) -> dict[str, Any]:
    return {"rating": line.rating}


RULES = (Rule("gap-not-described", ReturnLines, "gap", has_gap_or_action, _words),)
