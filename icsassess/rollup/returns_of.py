"""How many partners of a locality have returned, of how many that were expected: as its sheet Returns says."""

from typing import NamedTuple

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, REFUSED
from icsassess.excel.cells.model import Workbook
from icsassess.tables.titles import RETURN_NAME, RETURN_PARTNER, RETURN_STATE
from icsassess.workbook.layout import RETURNS
from icsassess.workbook.read_back.table import find_table


class ReturnsSummary(NamedTuple):
    """How many partners have returned, of how many, and who has not; None where the workbook does not say."""

    received: int | None = None
    expected: int | None = None
    missing: tuple[str, ...] = ()


NOT_TOLD = ReturnsSummary()
"""What a workbook without that sheet says."""


def returns_of(workbook: Workbook) -> ReturnsSummary:
    """Count partners, not files: a superseded file is no further return, and a partner may send several."""
    grid = find_table(workbook.sheets, RETURNS, (RETURN_PARTNER, RETURN_NAME, RETURN_STATE), RETURN_PARTNER)
    if grid is None:
        return NOT_TOLD
    rows = [(row.text(RETURN_PARTNER), row.text(RETURN_STATE)) for row in grid.rows if row.text(RETURN_PARTNER)]
    expected = {partner for partner, state in rows if state in (RECEIVED, OUTSTANDING, REFUSED)}
    received = {partner for partner, state in rows if state == RECEIVED}
    names = {row.text(RETURN_PARTNER): row.text(RETURN_NAME) for row in grid.rows}
    missing = [partner for partner, _ in rows if partner in expected - received]
    return ReturnsSummary(
        len(received), len(expected), tuple(dict.fromkeys(names[partner] or partner for partner in missing))
    )
