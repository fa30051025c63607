"""Several columns for one thing: the newest is read, pieces side by side are rows of their own, the rest is asked."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import How, vocabulary
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.cells.model import as_text
from icsassess.returns.matching.dates import read_date
from icsassess.returns.matching.heading_times import newest
from icsassess.returns.matching.headings import field_of_any_time
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import listing

_NUMBERED = re.compile(r"(.*?\D)[\s#(]*(\d)\)?\s*")
_ENOUGH = 0.5
_ROWS_LOOKED_AT = 400
_TEXTS = ("evidence", "kept", "reason", "gap", "action", "owner")


def settle_rivals(
    table: LocatedTable, template: ReturnTemplate, day: datetime.date
) -> tuple[list[LocatedTable], list[Problem]]:
    """Give the table with one column for each thing, tables of what stands beside it, and the points that say so.

    ``day`` is that on which the return was completed: in January ‘RAG January’ is newer than ‘RAG December’.
    """
    candidates = _candidates(table, template)
    if not candidates:
        return [table], []
    pieces = list(_pieces(table, candidates))
    if pieces:
        return pieces, []
    problems: list[Problem] = []
    further: list[LocatedTable] = []
    for field, columns in candidates.items():
        title = template.column_by_field[field].title
        shown = [column for column in columns if column not in table.sheet.hidden_columns]
        headings = {column: table.headings.get(column, "") for column in columns}
        chosen = shown[0] if len(shown) == 1 else newest({c: headings[c] for c in shown or columns}, day)
        if chosen is None and field in _TEXTS:
            first, *others = shown or columns
            table = _with_column(table, field, first)
            further += [_further(table, {field: column}) for column in others]
            table = _without_others(table, set(others))
            continue
        if chosen is None:
            table = replace(table, rivals=table.rivals | {field: tuple(columns)})
            chosen = columns[0]
            code, words = "columns-rival", {}
        else:
            how = _how(len(columns), len(shown))
            code, words = "column-chosen", {"used": headings[chosen] or f"Column {column_letter(chosen)}", "how": how}
        named = dict.fromkeys([table.columns[field], *columns])
        both = listing([_named(table, column) for column in named])
        table = _with_column(table, field, chosen)
        for column in columns:
            cell = table.heading_cell(column)
            problems.append(make_problem(code, found=both, title=title, sheet=table.sheet.title, cell=cell, **words))
        table = replace(table, others={c: t for c, t in table.others.items() if c != chosen or c in columns})
    handled = {column for columns in candidates.values() for column in columns}
    table = replace(table, twice=[(column, name) for column, name in table.twice if column not in handled])
    return [table, *further], problems


def _named(table: LocatedTable, column: int) -> str:
    heading = table.headings.get(column, "")
    return f"‘{heading}’" if heading else f"{column_letter(column)} (without a heading)"


def _how(columns: int, shown: int) -> str:
    if columns == 1:
        return "it alone holds such answers"
    return "the other is hidden" if shown == 1 else "its heading is of the newest time"


def _candidates(table: LocatedTable, template: ReturnTemplate) -> dict[str, list[int]]:
    """Give by field the columns that its heading and its content allow for it, where they are several."""
    columns_of: dict[str, list[int]] = defaultdict(list)
    under = {name: column for name, column in table.columns.items() if name in TYPED_FIELDS}
    spread = _spread_headings(table)
    meant = {column: name for name, column in table.columns.items()}
    for column in sorted({*table.headings, *table.others, *spread}):
        if column in meant and meant[column] not in under:
            continue
        heading = table.headings.get(column, "") or spread.get(column, "")
        field = meant.get(column) or field_of_any_time(template, heading)
        if field in under:
            columns_of[field].append(column)
    several = {}
    for field, columns in columns_of.items():
        if len(columns) > 1:
            fitting = [column for column in columns if _fits(table, field, column)]
            if len(fitting) > 1 or (len(fitting) == 1 and fitting[0] != table.columns[field]):
                several[field] = fitting
    return several


def _spread_headings(table: LocatedTable) -> dict[int, str]:
    """Give the headings that are merged over further columns, for these columns."""
    spread: dict[int, str] = {}
    for top, left, bottom, right in table.sheet.merged:
        if table.top <= top <= bottom <= table.heading_row and right > left and left in table.headings:
            for column in range(left + 1, min(right, left + 20) + 1):
                if not table.headings.get(column):
                    spread[column] = table.headings[left]
    return spread


def _texts(table: LocatedTable, column: int) -> Iterator[str]:
    for row in table.rows[:_ROWS_LOOKED_AT]:
        cell = table.sheet.cells.get((row, column))
        if cell is not None and cell.value not in (None, ""):
            yield as_text(cell)


def _fits(table: LocatedTable, field: str, column: int) -> bool:
    """Tell whether what stands in a column can be of the field: ratings, dates, or any text."""
    texts = list(_texts(table, column))
    if field == "rag":
        if not texts:
            return any((row, column) in table.sheet.cells for row in table.rows)
        readings = [vocabulary().read(text) for text in texts]
        good = sum(1 for reading in readings if reading.how in (How.EXACT, How.BETWEEN_TWO, How.WITH_WORDS))
        return good >= _ENOUGH * len(texts)
    if field in ("evidence_date", "due"):
        return bool(texts) and sum(1 for text in texts if read_date(text[:10]).usable) >= _ENOUGH * len(texts)
    if field == "action_status":
        return False
    return bool(texts)


def _pieces(table: LocatedTable, candidates: dict[str, list[int]]) -> Iterator[LocatedTable]:
    """Give a table for each of ‘Evidence 1’, ‘RAG 1’, ‘Evidence 2’, ‘RAG 2’: each piece has columns of its own."""
    numbered: dict[int, dict[str, int]] = defaultdict(dict)
    for field, columns in candidates.items():
        for column in columns:
            if match := _NUMBERED.fullmatch(table.headings.get(column, "")):
                numbered[int(match.group(2))].setdefault(field, column)
    first = min(numbered, default=0)
    if len(numbered) < 2 or not any(set(of) & set(_TEXTS) for of in numbered.values()):
        return
    if not all(set(of) & set(_TEXTS) for of in numbered.values()):
        return
    others = {column for number, of in numbered.items() if number != first for column in of.values()}
    yield _without_others(replace(table, columns=table.columns | numbered[first]), others)
    for number, of in sorted(numbered.items()):
        if number != first:
            yield _further(table, of)


def _further(table: LocatedTable, columns: dict[str, int]) -> LocatedTable:
    """Give a table of the labels and these columns only, which adds to another."""
    labels = {name: column for name, column in table.columns.items() if name in LABEL_FIELDS}
    headings = {column: table.headings.get(column, "") for column in (*labels.values(), *columns.values())}
    return replace(
        table, columns=labels | columns, others={}, twice=[], headings=headings, guesses={}, rivals={}, is_further=True
    )


def _with_column(table: LocatedTable, field: str, column: int) -> LocatedTable:
    """Give the table with another column for a field; the one it had is one of the partner's own."""
    before = table.columns[field]
    if before == column:
        return table
    others = {key: text for key, text in table.others.items() if key != column}
    others[before] = table.headings.get(before, "")
    guesses = {name: guess for name, guess in table.guesses.items() if name != field}
    return replace(table, columns=table.columns | {field: column}, others=others, guesses=guesses)


def _without_others(table: LocatedTable, columns: set[int]) -> LocatedTable:
    others = {column: text for column, text in table.others.items() if column not in columns}
    twice = [(column, name) for column, name in table.twice if column not in columns]
    return replace(table, others=others, twice=twice, elsewhere=table.elsewhere | columns)
