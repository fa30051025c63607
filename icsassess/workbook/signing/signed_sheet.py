"""What the sheet Sign-off of a workbook says of its signing, read from the workbook's content."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any

from icsassess.excel.cells.addresses import parse_address
from icsassess.workbook.layout import SIGN_OFF
from icsassess.workbook.sheets.sign_off import PARTICULARS_CELL
from icsassess.workbook.signing.content import Content, shown

_MOMENT = "%d %B %Y at %H:%M (UTC%z)"


def _cells(whole: Content) -> dict[str, Any]:
    cells: dict[str, Any] = next((s["cells"] for s in whole["sheets"] if s["title"] == SIGN_OFF), {})
    return cells


def text_on_sheet(whole: Content, place: str) -> str:
    """Give the text of a cell of the sheet, ``""`` where there is none."""
    return shown(_cells(whole).get(place)) or ""


def texts_on_sheet(whole: Content) -> dict[tuple[int, int], str]:
    """Give the texts of all its cells, by row and column."""
    return {parse_address(place): shown(value) or "" for place, value in _cells(whole).items()}


def signatory_on_sheet(whole: Content) -> dict[str, Any]:
    """Give who signed as the sheet says it, for workbooks without a manifest; a time that can be read as ISO 8601."""
    row = int(PARTICULARS_CELL[1:])
    by, role, at = (text_on_sheet(whole, f"B{row - back}") or None for back in (4, 3, 2))
    with suppress(ValueError):
        at = datetime.datetime.strptime(at or "", _MOMENT).isoformat()
    return {"by": by, "role": role, "at": at}
