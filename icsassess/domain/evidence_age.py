"""How old evidence may be."""

from __future__ import annotations

import datetime


def oldest_allowed(as_at: datetime.date, months: int) -> datetime.date:
    """Give the day before which evidence is older than so many months."""
    year, month = divmod(as_at.year * 12 + as_at.month - 1 - months, 12)
    last = (datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(as_at.day, last))
