"""The fields of a return's row, by the names that templates, entries and rules know them by."""

from typing import Literal, get_args

LabelField = Literal["ref", "statement", "category"]
TypedField = Literal[
    "evidence", "kept", "evidence_date", "rag", "reason", "gap", "action", "owner", "due", "action_status"
]
TYPED_FIELDS: tuple[str, ...] = get_args(TypedField)
"""What a partner types into, in the order of a return's columns."""
LABEL_FIELDS: tuple[str, ...] = get_args(LabelField)
"""What says which line a row stands for."""
DATE_TITLES = {"evidence_date": "Evidence date", "due": "Due date"}
"""The fields that hold dates, with the title that people see."""
