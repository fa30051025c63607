"""What a cell shows, as text."""

from __future__ import annotations

import datetime

from icsassess.excel.cells.model import Cell


def as_text(cell: Cell) -> str:
    """Give what a cell shows as text: dates as ISO, numbers without a needless fraction."""
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.time()
            else value.isoformat(sep=" ", timespec="minutes")
        )
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"  # as many digits as Excel keeps: 0.3 and not 0.30000000000000004
    return "" if value is None else str(value)
