"""Where records cross a border they are checked by their pandera model: a data frame exists here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from icsassess.tables.models import Table

_FAILURES_NAMED = 5


class NotAsDescribed(Exception):
    """Records that do not keep what their model says: a mistake in the program; names model, columns and rows."""


def titles(model: type[Table]) -> dict[str, str]:
    """Give the titles that people see, by column name, in the table's order."""
    return {name: str(column.title) for name, column in model.to_schema().columns.items()}


def validate(model: type[Table], records: Sequence[tuple[object, ...]]) -> None:
    """Check records by their model, all columns and rows at once (lazily).

    ``records`` have the model's columns in its order, as the records of ``tables.records`` do. For example::

        validate(Lines, merged.lines)

    Raises ``NotAsDescribed`` with every column and the first rows that fail.
    """
    frame = frame_of(model, records)
    try:
        model.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise NotAsDescribed(_message(model, errors.failure_cases)) from errors


def frame_of(model: type[Table], records: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Give records as a data frame, column by column, each of the model's type, also where there are none."""
    columns = model.to_schema().columns
    values = zip(*records, strict=True) if records else ([] for _ in columns)
    return pd.DataFrame(
        {
            name: _array(list(column), str(schema.dtype))
            for (name, schema), column in zip(columns.items(), values, strict=True)
        },
        copy=False,
    )


def _array(values: list[Any], kind: str) -> Any:
    if kind.startswith("str"):
        try:
            return pd.array(values, dtype="str")
        except UnicodeEncodeError:
            # Where pyarrow is installed, pandas keeps texts in it, which refuses half of a surrogate pair: a file's
            # name may hold one. It is checked as a question mark; the record stays as it is.
            texts = [str(value).encode("utf-8", "replace").decode("utf-8") for value in values]
            return pd.array(texts, dtype="str")
    if kind.startswith("datetime"):
        # NumPy takes long for each day, and the same few stand in many rows.
        numbers = {day: number for number, day in enumerate(dict.fromkeys(values))}
        days = np.array(list(numbers), dtype="datetime64[D]").astype("datetime64[ns]")
        return days[np.array(list(map(numbers.__getitem__, values)), dtype="int64")]
    if kind == "object":
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return column
    return np.array(values, dtype=kind)


def _message(model: type[Table], failures: pd.DataFrame) -> str:
    """Give the columns that fail, each with its check and the first rows; a check of whole rows without a column."""
    parts = []
    of_rows = failures["schema_context"] == "DataFrameSchema"
    for column, check, failing in _by_check(failures[~of_rows]):
        cases = zip(failing["index"], failing["failure_case"], strict=True)
        parts.append(f"{column}: {check} ({', '.join(f'row {index}: {value!r}' for index, value in cases)})")
    for _, check, failing in _by_check(failures[of_rows].assign(column="")):
        parts.append(f"{check} (row {', '.join(map(str, failing['index']))})")
    return f"{model.__name__}: {'; '.join(parts)}"


def _by_check(failures: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for (column, check), failing in failures.groupby(["column", "check"], sort=False, dropna=False):
        yield str(column), str(check), failing.drop_duplicates("index").sort_values("index").head(_FAILURES_NAMED)
