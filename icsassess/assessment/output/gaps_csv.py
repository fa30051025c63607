"""The gaps and their actions as CSV that a spreadsheet opens without taking anything for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence

from icsassess.assessment.output.as_json import iso
from icsassess.support.text import clean
from icsassess.tables.models import Actions, Gaps
from icsassess.tables.records import Action, Gap
from icsassess.tables.validation import titles

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OF_GAP = ("ref", "rating", "stated", "reasons", "partners", "no_proposal_from", "plan", "covered")
_OF_ACTION = (
    *("id", "proposed_by", "action", "owner", "accountable", "due", "due_typed", "status", "evidenced_by"),
    *("evidenced_on", "update", "taken_up", "why_not", "state", "missing"),
)


def safe(text: str) -> str:
    """Give the text with an apostrophe before it where a spreadsheet would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def actions_as_csv(gaps: Sequence[Gap], actions: Sequence[Action]) -> str:
    """Give each action as a row of CSV beside its gap, gaps without any and actions without a gap, too.

    The titles are those that people see; lists are joined with semicolons, dates are ISO.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    of_gap, of_action = titles(Gaps), titles(Actions)
    writer.writerow([of_gap["id"], *(of_gap[name] for name in _OF_GAP), *(of_action[name] for name in _OF_ACTION)])
    by_gap: dict[str, list[Action | None]] = {}
    for action in actions:
        by_gap.setdefault(action.gap, []).append(action)
    for gap in gaps:
        for of_this in by_gap.get(gap.id, [None]):
            writer.writerow(_row(gap.id, gap, of_this))
    for action in actions:
        if not action.gap:
            writer.writerow(_row("", action, action))
    return out.getvalue()


def _row(gap_id: str, about: Gap | Action, action: Action | None) -> list[str]:
    """Give the cells of a row: what it is about is a gap, or the line of an action that is about none."""
    cells = [gap_id, *(getattr(about, name, "") for name in _OF_GAP)]
    return [safe(_shown(value)) for value in (*cells, *(getattr(action, name, "") for name in _OF_ACTION))]


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(": ".join(part) if isinstance(part, tuple) else part for part in value)
    return iso(value) or "" if isinstance(value, datetime.date) else str(value or "")
