"""Every action has a role that will do it."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, rule
from icsassess.tables.records import Entry


@rule("action-without-owner", Entry, "owner")
def has_owner(entry: Entry, context: Context) -> bool:
    """An entry without an action, or whose action has an owner."""
    return not entry.action or bool(entry.owner)
