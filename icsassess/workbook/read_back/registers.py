"""The tables that people type into, and which of their rows and columns are the program's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icsassess.tables import titles
from icsassess.workbook.layout import (
    ACTIONS,
    ACTIONS_TITLES,
    ASSESSMENT,
    ASSESSMENT_DECISIONS,
    ASSESSMENT_LABELS,
    GAPS,
    GAPS_TITLES,
)
from icsassess.workbook.read_back import version_1


class RegisterKind(NamedTuple):
    """A table that people type into.

    ``columns`` are all of the program's titles, ``fields`` those to type in by field, ``calculated`` those with
    formulas, ``key`` tells its rows apart. ``has_own_rows``: whether people add rows of their own.
    """

    title: str
    columns: tuple[str, ...]
    key: str
    fields: Mapping[str, str]
    calculated: tuple[str, ...]
    has_own_rows: bool = False


def assessment(partner_columns: Sequence[str]) -> RegisterKind:
    """Give the table of lines, with the headings of its partners' columns."""
    columns = (*ASSESSMENT_LABELS, *partner_columns, *ASSESSMENT_DECISIONS)
    return RegisterKind(ASSESSMENT, columns, titles.REF, titles.AGREED_TITLES, (titles.RATING,))


GAPS_KIND = RegisterKind(
    GAPS,
    GAPS_TITLES,
    titles.GAP,
    titles.GAP_TITLES,
    (titles.RATING, titles.ACTIONS_OF_GAP, titles.LATE, titles.PLAN),
)
ACTIONS_KIND = RegisterKind(
    ACTIONS,
    ACTIONS_TITLES,
    titles.ACTION_ID,
    titles.ACTION_TITLES,
    (titles.GAP, titles.RATING, titles.ACTION_STATE),
    has_own_rows=True,
)
VERSION_1_KIND = RegisterKind(
    version_1.TITLE,
    version_1.TITLES,
    titles.GAP,
    version_1.FIELDS,
    (titles.RATING, titles.PLAN),
    has_own_rows=True,
)
