"""The fields of a return's row, by the names that templates, entries and rules know them by."""

TYPED_FIELDS = ("evidence", "kept", "evidence_date", "rag", "reason", "gap", "action", "owner", "due", "action_status")
"""What a partner types into, in the order of a return's columns."""
LABEL_FIELDS = ("ref", "statement", "category")
"""What says which line a row stands for."""
DATE_TITLES = {"evidence_date": "Evidence date", "due": "Due date"}
"""The fields that hold dates, with the title that people see."""
