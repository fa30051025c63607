"""Actions: a row each, whoever proposed it, and the group's word on it through whatever partners do next week."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from icsassess.assessment.group_edits.edits import ACTIONS, GAPS
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import actions_as_json, gaps_as_json, status_as_json
from icsassess.domain.gap_ids import gap_id
from icsassess.locality.locality import Locality
from tests.support.frameworks import small_framework
from tests.support.returns_dsl import fill_in, locality_of, row
from tests.support.weeks_in_memory import Weeks

PARTNERS = {"NORTH": "Q1", "SOUTH": "Q1"}
HEADINGS = "Ref | Evidence | RAG | Gap | Action | Owner | Due date | Action status\n"
ASK = "Q1-PEX | Report | Red | No voices | Ask every carer | Head of Nursing | 2024-03-29 | In progress\n"
PHONE = "Q1-PEX | | | | Phone the clinics about opening hours | Matron | 2024-02-01 |\n"
TRAIN = "Q1-STF | Survey | Amber | No nights | Train the night staff | | |\n"
LETTERS = "Q1-PTN | Letters | Green | | Thank the writers | Clerk | 2024-02-09 |\n"
NORTH = HEADINGS + ASK + PHONE + TRAIN + LETTERS
SOUTH = HEADINGS + "Q1-PEX | Visit | Amber | No deaf people | | | |\n"


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    made = locality_of(tmp_path, PARTNERS)
    locality = Locality(made.folder, made.settings, small_framework(made.framework, {"Q1"}, "small"))
    weeks = Weeks(locality)
    send(weeks, NORTH)
    send(weeks, SOUTH, "SOUTH")
    weeks.merge()
    return weeks


def send(weeks: Weeks, text: str, partner: str = "NORTH") -> None:
    """Let a partner send a return in place of its last."""
    fill_in(weeks.locality, text, partner=partner, file=f"{partner}.xlsx")


# --- What partners propose


def test_every_action_that_a_partner_writes_is_one_with_its_name_and_its_cell(weeks: Weeks) -> None:
    assert list(weeks.actions) == ["A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2", "A-Q1-STF-NORTH", "A-Q1-PTN-NORTH"]
    action = weeks.actions["A-Q1-PEX-NORTH"]
    assert (action.proposed_by, action.ref, action.gap, action.rating) == ("NORTH", "Q1-PEX", "G-Q1-PEX", "Red")
    assert (action.file, action.sheet, action.row, action.cell) == (
        "returns/NORTH.xlsx", "Quality and safety", 5, "J5",
    )  # fmt: skip
    assert (action.owner, action.due_typed, action.status) == ("Head of Nursing", "", "In progress")


def test_an_action_on_a_line_that_is_no_gap_is_one_too(weeks: Weeks) -> None:
    assert weeks.merged is not None
    assert "Q1-PTN" not in {each.ref for each in weeks.merged.gaps}
    assert (weeks.actions["A-Q1-PTN-NORTH"].gap, weeks.actions["A-Q1-PTN-NORTH"].state) == ("", "planned")


def test_an_action_without_owner_or_date_is_incomplete_and_says_what_it_lacks(weeks: Weeks) -> None:
    action = weeks.actions["A-Q1-STF-NORTH"]
    assert (action.state, action.missing) == ("incomplete", ("owner", "due date"))


def test_a_gap_names_what_is_missing_and_who_proposes_nothing_for_it(weeks: Weeks) -> None:
    assert weeks.merged is not None
    one = row(weeks.merged.gaps, ref="Q1-PEX")
    assert one.stated == (("NORTH", "No voices"), ("SOUTH", "No deaf people"))
    assert one.no_proposal_from == ("SOUTH",)
    assert one.actions == ("A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2")
    assert (one.plan, one.missing) == ("plan incomplete", ("action",))


def test_one_that_falls_due_is_late_for_its_gap_the_next_day(weeks: Weeks) -> None:
    for _ in range(5):
        merged = weeks.merge()
    assert merged.as_at.isoformat() == "2024-02-07"
    assert weeks.actions["A-Q1-PEX-NORTH-2"].state == "overdue"
    one = row(merged.gaps, ref="Q1-PEX")
    assert (one.plan, one.late) == ("overdue", 1)


# --- The group's word


def test_the_group_takes_an_action_up_changes_it_and_says_no_to_another(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH", taken_up="Yes", owner="Director of Nursing", accountable="Chief Nurse")
    weeks.type("A-Q1-STF-NORTH", taken_up="no", why_not="It is being done")
    merged = weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].owner == "Director of Nursing"
    refused = weeks.actions["A-Q1-STF-NORTH"]
    assert (refused.taken_up, refused.why_not, refused.state, refused.missing) == (
        "No", "It is being done", "not taken up", (),
    )  # fmt: skip
    assert row(merged.gaps, ref="Q1-STF").plan == "needs a plan", "nobody does anything about it any more"
    assert weeks.merge().actions == merged.actions, "nothing moves when nobody moves anything"


def resubmitted(text: str) -> str:
    return text


def reordered(text: str) -> str:
    return (
        text.replace(ASK, "").replace(PHONE, "")
        + PHONE.replace("| | | |", "| Report | Red | No voices |")
        + (ASK.replace("Report | Red | No voices", "| |"))
    )


def reworded(text: str) -> str:
    return text.replace("Ask every carer", "Ask every unpaid carer we know").replace("about opening", "on opening")


@pytest.mark.parametrize("change", [resubmitted, reordered, reworded])
def test_what_the_group_typed_stays_with_its_action_whatever_the_partner_does(
    weeks: Weeks, change: Callable[[str], str]
) -> None:
    weeks.type("A-Q1-PEX-NORTH", update="Two thirds asked", taken_up="Yes")
    weeks.type("A-Q1-PEX-NORTH-2", taken_up="No", why_not="They have an app")
    weeks.beside(ACTIONS, "A-Q1-PEX-NORTH", "ours")
    send(weeks, change(NORTH))
    merged = weeks.merge()
    asked, phoned = weeks.actions["A-Q1-PEX-NORTH"], weeks.actions["A-Q1-PEX-NORTH-2"]
    assert ("carer" in asked.action, asked.update, asked.taken_up) == (True, "Two thirds asked", "Yes")
    assert ("clinics" in phoned.action, phoned.why_not) == (True, "They have an app")
    assert merged.carried.own_columns[ACTIONS]["Ours"] == {"A-Q1-PEX-NORTH": "ours"}
    assert len(merged.actions) == 4


def test_what_the_group_left_alone_follows_the_partner(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH", update="Begun")
    send(weeks, NORTH.replace("Head of Nursing", "Deputy Head").replace("2024-03-29", "2024-04-12"))
    weeks.merge()
    action = weeks.actions["A-Q1-PEX-NORTH"]
    assert (action.owner, action.due.isoformat() if action.due else "", action.update) == (
        "Deputy Head", "2024-04-12", "Begun",
    )  # fmt: skip


def test_where_both_changed_the_same_the_groups_is_kept_and_both_are_shown(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH", owner="Chief Nurse")
    send(weeks, NORTH.replace("Head of Nursing", "Deputy Head"))
    merged = weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].owner == "Chief Nurse"
    (conflict,) = merged.register.conflicts
    assert conflict == ("A-Q1-PEX-NORTH", "owner", "Chief Nurse", "Deputy Head")


def test_a_cell_that_the_group_emptied_stays_empty(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH", owner="")
    weeks.merge()
    weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].owner == ""


@pytest.mark.parametrize("typed", ["perhaps", "Yes, in part"])
def test_what_is_neither_yes_nor_no_is_a_point_and_stays_as_typed(weeks: Weeks, typed: str) -> None:
    weeks.type("A-Q1-PEX-NORTH", taken_up=typed)
    weeks.typed.covered["G-Q1-PEX"] = typed
    weeks.typed.cells[ACTIONS, "A-Q1-PEX-NORTH", "Taken up"] = "P6"
    merged = weeks.merge()
    assert (weeks.actions["A-Q1-PEX-NORTH"].taken_up, weeks.actions["A-Q1-PEX-NORTH"].state) == (typed, "planned")
    assert row(merged.gaps, ref="Q1-PEX").covered == typed
    points = {(point.sheet, point.cell, point.found) for point in weeks.points("group-edit-not-understood")}
    assert points == {(ACTIONS, "P6", typed), (GAPS, None, typed)}


def test_the_group_says_that_the_actions_cover_what_is_missing(weeks: Weeks) -> None:
    weeks.typed.covered["G-Q1-PEX"] = "y"
    one = row(weeks.merge().gaps, ref="Q1-PEX")
    assert (one.covered, one.plan, one.missing) == ("Yes", "planned", ())
    weeks.typed.covered["G-Q1-PEX"] = ""
    assert row(weeks.merge().gaps, ref="Q1-PEX").plan == "plan incomplete"


# --- Rows of the group's own


def test_an_action_of_the_groups_own_gets_a_name_that_is_never_given_again(weeks: Weeks) -> None:
    weeks.add("Q1-PEX", action="Hold a deaf café", owner="Chair", due="2024-05-01")
    merged = weeks.merge()
    assert list(weeks.actions)[2] == "A-Q1-PEX-GROUP", "behind those of partners on its line"
    assert weeks.actions["A-Q1-PEX-GROUP"].proposed_by == "group"
    assert (weeks.actions["A-Q1-PEX-GROUP"].file, weeks.actions["A-Q1-PEX-GROUP"].row) == ("", 0)
    assert merged.carried.as_json()["own_rows"] == 1
    weeks.type("A-Q1-PEX-GROUP", update="Booked")
    weeks.add("Q1-PEX", action="Ask the imam")
    weeks.merge()
    assert weeks.actions["A-Q1-PEX-GROUP"].update == "Booked"
    weeks.delete("A-Q1-PEX-GROUP-2")
    weeks.merge()
    assert "A-Q1-PEX-GROUP-2" not in weeks.actions, "the group takes out what is its own"
    assert weeks.points("group-row-deleted") == []
    weeks.add("q1-pex", action="Ask the vicar")
    weeks.merge()
    assert weeks.actions["A-Q1-PEX-GROUP-3"].action == "Ask the vicar"


def test_a_row_without_a_line_comes_last_until_somebody_types_its_line(weeks: Weeks) -> None:
    weeks.add("everywhere", action="Write it all down")
    weeks.merge()
    action = weeks.actions["A-GROUP"]
    assert (list(weeks.actions)[-1], action.ref, action.gap, action.rating) == ("A-GROUP", "everywhere", "", "")
    weeks.typed.refs["A-GROUP"] = "Q1-STF"
    merged = weeks.merge()
    assert (weeks.actions["A-GROUP"].ref, weeks.actions["A-GROUP"].gap) == ("Q1-STF", "G-Q1-STF")
    assert row(merged.gaps, ref="Q1-STF").actions == ("A-Q1-STF-NORTH", "A-GROUP")


def test_what_stands_beside_a_row_of_the_groups_own_stays_beside_it(weeks: Weeks) -> None:
    weeks.add("Q1-PEX", action="Hold a café", note="ask her", column="ours")
    for _ in range(2):
        merged = weeks.merge()
        assert merged.carried.own_columns[ACTIONS]["Ours"] == {"A-Q1-PEX-GROUP": "ours"}
        assert merged.carried.notes == {(ACTIONS, "A-Q1-PEX-GROUP", "Owner"): "ask her"}


# --- Withdrawn, deleted, and there again


def test_an_action_that_nobody_touched_goes_with_its_partners_word(weeks: Weeks) -> None:
    send(weeks, NORTH.replace(PHONE, ""))
    weeks.merge()
    assert "A-Q1-PEX-NORTH-2" not in weeks.actions
    assert weeks.kept() == []
    assert weeks.record is not None
    assert {action["id"]: action["current"] for action in weeks.record["actions"]}["A-Q1-PEX-NORTH-2"] is False


def test_what_the_group_typed_into_a_withdrawn_action_is_kept_and_comes_back_with_it(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH-2", update="Half done", taken_up="No", why_not="They have an app")
    weeks.beside(ACTIONS, "A-Q1-PEX-NORTH-2", "ours")
    weeks.note(ACTIONS, "A-Q1-PEX-NORTH-2", "Owner", "ask her")
    send(weeks, NORTH.replace(PHONE, ""))
    weeks.merge()
    assert "A-Q1-PEX-NORTH-2" not in weeks.actions
    kept = {(title, text) for key, title, text in weeks.kept() if key == "A-Q1-PEX-NORTH-2"}
    assert kept >= {
        ("Update", "Half done"),
        ("Why not", "They have an app"),
        ("Ours", "ours"),
        ("Note on Owner", "ask her"),
    }
    weeks.merge()
    send(weeks, NORTH)
    merged = weeks.merge()
    again = weeks.actions["A-Q1-PEX-NORTH-2"]
    assert (again.update, again.why_not, again.action) == (
        "Half done", "They have an app", "Phone the clinics about opening hours",
    )  # fmt: skip
    assert merged.carried.own_columns[ACTIONS]["Ours"] == {"A-Q1-PEX-NORTH-2": "ours"}
    assert merged.carried.notes == {(ACTIONS, "A-Q1-PEX-NORTH-2", "Owner"): "ask her"}
    assert weeks.kept() == []


def test_an_action_that_the_group_takes_up_stays_when_its_partner_withdraws_it(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH-2", taken_up="Yes")
    send(weeks, NORTH.replace(PHONE, ""))
    for _ in range(2):
        merged = weeks.merge()
        action = weeks.actions["A-Q1-PEX-NORTH-2"]
        assert (action.owner, action.proposed_by, action.ref, action.file) == ("Matron", "NORTH", "Q1-PEX", "")
        assert row(merged.gaps, ref="Q1-PEX").actions == ("A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2")
    assert weeks.kept() == []
    weeks.type("A-Q1-PEX-NORTH-2", taken_up="")
    weeks.merge()
    assert "A-Q1-PEX-NORTH-2" not in weeks.actions


def test_a_withdrawn_actions_name_is_given_to_no_other(weeks: Weeks) -> None:
    send(weeks, NORTH.replace(PHONE, ""))
    weeks.merge()
    send(weeks, NORTH.replace(PHONE, "Q1-PEX | | | | Buy a hearing loop | Estates | 2024-02-02 |\n"))
    weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH-3"].action == "Buy a hearing loop"


def test_a_partners_row_that_the_group_deleted_is_there_again_with_a_point(weeks: Weeks) -> None:
    weeks.type("A-Q1-PEX-NORTH", update="Begun")
    weeks.beside(ACTIONS, "A-Q1-PEX-NORTH", "ours")
    weeks.merge()
    weeks.delete("A-Q1-PEX-NORTH")
    merged = weeks.merge()
    assert weeks.actions["A-Q1-PEX-NORTH"].update == "Begun"
    assert merged.carried.own_columns[ACTIONS]["Ours"] == {"A-Q1-PEX-NORTH": "ours"}
    (point,) = weeks.points("group-row-deleted")
    assert (point.sheet, point.ref, point.found) == (ACTIONS, "Q1-PEX", "A-Q1-PEX-NORTH")


def test_covered_waits_for_a_gap_that_closes_and_opens_again(weeks: Weeks) -> None:
    weeks.typed.covered["G-Q1-STF"] = "Yes"
    weeks.beside(GAPS, "G-Q1-STF", "ours")
    send(weeks, NORTH.replace("Amber | No nights", "Green |"))
    weeks.merge()
    assert weeks.kept() == [("G-Q1-STF", "Covered", "Yes"), ("G-Q1-STF", "Ours", "ours")]
    assert weeks.actions["A-Q1-STF-NORTH"].gap == "", "its action is still one"
    send(weeks, NORTH)
    merged = weeks.merge()
    assert row(merged.gaps, ref="Q1-STF").covered == "Yes"
    assert merged.carried.own_columns[GAPS]["Ours"] == {"G-Q1-STF": "ours"}
    assert weeks.kept() == []


# --- What other programs read


def test_the_json_of_actions_and_gaps_is_the_contracts(weeks: Weeks) -> None:
    weeks.add("Q1-PEX", action="Hold a café", taken_up="Yes")
    merged = weeks.merge()
    actions = actions_as_json(merged.actions)
    assert actions[0] == {
        "id": "A-Q1-PEX-NORTH", "gap": "G-Q1-PEX", "ref": "Q1-PEX", "proposed_by": "NORTH", "action": "Ask every carer",
        "owner": "Head of Nursing", "accountable": None, "due": "2024-03-29", "status": "In progress",
        "evidenced_by": None, "date_evidenced": None, "update": None, "taken_up": None, "why_not": None,
        "state": "planned", "missing": [],
        "source": {"file": "returns/NORTH.xlsx", "sheet": "Quality and safety", "row": 5},
    }  # fmt: skip
    assert (actions[2]["proposed_by"], actions[2]["taken_up"], actions[2]["source"]) == ("group", True, None)
    gaps = gaps_as_json(merged.gaps)
    assert gaps[0]["stated"] == [
        {"partner": "NORTH", "text": "No voices"}, {"partner": "SOUTH", "text": "No deaf people"},
    ]  # fmt: skip
    assert gaps[0]["actions"] == ["A-Q1-PEX-NORTH", "A-Q1-PEX-NORTH-2", "A-Q1-PEX-GROUP"]
    assert gaps[0]["covered"] is False
    counted = {
        name: status_as_json(merged)[name] for name in ("agreed", "actions", "actions_overdue", "actions_incomplete")
    }
    assert counted == {"agreed": 0, "actions": 5, "actions_overdue": 0, "actions_incomplete": 2}


def test_the_names_of_gaps_and_actions_fit_together(weeks: Weeks) -> None:
    def fits(merged: Merged) -> bool:
        return all(
            one.actions == tuple(action.id for action in merged.actions if action.gap == gap_id(one.ref))
            for one in merged.gaps
        )

    assert weeks.merged is not None
    assert fits(weeks.merged)
