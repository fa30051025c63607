"""The pandera models of every table that flows: each column's type, meaning, checks, and the title people see.

The workbook's headings, the documentation of the columns and the checks come from here, once. Text columns are never
null: what was left empty is ``""``. Dates are ``datetime64`` and null where there is none. The rows themselves are the
records of ``tables.records``; ``tables.validation`` checks these by the models where they cross a border: the returns'
rows as typed, as understood and by line when returns are checked, and all that a merge gives.
"""

from __future__ import annotations

from icsassess.tables.models.merge import Actions, Gaps, Lines, PartnerLines, Points, Returns
from icsassess.tables.models.returns import Entries, ReturnLines, TypedEntries
from icsassess.tables.models.table import Table

__all__ = [
    "Actions",
    "Entries",
    "Gaps",
    "Lines",
    "PartnerLines",
    "Points",
    "ReturnLines",
    "Returns",
    "Table",
    "TypedEntries",
]
