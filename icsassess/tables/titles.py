"""The titles of tables and columns that several modules name: those of columns are taken from the models."""

from __future__ import annotations

from icsassess.tables.models import Actions, Entries, Gaps, Lines, Returns
from icsassess.tables.validation import titles

_LINES, _GAPS, _ACTIONS, _ENTRIES = titles(Lines), titles(Gaps), titles(Actions), titles(Entries)

ASSESSMENT = "Assessment"
"""The table of lines, as people see it."""
GAPS = "Gaps"
"""The table of gaps, as people see it."""
ACTIONS = "Actions"
"""The table of actions, as people see it."""
GAPS_AND_ACTIONS = "Gaps and actions"
"""The table of gaps with one action each, in workbooks of version 1."""
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
NO_PROPOSAL_FROM = _GAPS["no_proposal_from"]
ACTIONS_OF_GAP = _GAPS["actions"]
LATE = _GAPS["late"]
PLAN = _GAPS["plan"]
COVERED = _GAPS["covered"]

ACTION_ID = _ACTIONS["id"]
PROPOSED_BY = _ACTIONS["proposed_by"]
ACTION = _ACTIONS["action"]
OWNER = _ACTIONS["owner"]
ACCOUNTABLE = _ACTIONS["accountable"]
DUE_DATE = _ACTIONS["due"]
DELIVERY_STATUS = _ACTIONS["status"]
EVIDENCED_BY = _ACTIONS["evidenced_by"]
DATE_EVIDENCED = _ACTIONS["evidenced_on"]
UPDATE = _ACTIONS["update"]
TAKEN_UP = _ACTIONS["taken_up"]
WHY_NOT = _ACTIONS["why_not"]
ACTION_STATE = _ACTIONS["state"]

RETURN_PARTNER, RETURN_NAME, RETURN_STATE, ORGANISATION = (
    titles(Returns)[name] for name in ("partner", "name", "state", "organisation")
)

ENTRY_RAG = _ENTRIES["rating"]
ENTRY_STATUS = _ENTRIES["status"]

AGREED_TITLES = {name: _LINES[name] for name in ("agreed", "agreed_reason", "agreed_on")}
"""The columns of lines that the group types in, by field."""
ACTION_FIELDS = (
    "action",
    "owner",
    "accountable",
    "due",
    "status",
    "evidenced_by",
    "evidenced_on",
    "update",
    "taken_up",
    "why_not",
)
"""The fields of an action that the group types in, in the order of their columns."""
ACTION_TITLES = {name: _ACTIONS[name] for name in ACTION_FIELDS}
"""Their titles, by field."""
ACTION_SOURCE = tuple(_ACTIONS[name] for name in ("file", "sheet", "row"))
"""Titles of where an action stands in its partner's return."""
GAP_TITLES = {"covered": COVERED}
"""The columns of gaps that the group types in, by field."""
