"""What stands in nobody's way, although it comes near; and where else an NHS number is looked for."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from icsassess.assessment.sign_off.readiness import conditions
from icsassess.locality.locality import Locality
from tests.support.ready_locality import answer, merge, ready, run
from tests.support.returns_dsl import merged

PLAN = {"RAG": "Amber", "Gap": "Nobody asked", "Action": "Ask", "Owner": "Head", "Due date": "2024-03-29"}
DELIVERED = {**PLAN, "Action status": "Delivered"}
NUMBER = "999 000 0018"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    return ready(tmp_path_factory.mktemp("readiness"))


def where(place: Locality, code: str) -> tuple[str, ...]:
    return next(condition.where for condition in conditions(merged(place)) if condition.code == code)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        pytest.param("actions-without-owner", {**DELIVERED, "Owner": ""}, id="delivered, whoever did it"),
        pytest.param("actions-without-due-date", {**DELIVERED, "Due date": ""}, id="delivered, whenever it was due"),
        pytest.param("actions-overdue", {**DELIVERED, "Due date": "2024-01-09"}, id="delivered, if late"),
        pytest.param("actions-overdue", {**PLAN, "Due date": "2024-01-10"}, id="due on the very day"),
        pytest.param("gaps-without-action", DELIVERED, id="a gap with an action"),
        pytest.param("evidence-too-old", {"Evidence date": "2023-01-10"}, id="evidence a year old to the day"),
        pytest.param("points-to-fix", {"Evidence": f"Audit of {NUMBER}"}, id="what is personal data is no other point"),
    ],
)
def test_it_comes_near_and_stands_in_nobodys_way(code: str, changes: dict[str, str], place: Locality) -> None:
    answer(place, {place.framework.lines[0].ref: changes})
    assert where(place, code) == ()


def test_evidence_a_day_older_than_a_year_is_too_old(place: Locality) -> None:
    ref = place.framework.lines[0].ref
    answer(place, {ref: {"Evidence date": "2023-01-09"}})
    assert where(place, "evidence-too-old") == (f"Assessing needs: people's experience ({ref})",)


@pytest.mark.parametrize("in_a_note", [False, True], ids=["in a cell", "in a note"])
def test_an_nhs_number_on_a_sheet_of_the_groups_own_blocks(in_a_note: bool, tmp_path: Path) -> None:
    place = ready(tmp_path)
    path = merge(place)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Minutes")
    sheet["A1"] = "Agreed" if in_a_note else f"See {NUMBER}"
    if in_a_note:
        sheet["A1"].comment = Comment(f"See {NUMBER}", "Group")
    book.save(path)
    merge(place)
    document = json.loads(run("sign-off", place.folder, "--json").stdout)
    (condition,) = (condition for condition in document["conditions"] if condition["code"] == "personal-data")
    assert condition["where"] == [f"{'a note on ' if in_a_note else ''}the sheet Minutes"]
