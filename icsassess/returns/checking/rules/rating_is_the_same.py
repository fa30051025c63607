"""All rows of a line carry one rating; where they differ the worst counts, and it is said."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule, each
from icsassess.support.text import listing
from icsassess.tables.models import ReturnLines


def is_the_same(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """The rows of a line do not carry different ratings."""
    return each(lines["ratings"], lambda ratings: len(ratings) < 2)


def _words(line: Any, context: Context) -> dict[str, Any]:
    return {"found": listing(list(line.ratings)), "rating": line.rating}


RULES = (Rule("ratings-differ", ReturnLines, "rag", is_the_same, _words),)
