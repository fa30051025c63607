"""An action's status is one of the permitted words, in one of the spellings that the template knows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule, each
from icsassess.returns.matching.action_status import status_of
from icsassess.support.text import listing
from icsassess.tables.models import TypedEntries


def is_understood(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """Each status is blank or one of the permitted words."""
    return each(entries["action_status"], lambda typed: status_of(typed, context.statuses) is not None)


def _words(entry: Any, context: Context) -> dict[str, Any]:
    return {"found": entry.action_status, "permitted": listing(list(context.statuses), joiner="or")}


RULES = (Rule("status-not-understood", TypedEntries, "action_status", is_understood, _words),)
