"""The example in its third week: what a group typed in two meetings is there, and what moved is told."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.assessment.history.changes import changes_between
from icsassess.assessment.history.record import records
from icsassess.locality.locality import Locality, open_locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.register import ACTIONS, ASSESSMENT, GAPS, KEY, Table, shown

EXAMPLE = Path(__file__).parents[1] / "workbooks" / "trafford-three-weeks"


@pytest.fixture(scope="module")
def place() -> Locality:
    return open_locality(EXAMPLE)


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(max((EXAMPLE / "merged").glob("*.xlsx")))


def row_of(book: Any, sheet: str, key: str) -> dict[str, str]:
    table = Table(book[sheet], KEY[sheet])
    number = table.by_key()[key]
    return {title: shown(table.cell(number, title).value) for title in table.columns}


def test_three_merges_stand_in_the_history_each_chained_to_the_one_before(place: Locality) -> None:
    found, problems = records(place)
    assert [record.as_at.isoformat() for record in found] == ["2023-12-22", "2024-01-05", "2024-01-10"]
    assert problems == []


def test_what_the_group_agreed_is_there_and_what_moved_underneath_it_is_said(book: Any) -> None:
    early = row_of(book, ASSESSMENT, "Q6-PRO")
    assert early["Agreed RAG"] == "Amber"
    assert early["Reason for agreed RAG"].startswith("Procedures are in place")
    assert early["Agreed on"] == "2023-12-22"
    assert row_of(book, ASSESSMENT, "L4-PTN")["Changed since agreed"] != ""


def test_what_the_group_decided_about_actions_is_there(book: Any) -> None:
    changed = row_of(book, ACTIONS, "A-I3-PRO-PC")
    assert changed["Action"].startswith("Write a joint information sharing plan")
    assert (changed["Proposed by"], changed["Taken up"]) == ("PC", "Yes")
    assert row_of(book, ACTIONS, "A-Q2-PRO-LCO")["Taken up"] == "Yes"
    refused = row_of(book, ACTIONS, "A-I1-PEX-SAF")
    assert refused["Taken up"] == "No"
    assert refused["Why not"].startswith("The carer question")
    assert row_of(book, GAPS, "G-Q6-PEX")["Covered"] == "Yes"


def test_an_action_and_a_note_of_the_groups_own_came_through(book: Any) -> None:
    own = row_of(book, ACTIONS, "A-Q6-PRO-GROUP")
    assert own["Action"] == "Joint workshop on thresholds for safeguarding concerns"
    assert own["Proposed by"] == "Group"
    lines = Table(book[ASSESSMENT], "Ref")
    note = lines.cell(lines.by_key()["I1-PTN"], "Agreed RAG").comment
    assert "section 75" in note.text


def test_a_return_that_came_again_superseded_the_first_which_stays_listed(book: Any) -> None:
    headings, *rows = book["Returns"].iter_rows(min_row=4, values_only=True)
    state = headings.index("State")
    assert [row[state] for row in rows if row[0] == "SAF"] == ["received", "superseded"]


def test_what_moved_is_told_by_whom_and_why(place: Locality) -> None:
    told = [change.sentence for change in changes_between(place).changes]
    assert not [sentence for sentence in told if " fell from " in sentence], "four returns came, and nobody got worse"
    assert any("(I3-PRO): the group agreed Red" in sentence for sentence in told)
    assert any(sentence.startswith("GMMH has returned: ") for sentence in told)


def test_merging_it_again_as_at_the_same_day_changes_nothing_that_the_group_typed(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(EXAMPLE, tmp_path / "place"))
    merged, path = merge_and_write(open_locality(copy), datetime.date(2024, 1, 17))
    assert not [problem for problem in merged.problems if problem.code.startswith(("history", "group"))]
    assert row_of(openpyxl.load_workbook(path), ASSESSMENT, "Q6-PRO")["Agreed RAG"] == "Amber"
