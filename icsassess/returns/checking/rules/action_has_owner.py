"""Every action has a role that will do it."""

from __future__ import annotations

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule
from icsassess.tables.models import Entries


def has_owner(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """An entry without an action, or whose action has an owner."""
    return (entries["action"] == "") | (entries["owner"] != "")


RULES = (Rule("action-without-owner", Entries, "owner", has_owner),)
