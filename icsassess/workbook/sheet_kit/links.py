"""Where in the workbook the parts of the view stand that sentences and facts lead to."""

from __future__ import annotations

from icsassess.excel.writing.sheet import cell_reference
from icsassess.view.target import Part, Target
from icsassess.workbook.layout import (
    ACTIONS,
    ASSESSMENT,
    CHANGES,
    EVIDENCE,
    GAPS,
    HEADING_ROW,
    HEAT_MAP,
    POINTS,
    RETURNS,
)

_SHEETS = {
    Part.HEAT_MAP: HEAT_MAP,
    Part.LINES: ASSESSMENT,
    Part.GAPS: GAPS,
    Part.ACTIONS: ACTIONS,
    Part.EVIDENCE: EVIDENCE,
    Part.RETURNS: RETURNS,
    Part.POINTS: POINTS,
    Part.CHANGES: CHANGES,
}


def place_of(target: Target) -> str:
    """Give the cell that a target stands in, such as ``'Heat map'!A7``: A1 for a part as a whole."""
    row = 1 if target.row is None else HEADING_ROW + 1 + target.row
    return cell_reference(_SHEETS[target.part], row, 1)
