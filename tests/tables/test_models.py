"""What the models of the tables let through and what they refuse, column by column: no text here comes from a model."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest

from icsassess.tables import models

MODELS: dict[str, type[models.Table]] = {
    name: model
    for name, model in vars(models).items()
    if isinstance(model, type) and issubclass(model, models.Table) and model is not models.Table
}
# A row that each model accepts; a column that is not named here is empty: "", 0, False, no date.
RETURN = {"partner": "NORTH", "file": "returns/NORTH.xlsx", "sheet": "Integration", "ref": "Q1-PEX"}
ACCEPTED: dict[str, dict[str, Any]] = {
    "TypedEntries": {**RETURN, "row": 1, "rag_fill": "FFC000", "place": "D5"},
    "Entries": {**RETURN, "row": 1, "rating": "Amber", "place": "D5"},
    "ReturnLines": {**RETURN, "rating": "Amber", "ratings": ("Amber", "Green")},
    "PartnerLines": {**RETURN, "rating": "No return", "settled": True, "cell": "G5"},
    "Lines": {"ref": "Q1-PEX", "suggested": "Red", "agreed": "Amber", "rating": "Amber", "agreement": "all agree"},
    "Gaps": {
        "id": "G-Q1-PEX",
        "ref": "Q1-PEX",
        "rating": "Red",
        "stated": (("NORTH", "Too few"),),
        "reasons": ("red", "no evidence"),
        "partners": ("NORTH",),
        "no_proposal_from": ("NORTH",),
        "actions": ("A-Q1-PEX-GROUP",),
        "late": 1,
        "missing": ("owner",),
    },
    "Actions": {
        **RETURN,
        "id": "A-Q1-PEX-NORTH",
        "gap": "G-Q1-PEX",
        "rating": "Red",
        "proposed_by": "NORTH",
        "state": "planned",
        "row": 5,
        "cell": "J5",
    },
    "Returns": {
        "partner": "NORTH",
        "state": "received",
        "file": "returns/NORTH.xlsx",
        "sha256": "0123456789abcdef" * 4,
    },
    "Points": {"severity": "note", "cell": "G5"},
}
# Columns in which there may be nothing at all; everywhere else an empty text stands for nothing.
NULLABLE = {
    ("TypedEntries", "completed_on"),
    ("Entries", "evidence_date"),
    ("Entries", "due"),
    ("Entries", "completed_on"),
    ("ReturnLines", "newest_evidence"),
    ("ReturnLines", "place"),
    ("Lines", "agreed_on"),
    ("Lines", "newest_evidence"),
    ("Actions", "due"),
    ("Actions", "evidenced_on"),
    ("Returns", "completed_on"),
}
NO_RATING = ("green", "Teal", "R", " ", "No return")
COUNTS = {
    "ReturnLines": ("rows", "entries", "evidence"),
    "PartnerLines": ("rows", "evidence"),
    "Lines": ("evidence",),
    "Gaps": ("late",),
    "Actions": ("row",),
    "Returns": ("lines_asked", "lines_to_rate", "lines_rated", "entries", "blockers", "warnings", "notes"),
}
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("TypedEntries", {"row": 0}),
    ("TypedEntries", {"file": ""}),
    *(("TypedEntries", {"rag_fill": fill}) for fill in ("red", "FFC00", "FFC0000", "GGGGGG", "#FFC000")),
    ("Entries", {"row": 0}),
    ("Entries", {"row": -1}),
    ("Entries", {"file": ""}),
    *(("Entries", {"rating": rating}) for rating in NO_RATING),
    *(("Entries", {"alike": per_cent, "like": "row 6"}) for per_cent in (-1, 101)),
    ("Entries", {"alike": 95}),
    ("Entries", {"like": "row 6"}),
    ("ReturnLines", {"file": ""}),
    *(("ReturnLines", {"rating": rating}) for rating in NO_RATING),
    *(("ReturnLines", {"ratings": ratings}) for ratings in (("Teal",), ("",), ["Green"], "Green")),
    *(("PartnerLines", {"rating": rating}) for rating in ("green", "Teal", "no return")),
    *(("PartnerLines", {"cell": cell}) for cell in ("G", "5", "g5", "G0", "$G$5", "G5:G6")),
    ("PartnerLines", {"settled": False, "rating": "Green"}),
    *(("Lines", {"suggested": rating, "agreed": "", "rating": rating}) for rating in NO_RATING),
    *(("Lines", {"agreed": rating, "rating": rating}) for rating in NO_RATING),
    ("Lines", {"rating": "Red"}),
    ("Lines", {"agreed": "", "rating": "Amber"}),
    *(("Lines", {"agreement": agreement}) for agreement in ("", "most agree", "All agree")),
    *(("Gaps", {"rating": rating}) for rating in NO_RATING),
    *(("Gaps", {"reasons": reasons}) for reasons in (("purple",), ["red"], "red")),
    *(("Gaps", {"missing": missing}) for missing in (("money",), ["owner"], "owner")),
    ("Gaps", {"plan": "someday"}),
    ("Gaps", {"id": "G-Q2-PEX"}),
    *(("Gaps", {"stated": stated}) for stated in (("NORTH",), [("NORTH", "Too few")], (("NORTH", ""),))),
    ("Gaps", {"no_proposal_from": ("SOUTH",)}),
    ("Gaps", {"actions": (), "late": 1}),
    *(("Actions", {"rating": rating}) for rating in NO_RATING),
    *(("Actions", {"id": name}) for name in ("", "Q1-PEX", "G-Q1-PEX")),
    ("Actions", {"gap": "G-Q2-PEX"}),
    *(("Actions", {"state": state}) for state in ("", "begun", "Planned")),
    *(("Actions", {"missing": missing}) for missing in (("money",), ("action",), ["owner"])),
    ("Actions", {"state": "not taken up", "missing": ("owner",)}),
    *(("Actions", {"cell": cell}) for cell in ("5J", "J5:J6")),
    *(("Actions", place) for place in ({"file": ""}, {"row": 0}, {"sheet": ""}, {"cell": ""})),
    *(("Returns", {"state": state}) for state in ("", "lost", "Received")),
    ("Returns", {"file": ""}),
    ("Returns", {"state": "outstanding"}),
    *(("Returns", {"sha256": digits}) for digits in ("0" * 63, "0" * 65, "G" * 64, "A" * 64)),
    *(("Points", {"severity": severity}) for severity in ("", "error", "Note")),
    *(("Points", {"cell": cell}) for cell in ("5G", "G5:G6")),
    *((model, {column: -1}) for model, columns in COUNTS.items() for column in columns),
]
# What may not stand there twice, by the columns in which two rows are the same.
ONCE = [("Lines", "ref"), ("Gaps", "id"), ("Actions", "id"), ("ReturnLines", "ref"), ("PartnerLines", "ref")]


def table(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Give a table of a model: the row that it accepts, once with each of these changes."""
    columns: dict[str, Any] = {}
    for column, schema in MODELS[name].to_schema().columns.items():
        kind = str(schema.dtype)
        empty = "" if kind.startswith("str") else None if kind.startswith("datetime") else () if kind == "object" else 0
        values = [({column: empty} | ACCEPTED[name] | row)[column] for row in rows]
        columns[column] = pd.Series(values, dtype="str" if kind.startswith("str") else kind)
    return pd.DataFrame(columns)


def refusals(name: str, content: pd.DataFrame) -> set[str]:
    """Give the columns at fault when a model refuses a table: all of them for a check over several."""
    with pytest.raises(pa.errors.SchemaErrors) as refusal:
        MODELS[name].validate(content, lazy=True)
    return set(map(str, refusal.value.failure_cases["column"]))


def test_every_model_is_looked_at() -> None:
    assert set(MODELS) == set(ACCEPTED)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_row_as_described_is_let_through(name: str) -> None:
    MODELS[name].validate(table(name, {}), lazy=True)


@pytest.mark.parametrize(("name", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_a_value_that_is_not_as_described_is_refused(name: str, changes: dict[str, Any]) -> None:
    assert refusals(name, table(name, changes)) & set(changes)


@pytest.mark.parametrize(("name", "column"), ONCE)
def test_a_line_stands_once(name: str, column: str) -> None:
    refusals(name, table(name, {}, {}))
    other = {"ref": "Q2-PEX"} | {
        "Gaps": {"id": "G-Q2-PEX"},
        "Actions": {"id": "A-Q2-PEX-NORTH", "gap": "G-Q2-PEX"},
    }.get(name, {})
    MODELS[name].validate(table(name, {}, other), lazy=True)
    assert column in other


@pytest.mark.parametrize("name", ACCEPTED)
def test_nothing_stands_only_where_there_may_be_nothing(name: str) -> None:
    for column in [column for column in table(name, {}).columns if table(name, {})[column].dtype.kind not in "iub"]:
        empty = table(name, {column: None})
        if (name, column) in NULLABLE:
            MODELS[name].validate(empty, lazy=True)
        else:
            assert column in refusals(name, empty), column


@pytest.mark.parametrize("name", ACCEPTED)
def test_columns_are_those_described_in_their_order(name: str) -> None:
    whole = table(name, {})
    refusals(name, whole.assign(more=""))
    refusals(name, whole.drop(columns=whole.columns[1]))
    refusals(name, whole[[*whole.columns[1:], whole.columns[0]]])
