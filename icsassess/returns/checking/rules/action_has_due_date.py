"""Every action has a due date; one that was typed but is none is a point of its own."""

from __future__ import annotations

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import Entries


def has_due_date(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """An entry without an action, or with something typed as its due date."""
    return (entries["action"] == "") | (entries["due_typed"] != "")


RULES = (Rule("action-without-due-date", Entries, "due", has_due_date),)
