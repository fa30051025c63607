"""Green ratings of single partners that rest on evidence that is old, undated, or not said to be kept anywhere."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import NamedTuple

from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.support.text import count, listing
from icsassess.tables.records import Entry


class WeakGreen(NamedTuple):
    """A partner's Green of a line, and what its evidence lacks, in words."""

    ref: str
    partner: str
    lacks: tuple[str, ...]


def weak_greens(merged: Merged, on: datetime.date) -> list[WeakGreen]:
    """Give them in the order of lines and partners; a Green without any evidence is not among them, but a gap."""
    months = merged.locality.settings.rules.evidence_max_age_months
    oldest = oldest_allowed(on, months)
    evidence: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in merged.entries:
        if entry.evidence:
            evidence[entry.ref, entry.partner].append(entry)
    weak = []
    for row in merged.partner_lines:
        entries = evidence.get((row.ref, row.partner), [])
        if row.rating != rag.GREEN or not entries:
            continue
        days = [entry.evidence_date for entry in entries if entry.evidence_date is not None]
        lacks = [f"nothing newer than {count(months, 'month')}"] if days and max(days) < oldest else []
        lacks += [] if days else ["no date"]
        lacks += [] if any(entry.kept for entry in entries) else ["no place"]
        if lacks:
            weak.append(WeakGreen(row.ref, row.partner, tuple(lacks)))
    return weak


def in_words(green: WeakGreen, merged: Merged) -> str:
    """Give line, partner and what lacks, such as ‘Safe systems: processes (I1-PRO), Northern Practice: no date’."""
    line = merged.locality.framework.line_by_ref[green.ref]
    names = merged.locality.name_by_code
    return f"{line.with_ref}, {names.get(green.partner, green.partner)}: {listing(list(green.lacks))}"
