"""The titles of tables and columns that several modules name: those of columns are taken from the models."""

from __future__ import annotations

from icsassess.tables.models import Entries, Gaps, Lines
from icsassess.tables.validation import titles

_LINES, _GAPS, _ENTRIES = titles(Lines), titles(Gaps), titles(Entries)

ASSESSMENT = "Assessment"
"""The table of lines, as people see it."""
GAPS_AND_ACTIONS = "Gaps and actions"
"""The table of gaps, as people see it."""
DISPLACED = "Kept from before"
"""The table of what the group typed that has lost its place."""

REF = _LINES["ref"]
THEME = _LINES["theme"]
STATEMENT = _LINES["statement"]
CATEGORY = _LINES["category"]
SUGGESTED_RAG = _LINES["suggested"]
AGREED_RAG = _LINES["agreed"]
AGREED_REASON = _LINES["agreed_reason"]
AGREED_ON = _LINES["agreed_on"]
RATING = _LINES["rating"]
AGREEMENT = _LINES["agreement"]
EVIDENCE = _LINES["evidence"]
CHANGED_SINCE_AGREED = _LINES["changed_since_agreed"]

GAP = _GAPS["id"]
WHY_A_GAP = _GAPS["reasons"]
PARTNERS = _GAPS["partners"]
STATED = _GAPS["stated"]
PROPOSED = _GAPS["proposed"]
ACTION = _GAPS["action"]
OWNER = _GAPS["owner"]
ACCOUNTABLE = _GAPS["accountable"]
DUE_DATE = _GAPS["due"]
DELIVERY_STATUS = _GAPS["status"]
EVIDENCED_BY = _GAPS["evidenced_by"]
DATE_EVIDENCED = _GAPS["evidenced_on"]
UPDATE = _GAPS["update"]
PLAN = _GAPS["plan"]

ENTRY_RAG = _ENTRIES["rating"]
ENTRY_STATUS = _ENTRIES["status"]

AGREED_TITLES = {name: _LINES[name] for name in ("agreed", "agreed_reason", "agreed_on")}
"""The columns of lines that the group types in, by field."""
ACTION_TITLES = {
    name: _GAPS[name]
    for name in ("action", "owner", "accountable", "due", "status", "evidenced_by", "evidenced_on", "update")
}
"""The columns of gaps that the group types in, by field."""
