"""Tables are made as their models say, whatever they are made of."""

from __future__ import annotations

import datetime
import inspect
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from icsassess.tables.frames import columns_of, frame, titles
from icsassess.tables.rows import each_row, in_columns, in_step

from icsassess.tables import models as tables

MODELS = [
    model
    for _, model in inspect.getmembers(tables, inspect.isclass)
    if issubclass(model, tables.Table) and model is not tables.Table
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_said_of_a_column_is_what_panderas_own_schema_says(model: type[tables.Table]) -> None:
    schema = model.to_schema().columns
    assert [column.name for column in columns_of(model)] == list(schema)
    for column in columns_of(model):
        theirs = schema[column.name]
        assert (column.title, column.nullable, column.unique) == (theirs.title, theirs.nullable, theirs.unique)
        assert column.kind.split("[")[0] == str(theirs.dtype).replace("string", "str").split("[")[0].rstrip(")")
        assert [(check.name, check.statistics) for check in column.checks] == [
            (check.name, check.statistics) for check in theirs.checks
        ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_empty_table_has_the_models_columns_and_types(model: type[tables.Table]) -> None:
    table = frame(model, [])
    assert list(table.columns) == list(titles(model))
    model.validate(table)


RETURNS: list[dict[str, Any]] = [
    {
        **dict.fromkeys(titles(tables.Returns), ""),
        **dict.fromkeys(("lines_asked", "lines_rated", "entries", "blockers", "warnings", "notes"), number),
        "partner": f"P{number}",
        "state": "received",
        "completed_on": datetime.date(2024, 1, number) if number % 2 else None,
    }
    for number in range(1, 6)
]


def test_rows_columns_records_and_a_data_frame_make_the_same_table() -> None:
    made = frame(tables.Returns, RETURNS)
    pd.testing.assert_frame_equal(frame(tables.Returns, iter([tuple(row.values()) for row in RETURNS])), made)
    columns = {name: [row[name] for row in RETURNS] for name in titles(tables.Returns)}
    pd.testing.assert_frame_equal(frame(tables.Returns, columns), made)
    assert columns == {}  # they were taken, and are not held twice
    pd.testing.assert_frame_equal(frame(tables.Returns, made), made)


@pytest.mark.parametrize(("name", "value"), [("state", "lost"), ("partner", None)])
def test_a_row_that_does_not_fit_the_model_is_refused_and_its_column_named(name: str, value: object) -> None:
    with pytest.raises(pa.errors.SchemaError, match=name):
        frame(tables.Returns, [tuple({**RETURNS[0], name: value}.values())])


def test_a_number_that_is_missing_is_refused() -> None:
    with pytest.raises(TypeError):
        frame(tables.Returns, [tuple({**RETURNS[0], "entries": None}.values())])


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(pa.errors.SchemaError):
        frame(tables.Returns, frame(tables.Returns, RETURNS).drop(columns="remark"))


def test_a_line_stands_once() -> None:
    values = {"str": "x", "int64": 0, "bool": False, "datetime64[ns]": None}
    row = {column.name: values[column.kind] for column in columns_of(tables.Lines)} | {"agreement": "none"}
    assert len(frame(tables.Lines, [tuple(row.values())])) == 1
    with pytest.raises(pa.errors.SchemaError, match="ref"):
        frame(tables.Lines, [tuple(row.values())] * 2)


def test_rows_are_told_with_their_names_and_days_as_dates_or_nothing() -> None:
    table = frame(tables.Returns, RETURNS)
    assert [row.partner for row in each_row(table)] == ["P1", "P2", "P3", "P4", "P5"]
    (columns,) = in_columns(table[["partner", "completed_on"]])
    assert columns[1] == [datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 3), None, datetime.date(2024, 1, 5)]


def test_rows_are_given_key_by_key_and_those_of_other_keys_are_left() -> None:
    rows = ["a1", "a2", "c1", "x1"]
    assert list(in_step(["a", "b", "c"], rows, lambda row: row[0])) == [["a1", "a2"], [], ["c1"]]
    assert list(in_step(["a", "b"], [], lambda row: row[0])) == [[], []]
