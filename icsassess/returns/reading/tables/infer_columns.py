"""Columns whose headings are in the partner's own words: told by what stands in them, or by where they stand."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from icsassess.domain.fields import LABEL_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.rag import How, vocabulary
from icsassess.excel.cells.model import Sheet, as_text
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.matching.dates import read_date
from icsassess.returns.matching.heading_times import of_another
from icsassess.returns.matching.headings import field_of_any_time
from icsassess.returns.matching.line_titles import find_category, find_statement, ref_as_typed
from icsassess.returns.reading.tables.locate import side_by_side, texts_by_row
from icsassess.returns.reading.tables.table import Basis, Guess, LocatedTable, table_from_headings
from icsassess.returns.template.model import ReturnTemplate

_ROWS_LOOKED_AT = 400
_ENOUGH = 3  # lines that make a table where no heading says so
_LIKE_A_RATING = 0.8
_LIKE_OTHERS = 0.7
_BY_CONTENT = Guess(Basis.CONTENT, "what stands in it says so")


def with_inferred_columns(table: LocatedTable, template: ReturnTemplate, framework: Framework) -> LocatedTable:
    """Give the table with the columns that are missing told by their content or place, where they can be.

    Each of them has its entry in ``guesses``. A table that misses nothing, or has no other columns, is given back.
    """
    table = _with_rating_under_status(table)
    missing: list[str] = [column.field for column in template.columns if column.field not in table.columns]
    unknown = [
        column
        for column in _used(table)
        if column not in table.columns.values()
        and field_of_any_time(template, table.headings.get(column, "")) not in table.columns
    ]
    if not missing or not unknown:
        return table
    columns, guesses = dict(table.columns), dict(table.guesses)
    for name, column in _by_content(table, template, framework, missing, unknown).items():
        columns[name], guesses[name] = column, _BY_CONTENT
    for name, column in _by_place(table, template, columns):
        title = template.column_by_field[name].title
        columns[name] = column
        guesses[name] = Guess(Basis.PLACE, f"it stands where ‘{title}’ stands in the return")
    if columns == table.columns:
        return table
    meant = set(columns.values())
    others = {column: text for column, text in table.others.items() if column not in meant}
    twice = [(column, name) for column, name in table.twice if column not in meant]
    return replace(table, columns=columns, guesses=guesses, others=others, twice=twice)


def _with_rating_under_status(table: LocatedTable) -> LocatedTable:
    """Give the table with ‘Status’ as its rating where that is what stands in it, and nothing else is the rating."""
    column = table.columns.get("action_status")
    if column is None or "rag" in table.columns:
        return table
    read = vocabulary().read
    if not _mostly(list(_texts(table, column)), lambda text: read(text).how is How.EXACT, _LIKE_A_RATING):
        return table
    columns = {name: where for name, where in table.columns.items() if name != "action_status"}
    return replace(table, columns=columns | {"rag": column}, guesses=table.guesses | {"rag": _BY_CONTENT})


def without_columns_by_place(table: LocatedTable) -> LocatedTable:
    """Give the table without the columns that were told by their place: in another layout it says nothing."""
    by_place = {name for name, guess in table.guesses.items() if guess.basis is Basis.PLACE}
    columns = {name: column for name, column in table.columns.items() if name not in by_place}
    meant = set(columns.values())
    return replace(
        table,
        columns=columns,
        guesses={name: guess for name, guess in table.guesses.items() if name not in by_place},
        others={column: text for column, text in table.headings.items() if column not in meant},
    )


def _used(table: LocatedTable) -> list[int]:
    """Give the columns with a heading or content, from left to right."""
    body = set(table.rows[:_ROWS_LOOKED_AT])
    last = max(table.headings, default=0)
    used = set(table.headings)
    for (row, column), cell in table.sheet.cells.items():
        if column in used or column > last + 1 or row not in body or not table.holds(column):
            continue
        if cell.value not in (None, ""):
            used.add(column)
    return sorted(used)


def _by_content(
    table: LocatedTable, template: ReturnTemplate, framework: Framework, missing: list[str], unknown: list[int]
) -> dict[str, int]:
    texts = {column: list(_texts(table, column)) for column in unknown}
    tests = _tests(template, framework)
    column_of: dict[str, int] = {}
    for name in missing:
        if name not in tests or name in ("evidence_date", "due"):
            continue
        fits, share = tests[name]
        candidates = [
            column
            for column in unknown
            if column not in column_of.values()
            and _mostly(texts[column], fits, share)
            and not of_another(table.headings.get(column, ""))
        ]
        if len(candidates) == 1 or (candidates and name in ("ref", "statement", "category")):
            column_of[name] = candidates[0]
    column_of |= _dates(
        table, template, missing, [column for column in unknown if column not in column_of.values()], texts
    )
    return column_of


def _dates(
    table: LocatedTable, template: ReturnTemplate, missing: list[str], unknown: list[int], texts: dict[int, list[str]]
) -> dict[str, int]:
    """Tell columns of dates: the only one missing, or both in their order; else by what stands beside them."""
    names = [name for name in ("evidence_date", "due") if name in missing]
    columns = [
        column
        for column in unknown
        if not of_another(table.headings.get(column, ""))
        and _mostly(texts[column], lambda text: read_date(text).usable is not None, _LIKE_OTHERS)
    ]
    if len(names) == len(columns):
        return dict(zip(names, columns, strict=True))
    if len(columns) != 1:
        return {}
    (column,) = columns
    order = list(template.column_by_field)
    field_of = {where: name for name, where in table.columns.items()}
    before_it = max((where for where in field_of if where < column), default=None)
    after_it = min((where for where in field_of if where > column), default=None)
    for name in names:
        at = order.index(name)
        after = before_it is None or order.index(field_of[before_it]) < at
        before = after_it is None or order.index(field_of[after_it]) > at
        if after and before and (before_it is not None or after_it is not None):
            return {name: column}
    return {}


def _tests(template: ReturnTemplate, framework: Framework) -> dict[str, tuple[Callable[[str], bool], float]]:
    words = vocabulary()

    def is_rating(text: str) -> bool:
        reading = words.read(text)
        return reading.rating is not None and reading.how in (How.EXACT, How.BETWEEN_TWO)

    return {
        "ref": (lambda text: ref_as_typed(framework, text) is not None, _LIKE_OTHERS),
        "statement": (lambda text: find_statement(framework, text) is not None, _LIKE_OTHERS),
        "category": (lambda text: find_category(framework, text) is not None, _LIKE_OTHERS),
        "rag": (is_rating, _LIKE_A_RATING),
        "action_status": (lambda text: bool(status_of(text, template.statuses)), _LIKE_OTHERS),
    }


def _texts(table: LocatedTable, column: int) -> Iterator[str]:
    for row in table.rows[:_ROWS_LOOKED_AT]:
        cell = table.sheet.cells.get((row, column))
        if cell is not None and cell.value not in (None, ""):
            is_day = isinstance(cell.value, datetime.date)
            yield as_text(cell)[:10] if is_day else as_text(cell)


def _mostly(texts: list[str], fits: Callable[[str], bool], share: float) -> bool:
    return bool(texts) and sum(1 for text in texts if fits(text)) >= share * len(texts)


def _by_place(table: LocatedTable, template: ReturnTemplate, columns: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Give text columns that stand between two known ones exactly where the return has as many, and in its order.

    Ratings, dates and statuses are never told by their place alone: their content would have said so.
    """
    order = list(template.column_by_field)
    field_of = {column: name for name, column in columns.items()}
    taken = {column for column, _ in table.twice}
    runs: list[list[int]] = [[]]
    around: list[str | None] = [None]
    for column in _used(table):
        if column in field_of:
            around.append(field_of[column])
            runs.append([])
        elif column not in taken:
            runs[-1].append(column)
    around.append(None)
    for number, run in enumerate(runs):
        before, after = around[number], around[number + 1]
        first = order.index(before) + 1 if before else 0
        last = order.index(after) if after else len(order)
        missing = [name for name in order[first:last] if name not in columns]
        if not run or len(run) != len(missing) or len(missing) != last - first:
            continue
        for name, column in zip(missing, run, strict=True):
            text_like = template.column_by_field[name].kind in ("text", "label")
            empty = not any(True for _ in _texts(table, column))
            heading = table.headings.get(column, "")
            if (text_like or empty) and not of_another(heading) and (heading or not any(table.headings.values())):
                yield name, column


def tables_by_content(sheet: Sheet, template: ReturnTemplate, framework: Framework) -> Iterator[LocatedTable]:
    """Give the table of a sheet whose headings say nothing: rows that name lines, and the row above them."""
    rows = texts_by_row(sheet)
    lines = [number for number, texts in rows.items() if _names_a_line(framework, texts)]
    if len(lines) < _ENOUGH:
        return
    above = [number for number in rows if lines[0] - 4 <= number < lines[0] and len(rows[number]) >= _ENOUGH]
    top = above[-1] if above else lines[0] - 1
    texts = rows[top] if above else {}
    for part, bounds in side_by_side(template, texts):
        table = table_from_headings(sheet, template, (top, top), part, bounds)
        if not texts:
            width = range(min(min(rows[number]) for number in lines), max(max(rows[number]) for number in lines) + 1)
            table = replace(table, headings=dict.fromkeys(width, ""))
        table.rows.extend(number for number in rows if number > top)
        table = with_inferred_columns(table, template, framework)
        if {"rag", "evidence"} & set(table.columns) and {"ref", "category"} & set(table.columns):
            yield table


def _names_a_line(framework: Framework, texts: dict[int, str]) -> bool:
    return _name_a_line(framework, tuple(text for text in texts.values() if len(text) < 160))


@lru_cache(maxsize=4_096)  # the labels of a line stand in every return
def _name_a_line(framework: Framework, short: tuple[str, ...]) -> bool:
    if any(ref_as_typed(framework, text) for text in short):
        return True
    return any(find_statement(framework, text) for text in short) and any(
        find_category(framework, text) for text in short
    )


def holds_answers(table: LocatedTable, framework: Framework) -> bool:
    """Tell whether a table names several lines and answers one at least: more than a worked example does."""
    rows = texts_by_row(table.sheet)
    named = [number for number in table.rows if _names_a_line(framework, rows.get(number, {}))]
    typed = [column for name, column in table.columns.items() if name not in LABEL_FIELDS]
    return len(named) >= _ENOUGH and any(rows[number].get(column) for number in named for column in typed)
