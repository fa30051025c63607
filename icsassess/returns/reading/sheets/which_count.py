"""Which sheets count: not another partner's, nor an older or a hidden one where another holds the same lines."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping

from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Sheet
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.matching.heading_times import is_older_sheet, newest
from icsassess.returns.reading.file.signs import named_in
from icsassess.returns.reading.sheets.lines_named import lines_named, shares_lines
from icsassess.returns.reading.tables.table import LocatedTable

Tables = Mapping[str, list[LocatedTable]]


def sheets_that_count(
    sheets: tuple[Sheet, ...], tables: Tables, partner: Partner | None, locality: Locality, day: datetime.date
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Give the sheets that do not count, each with the reason why in words, and pairs that nothing tells apart.

    ``day`` is that on which the return was completed.
    """
    of_title = {sheet.title: sheet for sheet in sheets if tables[sheet.title]}
    if len(of_title) < 2:
        return {}, []
    left_out = _of_others(of_title, partner, locality)
    lines = {title: lines_named(tables[title], locality.framework) for title in of_title if title not in left_out}
    alike: list[tuple[str, str]] = []
    for one, other in itertools.combinations(lines, 2):
        if one in left_out or other in left_out or not shares_lines(lines[one], lines[other]):
            continue
        worse, why = _older(of_title[one], of_title[other], tables, day)
        if worse:
            left_out[worse] = f"{why}, and ‘{other if worse == one else one}’ holds the same lines"
        else:
            alike.append((one, other))
    return left_out, [pair for pair in alike if not set(pair) & set(left_out)]


def points_on_sheets(left_out: Mapping[str, str]) -> list[Problem]:
    """Give the points of the sheets that do not count."""
    return [make_problem("sheet-of-another", sheet=title, why=why) for title, why in left_out.items()]


def _of_others(of_title: Mapping[str, Sheet], partner: Partner | None, locality: Locality) -> dict[str, str]:
    others: dict[str, str] = {}
    for title in of_title:
        named = named_in(title, locality)
        if named and partner is not None and partner not in named:
            others[title] = f"its title names {named[0].code} ({named[0].name})"
    return others if len(others) < len(of_title) else {}


def _older(one: Sheet, other: Sheet, tables: Tables, day: datetime.date) -> tuple[str, str]:
    """Give the title of the older of two sheets with the same lines, and why; ‘’ where nothing tells."""
    for is_so, why in (
        (lambda sheet: _repeats_others(tables[sheet.title]), "its ratings are formulas that repeat other sheets"),
        (lambda sheet: is_older_sheet(sheet.title), "its title says that it is not this round's"),
        (lambda sheet: sheet.hidden, "it is hidden"),
    ):
        first, second = is_so(one), is_so(other)
        if first != second:
            return (one.title if first else other.title), why
    chosen = newest({1: one.title, 2: other.title}, day)
    if chosen is None:
        return "", ""
    return (other.title if chosen == 1 else one.title), "its title is of an older time"


def _repeats_others(tables: list[LocatedTable]) -> bool:
    rated = [
        cell
        for table in tables
        if "rag" in table.columns
        for row in table.rows
        if (cell := table.sheet.cells.get((row, table.columns["rag"]))) is not None and cell.value is not None
    ]
    return bool(rated) and all(cell.formula is not None and "!" in cell.formula for cell in rated)
