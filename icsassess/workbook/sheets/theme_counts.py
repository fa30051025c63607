"""The Summary's table: how many lines of each theme have which rating, counted live over the Assessment."""

from __future__ import annotations

from icsassess.domain import rag
from icsassess.excel.writing.sheet import Formula, Value
from icsassess.tables import titles
from icsassess.view.tallies import COUNTED, LINES, TITLES, ThemeTally, theme_tallies
from icsassess.workbook.layout import TablePlace
from icsassess.workbook.sheet_kit import formulas
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook


def theme_rows(workbook: LocalityWorkbook, heading_row: int) -> list[list[Value]]:
    """Give a row for each theme and one for all of them; the first stands below ``heading_row``."""
    lines = workbook.assessment
    return [
        [_label(tally, lines), *_counts(tally, lines, row)]
        for row, tally in enumerate(theme_tallies(workbook.view), heading_row + 1)
    ]


def _label(tally: ThemeTally, lines: TablePlace) -> Value:
    """Give the theme with a link to its first line."""
    if tally.first_line is None:
        return tally.title
    return formulas.link(lines.cell(lines.first_row + tally.first_line, titles.REF), tally.title)


def _counts(tally: ThemeTally, lines: TablePlace, row: int) -> list[Value]:
    """Give the counts of one row, each as a formula over the Assessment or over the cells before it."""
    theme = "" if tally.first_line is None else f"$A{row}"
    themes = lines.range(titles.THEME)
    column = {title: f"{chr(ord('A') + number)}{row}" for number, title in enumerate(TITLES)}
    in_theme = f"({themes}={theme})*" if theme else ""
    texts = [
        f"=COUNTIF({themes},{theme})" if theme else f"=COUNTA({lines.range(titles.REF)})",
        *(f"=SUMPRODUCT({in_theme}{formulas.counted_lines(lines, word)})" for word in COUNTED),
        f"={column[LINES]}-SUM({column[COUNTED[0]]}:{column[COUNTED[-1]]})",
        f"=SUM({column[rag.RED]}:{column[rag.GREEN]})",
        f"={column[LINES]}-{column[rag.NOT_APPLICABLE]}",
        f"=SUMPRODUCT({in_theme}{formulas.split_lines(lines)})",
    ]
    return [Formula(text, number) for text, number in zip(texts, tally.numbers, strict=True)]
