"""A workbook of version 1 had one action a gap: what the group typed there goes to its action, and nothing is lost."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from icsassess.assessment.group_edits.edits import ACTIONS, GAPS, OwnAction
from icsassess.assessment.history import record as history
from icsassess.assessment.history.new_record import as_bytes
from icsassess.locality.locality import Locality
from tests.support.frameworks import small_framework
from tests.support.returns_dsl import fill_in, locality_of, row
from tests.support.weeks_in_memory import Weeks

NORTH = """
    Ref    | Evidence | RAG   | Gap       | Action           | Owner   | Due date
    Q1-PEX | Report   | Red   | No voices | Ask every carer  | Head    | 2024-03-29
    Q1-PEX |          |       |           | Phone the clinics| Matron  | 2024-02-01
    Q1-STF | Survey   | Amber | No nights |                  |         |
"""


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    made = locality_of(tmp_path, {"NORTH": "Q1"})
    weeks = Weeks(Locality(made.folder, made.settings, small_framework(made.framework, {"Q1"}, "small")))
    fill_in(weeks.locality, NORTH, partner="NORTH", file="NORTH.xlsx")
    weeks.merge()
    weeks.as_version_1()
    return weeks


def type_in(weeks: Weeks, gap: str, **texts: str) -> None:
    weeks.typed.version_1[gap] = {**weeks.typed.version_1[gap], **texts}


def test_nothing_typed_makes_nothing_but_the_partners_actions(weeks: Weeks) -> None:
    weeks.merge()
    assert list(weeks.actions) == ["A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2"]
    assert weeks.kept() == []
    assert weeks.record is not None
    assert [action["typed"] for action in weeks.record["actions"]] == [[], []]


def test_what_was_typed_goes_to_the_action_that_had_been_filled_in(weeks: Weeks) -> None:
    type_in(weeks, "G-Q1-PEX", owner="Chief Nurse", update="Begun")
    weeks.note(GAPS, "G-Q1-PEX", "Owner", "ask her")
    weeks.beside(GAPS, "G-Q1-PEX", "ours")
    fill_in(
        weeks.locality,
        NORTH.replace("Ask every carer  | Head ", "Ask every carer at home | Deputy "),
        partner="NORTH",
        file="NORTH.xlsx",
    )
    merged = weeks.merge()
    asked, phoned = weeks.actions["A-Q1-PEX-NORTH"], weeks.actions["A-Q1-PEX-NORTH-2"]
    assert (asked.action, asked.owner, asked.update) == ("Ask every carer at home", "Chief Nurse", "Begun")
    assert (phoned.owner, phoned.update) == ("Matron", "")
    assert merged.register.conflicts == [("A-Q1-PEX-NORTH", "owner", "Chief Nurse", "Deputy")]
    assert merged.carried.notes == {(ACTIONS, "A-Q1-PEX-NORTH", "Owner"): "ask her"}
    assert merged.carried.own_columns == {GAPS: {"Ours": {"G-Q1-PEX": "ours"}}}
    again = weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].owner == "Chief Nurse", "also the week after"
    assert again.carried.notes == merged.carried.notes


def test_where_nothing_had_been_filled_in_it_is_an_action_of_the_groups_own(weeks: Weeks) -> None:
    type_in(weeks, "G-Q1-STF", action="Ask the night staff", owner="Chair")
    merged = weeks.merge()
    assert weeks.actions["A-Q1-STF-GROUP"].action == "Ask the night staff"
    assert row(merged.gaps, ref="Q1-STF").actions == ("A-Q1-STF-GROUP",)


def test_where_the_partner_does_not_propose_it_any_more_it_is_an_action_of_the_groups_own(weeks: Weeks) -> None:
    type_in(weeks, "G-Q1-PEX", update="Begun")
    without = NORTH.replace("Ask every carer  | Head    | 2024-03-29", " | | ")
    fill_in(weeks.locality, without, partner="NORTH", file="NORTH.xlsx")
    weeks.merge()
    assert set(weeks.actions) == {"A-Q1-PEX-NORTH", "A-Q1-PEX-GROUP"}
    own = weeks.actions["A-Q1-PEX-GROUP"]
    assert (own.action, own.owner, own.update) == ("Ask every carer", "Head", "Begun")


def test_rows_of_the_groups_own_become_its_actions(weeks: Weeks) -> None:
    weeks.typed.own_actions.append(OwnAction("Q1-PEX", {"action": "Hold a café"}, {"Ours": "ours"}))
    merged = weeks.merge()
    assert weeks.actions["A-Q1-PEX-GROUP"].action == "Hold a café"
    assert merged.carried.own_columns[ACTIONS] == {"Ours": {"A-Q1-PEX-GROUP": "ours"}}


def test_without_the_history_every_text_counts_as_the_groups(weeks: Weeks) -> None:
    type_in(weeks, "G-Q1-PEX", update="Begun")
    assert weeks.record is not None
    weeks.record["gaps"], weeks.written = [], None
    weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].update == "Begun"
    assert set(weeks.actions) == {"A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2"}


def test_a_record_of_format_1_is_read_and_what_is_written_is_format_2(weeks: Weeks, tmp_path: Path) -> None:
    assert weeks.record is not None
    record = {**copy.deepcopy(weeks.record), "partner_columns": []}
    path = tmp_path / "Anytown 2024-01-03.json"
    path.write_bytes(as_bytes(record))
    assert history._read(path) is not None
    del record["gaps"][0]["filled_in"]
    path.write_bytes(as_bytes(record))
    assert history._read(path) is None, "it has not what the next merge takes from it"
    weeks.merge()
    record = {**weeks.record, "partner_columns": []}
    assert record["format"] == 2
    path.write_bytes(as_bytes(record))
    assert history._read(path) is not None
    del record["actions"][0]["taken_up"]
    path.write_bytes(as_bytes(record))
    assert history._read(path) is None
