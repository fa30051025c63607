"""The sheet Key: what every word in the workbook means, where the framework comes from, which rules are in force."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column, SheetWriter
from icsassess.view import meanings
from icsassess.view.assessment_view import View
from icsassess.view.meanings import Meaning
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import HEADING_ROW, KEY, SCORES
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

_COLUMNS = (Column("Subject", 26), Column("Word", 44, styles.CELL_BOLD), Column("Meaning", 96))
# The rows that explain ratings, and the ways of having none, stand first and are coloured.
_RATING_ROWS = 8


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write a row for each word."""
    sheet = begin(workbook, SHEET)
    RegisterTable(SHEET.table_name, _COLUMNS, list(_rows(workbook, view)), frozen=2).write_to(sheet)
    sheet.colour_words(HEADING_ROW + 1, 2, HEADING_ROW + _RATING_ROWS, 2, fills())
    return sheet


def _rows(workbook: LocalityWorkbook, view: View) -> Iterator[Meaning]:
    """Give the words with their meanings, and the sheets with theirs: the Key itself last of these.

    The sheet of scores stands with what is said of scores, and only where the settings ask for them.
    """
    of_sheet = {sheet.title: Meaning("Sheet", sheet.title, sheet.meaning) for sheet in workbook.sheets if sheet.meaning}
    key, scores_sheet = of_sheet.pop(KEY), of_sheet.pop(SCORES)
    yield from (*meanings.words(), *of_sheet.values(), key)
    yield from meanings.rules(view)
    scores = list(meanings.scores(view))
    yield from (*scores[:1], *([scores_sheet] if scores else []), *scores[1:])
    yield from (*meanings.handling(view), *meanings.partners(view), *meanings.framework(view))


SHEET = Sheet(
    title=KEY,
    table_name="KeyToWords",
    about=(
        "One table follows: what the words in this workbook mean, where the framework comes from, and the rules in "
        "force."
    ),
    meaning="This sheet.",
    write=write,
)
