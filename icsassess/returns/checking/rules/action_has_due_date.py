"""Every action has a due date, and one that is near enough to be meant; what is no date is a point of its own."""

from __future__ import annotations

import datetime

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import Entry


@rule("action-without-due-date", Entry, "due")
def has_due_date(entry: Entry, context: Context) -> bool:
    """An entry without an action, or with something typed as its due date."""
    return not entry.action or bool(entry.due_typed)


_LONGEST_AGO = datetime.timedelta(days=2 * 366)
_FURTHEST_AHEAD = datetime.timedelta(days=6 * 366)
_DELIVERED = "Delivered"


def _words(entry: Entry, context: Context) -> Words:
    return {"found": f"{entry.due:%d/%m/%Y}" if entry.due else ""}


@rule("due-date-far-away", Entry, "due", _words)
def is_near(entry: Entry, context: Context) -> bool:
    """An open action is due within some years of the return: further away it is a slip in the year."""
    if entry.due is None or entry.status == _DELIVERED:
        return True
    day = entry.completed_on or context.as_at
    return day - _LONGEST_AGO <= entry.due <= day + _FURTHEST_AHEAD
