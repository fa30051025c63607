"""Records are what their pandera models say, and one that is not is named when it crosses a border."""

from __future__ import annotations

import datetime
import inspect
import types
from typing import Any, get_type_hints

import pandera.pandas as pa
import pytest

from icsassess.assessment.gaps.plans import PLAN_STATES
from icsassess.domain.problems import Severity
from icsassess.domain.rag import RATINGS, vocabulary
from icsassess.domain.states import PlanState
from icsassess.tables import models, records
from icsassess.tables.validation import NotAsDescribed, frame_of, titles, validate

A_DAY = datetime.date(2024, 1, 10)


class Somewhere:
    row = 5

    def cell(self, name: str) -> str:
        return "G5"


TYPED_ENTRY = records.TypedEntry(
    partner="NORTH", file="returns/a.xlsx", sheet="Quality and safety", row=5, ref="Q1-PEX", evidence="Report", kept="",
    evidence_date="ongoing", rag="Ambre", reason="", gap="", action="", owner="", due="", action_status="",
    rag_fill="FFC000", rag_doubt="", own_columns="", notes="", completed_on=A_DAY, place=Somewhere(),
)  # fmt: skip
ENTRY = records.Entry(
    partner="NORTH", ref="Q1-PEX", evidence="Report", kept="", evidence_date=A_DAY, rating="Amber", reason="", gap="",
    action="", owner="", due=None, status="", evidence_date_typed="", rag_typed="", due_typed="", status_typed="",
    own_columns="", notes="", same_as="", like="", alike=0, file="returns/a.xlsx", sheet="Quality and safety", row=5,
    completed_on=None, place=Somewhere(),
)  # fmt: skip
RETURN_LINE = records.ReturnLine(
    partner="NORTH", file="returns/a.xlsx", ref="Q1-PEX", asked=True, rows=2, entries=2, rating="Red",
    ratings=("Green", "Red"), understood=True, has_reason=False, evidence=1, newest_evidence=A_DAY,
    placed=True, states_gap=False, has_action=False, sheet="Quality and safety", place=None,
)  # fmt: skip
PARTNER_LINE = records.PartnerLine(
    partner="NORTH", ref="Q1-PEX", rating="No return", settled=True, rows=0, evidence=0, green_without_evidence=False,
    states_gap=False, file="", sheet="", cell="B12", understood=True,
    organisations=(("Elm", "Red"),),
)  # fmt: skip
LINE = records.Line(
    ref="Q1-PEX", theme="Quality", statement="Lives", category="Feedback", suggested="Red", agreed="Amber",
    agreed_reason="", agreed_on=A_DAY, rating="Amber", agreement="red and green", evidence=1, newest_evidence=None,
    changed_since_agreed=False,
)  # fmt: skip
GAP = records.Gap(
    id="G-Q1-PEX", ref="Q1-PEX", rating="Amber", stated=(("NORTH", "Too few"),), reasons=("amber", "stale evidence"),
    partners=("NORTH",), no_proposal_from=("NORTH",), actions=(), late=0, plan="needs a plan", missing=("action",),
    covered="",
)  # fmt: skip
ACTION = records.Action(
    id="A-Q1-PEX-NORTH", gap="G-Q1-PEX", ref="Q1-PEX", rating="Amber", proposed_by="NORTH", action="Ask", owner="",
    accountable="", due=A_DAY, due_typed="", status="", evidenced_by="", evidenced_on=None, update="", taken_up="Yes",
    why_not="", state="incomplete", missing=("owner",), file="returns/a.xlsx", sheet="Quality and safety", row=5,
    cell="J5",
)  # fmt: skip
RETURN = records.ReturnRow(
    partner="NORTH", name="Northern Trust", organisation="", state="received", file="returns/a.xlsx",
    completed_on=A_DAY, completed_by="Head of Quality", lines_asked=6, lines_to_rate=6, lines_rated=5, entries=7,
    blockers=0, warnings=1, notes=2, remark="", sha256="0123456789abcdef" * 4,
)  # fmt: skip
POINT = records.PointRow(
    severity=Severity.BLOCKER, partner="NORTH", title="Rating not understood", message="", suggestion="",
    answer="", ref="Q1-PEX",
    file="returns/a.xlsx", sheet="Quality and safety", cell="G5", code="rating-not-understood",
)  # fmt: skip
SAMPLES: dict[type[models.Table], Any] = {
    models.TypedEntries: TYPED_ENTRY,
    models.Entries: ENTRY,
    models.ReturnLines: RETURN_LINE,
    models.PartnerLines: PARTNER_LINE,
    models.Lines: LINE,
    models.Gaps: GAP,
    models.Actions: ACTION,
    models.Returns: RETURN,
    models.Points: POINT,
}
each_model = pytest.mark.parametrize("model", SAMPLES, ids=lambda model: model.__name__)
KINDS = {"str": str, "int64": int, "bool": bool, "datetime64[ns]": datetime.date, "object": object}


def test_every_model_has_its_record_here() -> None:
    tables = {found for _, found in inspect.getmembers(models, inspect.isclass) if issubclass(found, models.Table)}
    assert tables - {models.Table} == set(SAMPLES)


@each_model
def test_a_record_has_its_models_fields_in_its_order_of_its_types(model: type[models.Table]) -> None:
    columns = model.to_schema().columns
    fields = get_type_hints(type(SAMPLES[model]))
    assert list(fields) == list(columns)
    for name, column in columns.items():
        held = fields[name]
        several = held.__args__ if isinstance(held, types.UnionType) else (held,)
        assert (type(None) in several) is column.nullable, name
        kind = KINDS[str(column.dtype).replace("string[python]", "str").replace("string[pyarrow]", "str")]
        if kind is str:
            # A text may be one of a few words: a Literal, or an enumeration of texts.
            assert held is str or isinstance(held, type) or all(isinstance(word, str) for word in held.__args__), name
        elif kind is not object:
            assert kind in several, name


@each_model
def test_a_record_that_keeps_what_its_model_says_passes_and_so_do_none(model: type[models.Table]) -> None:
    validate(model, [SAMPLES[model]])
    validate(model, [])


@each_model
def test_a_data_frame_has_the_models_columns_and_types_also_without_rows(model: type[models.Table]) -> None:
    for frame in (frame_of(model, []), frame_of(model, [SAMPLES[model]])):
        assert list(frame.columns) == list(titles(model))
        model.validate(frame)


BROKEN = [
    (models.TypedEntries, "row", {"row": 0}),
    (models.TypedEntries, "file", {"file": ""}),
    (models.TypedEntries, "rag_fill", {"rag_fill": "red"}),
    (models.TypedEntries, "evidence", {"evidence": None}),
    (models.Entries, "rating", {"rating": "Purple"}),
    (models.Entries, "rating", {"rating": "No return"}),
    (models.Entries, "alike", {"alike": 101, "like": "x"}),
    (models.Entries, "alike goes with what it is like", {"alike": 95}),
    (models.ReturnLines, "ratings", {"ratings": ("Green", "Teal")}),
    (models.ReturnLines, "ratings", {"ratings": ["Green"]}),
    (models.ReturnLines, "rows", {"rows": -1}),
    (models.PartnerLines, "rating", {"rating": "Not asked"}),
    (models.PartnerLines, "cell", {"cell": "row 12"}),
    (models.PartnerLines, "only Not applicable can be unsettled", {"settled": False}),
    (models.Lines, "agreement", {"agreement": "two steps apart"}),
    (models.Lines, "rating is the agreed one", {"rating": "Green"}),
    (models.Lines, "evidence", {"evidence": -1}),
    (models.Gaps, "plan", {"plan": "being planned"}),
    (models.Gaps, "reasons", {"reasons": ("purple",)}),
    (models.Gaps, "missing", {"missing": ("money",)}),
    (models.Gaps, "a gap is named after its line", {"id": "G-Q2-PEX"}),
    (models.Returns, "state", {"state": "lost"}),
    (models.Returns, "sha256", {"sha256": "ABC"}),
    (models.Returns, "all but an outstanding return have a file", {"state": "outstanding"}),
    (models.Points, "severity", {"severity": "dreadful"}),
    (models.Points, "cell", {"cell": "G0"}),
]


@pytest.mark.parametrize(("model", "named", "change"), BROKEN)
def test_what_a_description_promises_is_held_and_the_column_is_named(
    model: type[models.Table], named: str, change: dict[str, Any]
) -> None:
    with pytest.raises(NotAsDescribed, match=rf"{model.__name__}: .*{named}"):
        validate(model, [SAMPLES[model]._replace(**change)])


def test_all_that_is_wrong_is_named_at_once_with_its_row() -> None:
    rows = [LINE, LINE._replace(ref="Q1-STF", suggested="Teal"), LINE._replace(ref="Q1-PTN", agreement="far apart")]
    with pytest.raises(NotAsDescribed, match=r"row 1: 'Teal'.*row 2: 'far apart'"):
        validate(models.Lines, rows)


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (models.Lines, "ref"),
        (models.Gaps, "id"),
        (models.ReturnLines, "a line stands once in a return"),
        (models.PartnerLines, "a partner has a line once"),
    ],
)
def test_what_is_one_of_its_kind_stands_once(model: type[models.Table], named: str) -> None:
    with pytest.raises(NotAsDescribed, match=named):
        validate(model, [SAMPLES[model]] * 2)


def test_a_number_that_is_missing_is_refused() -> None:
    with pytest.raises(TypeError):
        validate(models.Returns, [RETURN._replace(entries=None)])


def test_the_schema_of_a_model_is_built_once() -> None:
    assert models.Lines.to_schema() is models.Lines.to_schema()
    assert isinstance(models.Lines.to_schema(), pa.DataFrameSchema)


def test_the_words_for_ratings_and_plans_are_those_of_the_data_and_of_the_meeting() -> None:
    assert vocabulary().names == RATINGS
    assert ("", *PLAN_STATES) == PlanState.__args__
