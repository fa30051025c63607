"""The tables that flow, made: whole or from rows, every column of the type that its model in ``tables`` describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa

from icsassess.tables import Table

_ROWS_AT_ONCE = 2_048


def titles(model: type[Table]) -> dict[str, str]:
    """Give the titles that people see, by column name, in the table's order."""
    return {column.name: column.title for column in _columns(model)}


class _Column(NamedTuple):
    """What a model says of a column: ``kind`` is its type in pandas' words."""

    name: str
    title: str
    kind: str
    nullable: bool
    checks: tuple[pa.Check, ...]
    unique: bool


@cache
def _columns(model: type[Table]) -> tuple[_Column, ...]:
    return tuple(
        _Column(
            name,
            str(column.title),
            _kind(str(column.dtype)),
            bool(column.nullable),
            tuple(column.checks),
            bool(column.unique),
        )
        for name, column in model.to_schema().columns.items()
    )


def _kind(described: str) -> str:
    if described.startswith("datetime"):
        return "datetime64[ns]"
    return "str" if described.startswith("str") else described


def frame(
    model: type[Table],
    content: Iterable[tuple[object, ...]] | Sequence[Mapping[str, object]] | dict[str, list[Any]] | pd.DataFrame,
) -> pd.DataFrame:
    """Make a table of this model, with the columns' types, also where there are no rows.

    ``content`` are rows, which are taken apart as they come, or whole columns by their names, which are taken out of
    the dictionary one by one: in neither case is a long table held twice.

    Raises ``pandera.errors.SchemaError`` where the rows do not fit the model: a mistake in the program.
    """
    columns = _columns(model)
    names = [column.name for column in columns]
    if isinstance(content, Sequence) and content and isinstance(content[0], Mapping):
        content = pd.DataFrame(content, columns=names)
    if isinstance(content, pd.DataFrame):
        if list(content.columns) != names:
            return _validated(model, content)  # which names the columns at fault
        made: dict[str, Any] = {column.name: _typed(content[column.name], column.kind) for column in columns}
        table = pd.DataFrame(made, index=content.index, copy=False)
    else:
        given = content if isinstance(content, dict) else _taken_apart(content, names)
        table = pd.DataFrame(
            {column.name: _array(given.pop(column.name), column.kind) for column in columns}, copy=False
        )
    return table if _fits(columns, table) else _validated(model, table)


def _taken_apart(rows: Iterable[Any], names: Sequence[str]) -> dict[str, list[Any]]:
    """Give the columns of rows."""
    columns: list[list[Any]] = [[] for _ in names]
    remaining = iter(rows)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    return dict(zip(names, columns, strict=True))


def _validated(model: type[Table], table: pd.DataFrame) -> pd.DataFrame:
    validated: pd.DataFrame = model.validate(table)
    return validated


def _array(values: list[Any], kind: str) -> Any:
    if kind == "str":
        return pd.array(values, dtype="str")
    return _typed(pd.Series(values, dtype="object" if kind.startswith("datetime") else kind), kind)


def _typed(values: pd.Series[Any], kind: str) -> pd.Series[Any]:
    if values.dtype.name == kind:
        return values
    typed: pd.Series[Any] = (pd.to_datetime(values) if kind.startswith("datetime") else values).astype(kind)  # type: ignore[call-overload]  # the kind is known only here
    return typed


def _fits(columns: Iterable[_Column], table: pd.DataFrame) -> bool:
    """Tell whether a table with the model's columns and types keeps the rest of it: no nulls, and its checks.

    This asks the model's own checks, and takes a tenth of the time of a whole validation, which comes when they fail.
    """
    for column in columns:
        values = table[column.name]
        if not column.nullable and values.isna().any():
            return False
        if column.unique and not values.is_unique:
            return False
        if not all(check(values).check_passed for check in column.checks):
            return False
    return True
