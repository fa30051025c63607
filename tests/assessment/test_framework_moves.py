"""Frameworks move: what was said of an earlier version is followed, offered or kept, and never lost."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from icsassess.domain.framework import Framework, framework, framework_ids
from icsassess.domain.line_mapping import (
    Edition,
    describe_moves,
    has_mapping_from,
    map_line,
    map_statement,
    previous_edition,
)
from icsassess.domain.problems import make_problem
from icsassess.locality import new_locality
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.feedback.write import write_feedback
from icsassess.returns.reading.earlier_framework import migrate_problems
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.merging.in_memory import merge_in_memory
from icsassess.workbook.merging.next_round import take_over
from tests.support.frameworks import MOVED, made_up
from tests.support.ready_locality import cell_of
from tests.support.returns_dsl import AS_AT, checked, fill_in, locality_of, points, row, rows

THEN, NOW = made_up("1"), made_up("2")
FIRST = Edition("made-up", "1")


def place(folder: Path, used: Any, partners: dict[str, str] | None = None) -> Locality:
    """Make a locality on an edition of the made-up framework."""
    made = locality_of(folder, {"NORTH": ""})
    settings = made.settings.model_copy(update={"framework": used.id})
    return Locality(made.folder, settings, used)


# --- The data


def test_renamed_split_merged_and_dropped_statements_are_told_apart() -> None:
    assert map_line(NOW, FIRST, "A1-DOC").refs == ("A5-DOC",)
    assert map_line(NOW, FIRST, "A2-DOC").refs == ("A1-DOC",)
    assert (map_line(NOW, FIRST, "B1-DOC").refs, map_line(NOW, FIRST, "B1-DOC").split) == (("B1-DOC", "B5-DOC"), True)
    assert [map_statement(NOW, FIRST, code) for code in ("B2", "B4")] == [("B4",), ("B4",)]
    dropped = map_line(NOW, FIRST, "B3-DOC")
    assert (dropped.refs, dropped.reason) == ((), "it is asked for elsewhere")
    assert describe_moves(NOW, FIRST) == [
        "A1 is now A5", "A2 is now A1", "B1 was split into B1 and B5", "B2 is now B4",
        "B3 was dropped (it is asked for elsewhere)",
    ]  # fmt: skip


def test_an_earlier_edition_is_made_again_from_what_the_newer_one_tells() -> None:
    was = previous_edition(NOW, FIRST)
    assert {code: found.title for code, found in was.statement_by_code.items()} == {
        **{code: found.title for code, found in THEN.statement_by_code.items()},
        "C1": "Something new",
    }, "of what is new nobody says that it was not there before; a return is not blamed for it"


def test_only_an_edition_that_the_framework_speaks_of_is_followed() -> None:
    assert has_mapping_from(NOW, FIRST)
    assert not has_mapping_from(NOW, Edition("made-up", "2"))
    assert not has_mapping_from(NOW, Edition("made-up", "1.5"))
    assert not has_mapping_from(NOW, Edition("cqc-ics-2023", "2023-1"))
    assert map_line(NOW, Edition("another", "1"), "C1-DOC").refs == (), "codes of another framework mean something else"


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_told_of_one_version_counts_before_what_is_told_of_any(order: int) -> None:
    of_any = {"from": "made-up/A1", "to": ["A5"]}
    of_the_first = {"from": "made-up/A1", "version": "1", "to": ["B5"]}
    current = made_up("2", moved=[of_any, of_the_first][::order])
    assert map_line(current, FIRST, "A1-DOC").refs == ("B5-DOC",)
    assert map_line(current, Edition("made-up", "0.9"), "A1-DOC").refs == ("A5-DOC",)


def test_a_line_of_a_split_statement_is_split_also_where_only_one_part_has_its_category() -> None:
    content = NOW.model_dump(by_alias=True)
    (large_teams,) = (one for theme in content["theme"] for one in theme["statement"] if one["code"] == "B5")
    large_teams["categories"] = ("TALK",)
    current = type(NOW).model_validate(content)
    assert map_line(current, FIRST, "B1-DOC")[:2] == (("B1-DOC",), True)
    assert map_line(current, FIRST, "B1-TALK")[:2] == (("B1-TALK", "B5-TALK"), True)


@pytest.mark.parametrize(
    "moved",
    [
        [{"from": "made-up/A1", "to": ["Z9"]}],
        [{"from": "made-up/A1"}],
        [{"from": "made-up/A1", "reason": "  "}],
        [{"from": "A1", "to": ["A5"]}],
        [MOVED[0], MOVED[0]],
    ],
    ids=["to nothing there", "nowhere", "without a reason", "from no framework", "twice"],
)
def test_moves_that_cannot_be_are_refused(moved: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        made_up("2", moved=moved)


def test_nothing_is_made_up_of_how_cqcs_frameworks_moved() -> None:
    assert [found for found in framework_ids() if framework(found).moves] == []


# --- A return on the earlier version

ANSWERS = """
Ref    | Evidence      | RAG   | Reason for rating | Action
A1-DOC | Home report   | Green | Seen              |
A2-DOC | Ward report   | Amber | Partly            | Repeat the survey
B1-DOC | Team list     | Red   | Too few           | Recruit
B2-DOC | Courses       | Green | Done              |
B4-DOC | Budget        | Amber | Late              |
B3-DOC | Car park plan | Green | Fine              | Paint the lines
"""


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("returned")
    fill_in(place(folder, THEN), ANSWERS)
    return checked(place(folder, NOW))


def test_entries_follow_renamed_lines_also_where_their_code_is_anothers_now(returned: Any) -> None:
    assert row(returned.entries, ref="A5-DOC").evidence == "Home report"
    assert [(found.evidence, found.rating) for found in rows(returned.entries, ref="A1-DOC")] == [
        ("Ward report", "Amber")
    ]


def test_of_merged_lines_both_entries_stand_and_the_worse_rating_counts(returned: Any) -> None:
    assert [found.evidence for found in rows(returned.entries, ref="B4-DOC")] == ["Courses", "Budget"]
    assert row(returned.lines, ref="B4-DOC").rating == "Amber"


def test_a_split_line_is_offered_to_each_part_without_its_rating(returned: Any) -> None:
    for ref in ("B1-DOC", "B5-DOC"):
        found = row(returned.entries, ref=ref)
        assert (found.evidence, found.rating, found.reason) == ("Team list", "", "Too few")
        assert "To be confirmed: it stood at B1-DOC, which was split; rated Red there" in found.own_columns
        assert row(returned.lines, ref=ref).rating == ""
    (problem,) = points(returned.returns[0], "return-lines-split")
    assert "B1-DOC is now B1-DOC and B5-DOC" in problem.message


def test_what_has_no_place_stays_as_an_entry_without_a_line_and_is_named(returned: Any) -> None:
    found = row(returned.entries, evidence="Car park plan")
    assert (found.ref, found.rating) == ("", "Green")
    (problem,) = points(returned.returns[0], "return-lines-dropped")
    assert "B3-DOC (it is asked for elsewhere)" in problem.message


def test_an_earlier_return_is_accepted_and_not_blamed_for_lines_it_never_had(returned: Any) -> None:
    (read,) = returned.returns
    assert not read.refused
    assert points(read, "wrong-framework") == points(read, "line-missing") == points(read, "note-on-cell") == []
    assert "A1 is now A5" in points(read, "return-on-an-earlier-framework")[0].message


def test_points_on_an_earlier_return_name_the_line_of_today() -> None:
    told = [
        make_problem("line-read-from-titles", ref=ref, found="is missing", how="so")
        for ref in ("A2-DOC", "B1-DOC", "B3-DOC")
    ]
    assert [found.ref for found in migrate_problems(told, NOW, FIRST)] == ["A1-DOC", None, None]


def test_an_earlier_return_is_handed_back_marked(tmp_path: Path) -> None:
    fill_in(place(tmp_path, THEN), ANSWERS)
    here = place(tmp_path, NOW)
    (read,) = checked(here).returns
    (copy,) = write_feedback([(tmp_path / read.file, read)], here)
    said = {str(cell.value) for sheet in openpyxl.load_workbook(copy) for row in sheet for cell in row if cell.value}
    assert any("Please confirm a rating for each of these lines" in text for text in said)


def test_a_return_on_a_framework_that_nobody_speaks_of_is_still_refused(tmp_path: Path) -> None:
    fill_in(place(tmp_path, THEN), ANSWERS, properties={"icsassess.framework": "other"})
    assert "wrong-framework" in [p.code for p in checked(place(tmp_path, NOW)).returns[0].problems]


# --- The group's workbook on the earlier version


def type_in(path: Path, sheet: str, typed: dict[str, dict[str, object]]) -> None:
    book = openpyxl.load_workbook(path)
    for key, texts in typed.items():
        for title, text in texts.items():
            book[sheet][cell_of(book[sheet], key, title)] = text
    book.save(path)


def agreed(rating: str) -> dict[str, object]:
    return {"Agreed RAG": rating, "Reason for agreed RAG": f"We said {rating}"}


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Give what a merge on the newer version makes of a workbook that the group worked on before it moved."""
    folder = tmp_path_factory.mktemp("worked")
    fill_in(place(folder, THEN), ANSWERS)
    _, path = merge_and_write(place(folder, THEN), AS_AT)
    ratings = {"A1-DOC": "Amber", "A2-DOC": "Red", "B1-DOC": "Green", "B2-DOC": "Red", "B4-DOC": "Green"}
    type_in(path, "Assessment", {ref: agreed(rating) for ref, rating in {**ratings, "B3-DOC": "Amber"}.items()})
    actions = {f"A-{ref}-NORTH": {"Action": f"Mend {ref}"} for ref in ("A2-DOC", "B1-DOC", "B3-DOC")}
    type_in(path, "Actions", actions)
    return merge_and_write(place(folder, NOW), AS_AT + datetime.timedelta(weeks=1))


def before_column(merged: Any, sheet: str) -> Any:
    return merged.carried.own_columns.get(sheet, {}).get("Before the framework moved", {})


def test_agreed_ratings_and_actions_follow_renamed_lines(worked_on: tuple[Any, Path]) -> None:
    merged, _ = worked_on
    assert (row(merged.lines, ref="A5-DOC").agreed, row(merged.lines, ref="A1-DOC").agreed) == ("Amber", "Red")
    assert row(merged.lines, ref="A5-DOC").agreed_reason == "We said Amber"
    assert not row(merged.lines, ref="A5-DOC").changed_since_agreed, "the partner says what it said then"
    assert row(merged.actions, ref="A1-DOC").action == "Mend A2-DOC"
    assert row(merged.gaps, ref="A1-DOC").actions == ("A-A1-DOC-NORTH",)


def test_what_was_split_or_merged_is_offered_to_be_confirmed_and_decides_nothing(worked_on: tuple[Any, Path]) -> None:
    merged, path = worked_on
    for ref in ("B1-DOC", "B5-DOC", "B4-DOC"):
        assert row(merged.lines, ref=ref).agreed == ""
    offered = before_column(merged, "Assessment")
    for ref in ("B1-DOC", "B5-DOC"):
        assert offered[ref] == (
            "B1-DOC: Agreed RAG: Green; Reason for agreed RAG: We said Green: to be confirmed"
        )  # fmt: skip
    assert [text.split(":")[0] for text in offered["B4-DOC"].splitlines()] == ["B2-DOC", "B4-DOC"]
    actions = before_column(merged, "Gaps")
    assert {key: "Action: Mend B1-DOC" in text for key, text in actions.items()} == {
        "G-B1-DOC": True, "G-B5-DOC": True,
    }  # fmt: skip
    book = openpyxl.load_workbook(path)
    assert any("to be confirmed" in str(cell.value) for row in book["Assessment"] for cell in row)


def test_what_has_no_place_stands_on_kept_from_before(worked_on: tuple[Any, Path]) -> None:
    merged, path = worked_on
    kept = {(found.key, found.title): found.text for found in merged.carried.kept}
    assert kept["B3-DOC of 1", "Agreed RAG"] == "Amber"
    assert kept["B3-DOC of 1", "Reason for agreed RAG"] == "We said Amber"
    assert kept["A-B3-DOC of 1-NORTH", "Action"] == "Mend B3-DOC"
    assert "Kept from before" in openpyxl.load_workbook(path).sheetnames


def test_it_is_said_and_what_only_moved_is_no_change(worked_on: tuple[Any, Path]) -> None:
    merged, _ = worked_on
    (problem,) = [found for found in merged.problems if found.code == "framework-moved"]
    assert "B1 was split into B1 and B5" in problem.message
    about = [change for change in merged.changes.changes if change.ref in ("A5-DOC", "A1-DOC")]
    assert [change.sentence for change in about if change.kind.startswith(("rating", "line"))] == [
        "A1-DOC fell from Amber to Red: the group agreed it.",
        "A5-DOC fell from Green to Amber: the group agreed it.",
    ], "each compared with the line that it was"


def test_the_merge_after_that_moves_nothing_again(worked_on: tuple[Any, Path]) -> None:
    first, path = worked_on
    again, _ = merge_and_write(place(path.parent.parent, NOW), AS_AT + datetime.timedelta(weeks=2))
    assert [found for found in again.problems if found.code == "framework-moved"] == []
    assert row(again.lines, ref="A1-DOC").agreed == "Red"
    assert before_column(again, "Assessment") == before_column(first, "Assessment")
    assert {found.key for found in again.carried.kept} == {found.key for found in first.carried.kept}


# --- The next round on another framework


def renewed() -> Framework:
    """Give another framework, which says what became of the made-up one."""
    return made_up("2", id="renewed")


@pytest.fixture(scope="module")
def next_round(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Locality]:
    """Give what a round on another framework takes over from one on the made-up framework."""
    folder = tmp_path_factory.mktemp("rounds")
    earlier = place(folder / "earlier", THEN)
    fill_in(earlier, ANSWERS)
    _, path = merge_and_write(earlier, AS_AT)
    type_in(path, "Assessment", {ref: agreed("Amber") for ref in ("A1-DOC", "B1-DOC", "B3-DOC")})
    new = place(folder / "new", renewed())
    return take_over(merge_in_memory(earlier, AS_AT), new), new


def test_the_next_round_takes_evidence_over_to_where_its_line_is_now(next_round: tuple[Any, Locality]) -> None:
    last, _ = next_round
    assert {(found.ref, found.evidence) for found in last.evidence} == {
        ("A5-DOC", "Home report"), ("A1-DOC", "Ward report"), ("B1-DOC", "Team list"), ("B5-DOC", "Team list"),
        ("B4-DOC", "Courses"), ("B4-DOC", "Budget"),
    }  # fmt: skip
    assert {found.rating for found in last.evidence_of("NORTH", "B5-DOC")} == {"Red for B1-DOC, which was split"}


def test_agreed_ratings_are_offered_to_be_confirmed_where_their_line_is_now(next_round: tuple[Any, Locality]) -> None:
    last, _ = next_round
    assert last.to_be_confirmed == {
        "A5-DOC": "Amber: to be confirmed",
        "B1-DOC": "Amber for B1-DOC, which was split: to be confirmed",
        "B5-DOC": "Amber for B1-DOC, which was split: to be confirmed",
    }


def test_what_the_next_round_has_no_place_for_is_shown_in_its_first_workbook(next_round: tuple[Any, Locality]) -> None:
    _, new = next_round
    merged, path = merge_and_write(new, AS_AT)
    kept = {(found.key, found.title): found.text for found in merged.carried.kept}
    assert kept == {
        ("B3-DOC of 1", "Evidence of NORTH"): "Car park plan",
        ("B3-DOC of 1", "Agreed RAG"): "Amber We said Amber",
    }
    assert "Kept from before" in openpyxl.load_workbook(path).sheetnames


def test_codes_that_mean_something_else_in_another_framework_take_nothing_over(tmp_path: Path) -> None:
    system = locality_of(tmp_path / "system", {"NORTH": "L1"})
    fill_in(system, "Ref | Evidence | RAG\nL1-PEX | Vision | Green")
    council = locality_of(tmp_path / "council", {"NORTH": ""}, framework="cqc-la-2023")
    last = take_over(merge_in_memory(system, AS_AT), council)
    assert (last.evidence, last.unplaced) == ((), ()), "L1 is another statement there; borrow offers what both share"


def test_partners_are_asked_for_what_their_statements_are_now(monkeypatch: pytest.MonkeyPatch) -> None:
    editions = {"made-up": THEN, "renewed": renewed()}
    monkeypatch.setattr(new_locality, "framework_of", editions.__getitem__)
    monkeypatch.setattr(new_locality, "framework_ids", lambda: list(editions))
    partner = Partner(code="NORTH", name="Northern Trust", statements=("A1", "B1", "B3"))
    assert new_locality._asked_in(partner, "made-up", "renewed").statements == ("A5", "B1", "B5")
    assert new_locality._asked_in(partner, "made-up", "another").statements is None


def test_an_edition_is_never_moved_to_itself() -> None:
    moved = [{"from": "made-up/B1", "to": ["B5"]}]
    current = made_up("2", moved=moved)
    assert map_line(current, Edition("made-up", "2"), "B1-DOC").refs == ("B1-DOC",)
    assert map_line(current, Edition("made-up", "any other"), "B1-DOC").refs == ("B5-DOC",)
