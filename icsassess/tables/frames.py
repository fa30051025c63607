"""The tables that flow, made: whole or from rows, every column of the type that its model in ``tables`` describes."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, get_args

import pandas as pd
import pandera.pandas as pa

from icsassess.tables.models import Table

_ROWS_AT_ONCE = 2_048


class Described(NamedTuple):
    """What a model says of a column: ``kind`` is its type in pandas' words."""

    name: str
    title: str
    kind: str
    nullable: bool
    checks: tuple[pa.Check, ...]
    unique: bool


def titles(model: type[Table]) -> dict[str, str]:
    """Give the titles that people see, by column name, in the table's order."""
    return {column.name: column.title for column in columns_of(model)}


_KINDS = {str: "str", int: "int64", bool: "bool", object: "object", pd.Timestamp: "datetime64[ns]"}


@cache
def columns_of(model: type[Table]) -> tuple[Described, ...]:
    """Give what a model says of each column, in the table's order.

    It is taken from the model's fields: the schema that pandera makes of a model takes twenty times as long, and is
    asked for only where a table does not fit.
    """
    said = ((name, series, vars(model)[name]) for name, series in inspect.get_annotations(model, eval_str=True).items())
    return tuple(
        Described(name, field.title, _KINDS[get_args(series)[0]], field.nullable, tuple(field.checks), field.unique)
        for name, series, field in said
    )


def frame(
    model: type[Table],
    content: Iterable[tuple[object, ...]] | Sequence[Mapping[str, object]] | dict[str, list[Any]] | pd.DataFrame,
) -> pd.DataFrame:
    """Make a table of this model, with the columns' types, also where there are no rows.

    ``content`` are rows, which are taken apart as they come, or whole columns by their names, which are taken out of
    the dictionary one by one: in neither case is a long table held twice.

    Raises ``pandera.errors.SchemaError`` where the rows do not fit the model: a mistake in the program.
    """
    columns = columns_of(model)
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


def _fits(columns: Iterable[Described], table: pd.DataFrame) -> bool:
    """Tell whether a table with the model's columns and types keeps the rest of it: no nulls, and its checks.

    This takes a tenth of the time of a whole validation by pandera, which comes when it says no.
    """
    for column in columns:
        values = table[column.name]
        if not column.nullable and values.isna().any():
            return False
        if column.unique and not values.is_unique:
            return False
        if not all(_passes(check, values) for check in column.checks):
            return False
    return True


def _passes(check: pa.Check, values: pd.Series[Any]) -> bool:
    said = check.statistics or {}
    if check.name == "greater_than_or_equal_to":
        return bool((values >= said["min_value"]).all())
    if check.name == "isin":
        return bool(values.isin(said["allowed_values"]).all())
    return bool(check(values).check_passed)
