"""An action's status is one of the permitted words, in one of the spellings that the template knows."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.support.text import listing
from icsassess.tables.records import TypedEntry


def _words(entry: TypedEntry, context: Context) -> Words:
    return {"found": entry.action_status, "permitted": listing(list(context.statuses), joiner="or")}


@rule("status-not-understood", TypedEntry, "action_status", _words, decided_by=("action_status",))
def is_understood(entry: TypedEntry, context: Context) -> bool:
    """Each status is blank or one of the permitted words."""
    return context.status[entry.action_status] is not None
