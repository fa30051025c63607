"""Two copies of a workbook, typed into apart: all of both is there, or the places where they differ are named."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from icsassess.assessment.group_edits.edits import ACTIONS, ASSESSMENT, GroupEdits, OwnAction, OwnSheet
from icsassess.assessment.group_edits.three_ways import reconcile

REFS = ("Q1-PEX", "Q1-STF", "Q1-PTN")
FIELDS = ("agreed", "agreed_reason", "agreed_on")
TEXT = st.text("RAGab ", max_size=4)
PLACES = st.dictionaries(st.tuples(st.sampled_from(REFS), st.sampled_from(FIELDS)), TEXT, max_size=5)


def edits(texts: dict[tuple[str, str], str] | None = None) -> GroupEdits:
    """Give a workbook in which these are typed and all else is empty."""
    typed = texts or {}
    return GroupEdits(agreed={ref: {name: typed.get((ref, name), "") for name in FIELDS} for ref in REFS})


def agreed(result: GroupEdits) -> dict[tuple[str, str], str]:
    return {(ref, name): text for ref, texts in result.agreed.items() for name, text in texts.items() if text}


@given(PLACES, PLACES, PLACES)
def test_what_was_typed_into_different_places_is_all_there(
    before: dict[tuple[str, str], str], ours: dict[tuple[str, str], str], theirs: dict[tuple[str, str], str]
) -> None:
    theirs = {place: text for place, text in theirs.items() if place not in ours}
    result = reconcile(edits({**before, **ours}), edits({**before, **theirs}), edits(before))
    assert agreed(result.edits) == agreed(edits({**before, **ours, **theirs}))
    assert result.conflicts == []


@given(PLACES, PLACES, PLACES)
def test_where_both_typed_something_else_ours_stays_and_the_place_is_named_with_both(
    before: dict[tuple[str, str], str], ours: dict[tuple[str, str], str], theirs: dict[tuple[str, str], str]
) -> None:
    result = reconcile(edits({**before, **ours}), edits({**before, **theirs}), edits(before))
    was = {place: before.get(place, "") for place in {*ours, *theirs}}
    differ = {
        place
        for place in ours.keys() & theirs.keys()
        if theirs[place] and len({was[place], ours[place], theirs[place]}) == 3
    }
    assert {(conflict.place.key, conflict.theirs) for conflict in result.conflicts} == {
        (place[0], theirs[place]) for place in differ
    }
    for place in ours:
        if ours[place] != was[place]:
            assert result.edits.agreed[place[0]][place[1]] == ours[place]


@given(PLACES, PLACES)
def test_a_copy_that_was_only_saved_again_changes_nothing(
    before: dict[tuple[str, str], str], ours: dict[tuple[str, str], str]
) -> None:
    own = edits({**before, **ours})
    result = reconcile(own, edits(before), edits(before))
    assert (list(result.edits.facts()), result.taken, result.conflicts) == (list(own.facts()), [], [])


def test_what_a_later_merge_took_from_the_copy_is_settled_even_where_the_group_changed_it_since() -> None:
    place = ("Q1-PEX", "agreed")
    result = reconcile(edits({place: "Green"}), edits({place: "Amber"}), edits(), edits({place: "Amber"}))
    assert (agreed(result.edits), result.taken, result.conflicts) == ({place: "Green"}, [], [])


def test_what_is_emptied_in_the_copy_is_emptied_where_nobody_touched_it_here() -> None:
    place = ("Q1-PEX", "agreed")
    assert agreed(reconcile(edits({place: "Red"}), edits(), edits({place: "Red"})).edits) == {}
    assert agreed(reconcile(edits({place: "Green"}), edits(), edits({place: "Red"})).edits) == {place: "Green"}


def test_what_partners_proposed_in_the_copy_was_typed_by_nobody() -> None:
    theirs = GroupEdits(actions={"A-Q1-PEX-NORTH": {"owner": "Matron"}})
    ours = GroupEdits(actions={"A-Q1-PEX-NORTH": {"owner": "Chair"}})
    result = reconcile(ours, theirs, GroupEdits(), proposed={"A-Q1-PEX-NORTH": {"owner": "Matron"}})
    assert (result.edits.actions, result.taken, result.conflicts) == (ours.actions, [], [])


def test_rows_of_the_group_come_from_both_copies_also_where_they_were_given_one_number() -> None:
    ours = GroupEdits(
        actions={"A-Q1-PEX-GROUP": {"action": "Ask the board"}}, own_actions=[OwnAction("Q1-STF", {"action": "A"})]
    )
    theirs = GroupEdits(
        actions={"A-Q1-PEX-GROUP": {"action": "Ask carers"}}, own_actions=[OwnAction("Q1-PTN", {"action": "B"})]
    )
    result = reconcile(ours, theirs, GroupEdits())
    rows = sorted(row.texts["action"] for row in result.edits.own_actions)
    assert (rows, result.conflicts) == (["A", "Ask carers", "B"], [])
    assert result.edits.actions == ours.actions


def test_sheets_columns_and_notes_of_the_groups_own_come_from_both_copies() -> None:
    base = GroupEdits(own_sheets=[OwnSheet("Minutes", {(1, 1): "Present"})])
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours.own_sheets[0] = OwnSheet("Minutes", {(1, 1): "Present", (2, 1): "Chair"})
    theirs.own_sheets[0] = OwnSheet("Minutes", {(1, 1): "Present", (3, 1): "Nurse"})
    theirs.own_sheets.append(OwnSheet("Risks", {(1, 1): "One"}))
    theirs.own_columns[ASSESSMENT] = {"Lead": {"Q1-PEX": "Chair"}}
    theirs.notes[ACTIONS, "A-Q1-PEX-NORTH", "Owner"] = "Ask again"
    result = reconcile(ours, theirs, base)
    assert [sheet.title for sheet in result.edits.own_sheets] == ["Minutes", "Risks"]
    assert result.edits.own_sheets[0].cells == {(1, 1): "Present", (2, 1): "Chair", (3, 1): "Nurse"}
    assert result.edits.own_columns == theirs.own_columns
    assert result.edits.notes == theirs.notes
    assert result.conflicts == []
