"""Every action has a due date; one that was typed but is none is a point of its own."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, rule
from icsassess.tables.records import Entry


@rule("action-without-due-date", Entry, "due")
def has_due_date(entry: Entry, context: Context) -> bool:
    """An entry without an action, or with something typed as its due date."""
    return not entry.action or bool(entry.due_typed)
