"""All sheets of the locality workbook, in the order in which a reader needs them: a further one is a line here."""

from __future__ import annotations

from icsassess.workbook.sheet_kit.sheet import Sheet
from icsassess.workbook.sheets import (
    actions,
    assessment,
    changes,
    displaced,
    evidence,
    gaps,
    heat_map,
    key,
    points,
    returns,
    scores,
    sign_off,
    summary,
    week_by_week,
)

SHEETS: tuple[Sheet, ...] = (
    summary.SHEET,
    heat_map.SHEET,
    assessment.SHEET,
    gaps.SHEET,
    actions.SHEET,
    scores.SHEET,
    evidence.SHEET,
    returns.SHEET,
    points.SHEET,
    changes.SHEET,
    week_by_week.SHEET,
    sign_off.SHEET,
    key.SHEET,
    displaced.SHEET,
)


def program_titles() -> tuple[str, ...]:
    """Give the titles of the program's sheets: every other sheet of a workbook is the group's own."""
    return tuple(sheet.title for sheet in SHEETS)


def long_titles() -> tuple[str, ...]:
    """Give the titles of the registers that repeat the returns: they need not be read back."""
    return tuple(sheet.title for sheet in SHEETS if sheet.long)
