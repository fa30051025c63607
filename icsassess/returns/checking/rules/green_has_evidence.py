"""Green says that evidence is held: a line rated Green with none described is pointed out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.domain import rag
from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import ReturnLines


def has_evidence(lines: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """A line that is not rated Green, or for which evidence is described."""
    return (lines["rating"] != rag.GREEN) | (lines["evidence"] > 0)


def _words(line: Any, context: Context) -> dict[str, Any]:
    return {"definition": context.vocabulary.by_name[rag.GREEN].definition}


RULES = (Rule("green-without-evidence", ReturnLines, "evidence", has_evidence, _words),)
