"""Whom to ring today, in three lines: who has not answered, and whose return cannot be used as it is."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.support.text import count, listing

_NAMED = 6


def calls(merged: Merged) -> Iterator[str]:
    """Give at most three sentences, the most urgent first; none where everybody has answered and all can be used."""
    refused = [row for row in merged.returns if row.state == REFUSED]
    if refused:
        named = listing([row.name or row.file for row in refused], most=_NAMED)
        yield f"Ring first: {named}. What came cannot be used as it is; the list below says which file."
    outstanding = [row.name for row in merged.returns if row.state == OUTSTANDING and row.name]
    if outstanding:
        days = merged.days_to_deadline
        left = f"{count(days, 'day is', 'days are')} left" if days >= 0 else "the deadline has passed"
        yield f"No return yet from {listing(outstanding, most=_NAMED)}; {left}."
    blocked = [row for row in merged.returns if row.state == RECEIVED and row.blockers]
    if blocked:
        named = listing([f"{row.name} ({row.blockers})" for row in blocked], most=_NAMED)
        yield f"Answers that cannot be used until they are put right: {named}."
