"""A workbook of version 1: one sheet ‘Gaps and actions’, a row a gap with one action, and rows of the group's own."""

from __future__ import annotations

from icsassess.excel.cells.model import Workbook
from icsassess.support.text import fold
from icsassess.tables import titles

TITLE = titles.GAPS_AND_ACTIONS
FIELDS = {name: title for name, title in titles.ACTION_TITLES.items() if name not in ("taken_up", "why_not")}
"""The columns that the group typed in, by field."""
STATED, PROPOSED = "What partners say is missing", "What partners propose"
TITLES = (
    titles.GAP,
    titles.REF,
    titles.STATEMENT,
    titles.CATEGORY,
    titles.RATING,
    titles.PLAN,
    titles.WHY_A_GAP,
    titles.PARTNERS,
    *FIELDS.values(),
    STATED,
    PROPOSED,
)


def is_version_1(workbook: Workbook) -> bool:
    """Tell whether a workbook has the one sheet of version 1 and not that of actions."""
    folded = {fold(sheet.title) for sheet in workbook.sheets}
    return fold(TITLE) in folded and fold(titles.ACTIONS) not in folded
