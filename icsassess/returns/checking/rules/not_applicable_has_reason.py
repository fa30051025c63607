"""Not applicable comes with its reason: only then does a line leave a denominator."""

from __future__ import annotations

import pandas as pd

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def has_reason(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """A line that is not rated Not applicable, or with a reason."""
    return (lines["rating"] != rag.NOT_APPLICABLE) | lines["has_reason"]


RULES = (Rule("not-applicable-without-reason", ReturnLines, "rag", has_reason),)
