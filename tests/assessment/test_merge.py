"""Many returns become one view: ratings, suggested ratings, agreement, gaps with their reasons, and plans."""

from __future__ import annotations

import datetime
import io
import itertools
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.assessment.group_edits.decisions import Agreed, Decisions
from icsassess.assessment.merging.merge import has_refused_return
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import (
    gaps_as_json,
    lines_as_json,
    merge_as_json,
    returns_as_json,
    status_as_json,
)
from icsassess.assessment.ratings.combine import agreement, combine_ratings
from icsassess.domain.combining import COMBINE, Combine
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.problems import Refusal
from icsassess.domain.rag import Vocabulary, vocabulary
from icsassess.locality.locality import Locality, open_locality
from icsassess.returns.checking.check import Checked, check_all
from icsassess.tables.validation import NotAsDescribed
from icsassess.workbook.write import locality_workbook
from tests.support.returns_dsl import (
    AS_AT,
    Found,
    checked,
    fill_in,
    locality_of,
    merged,
    merged_again,
    points,
    read,
    row,
    rows,
    saved_on,
)

PARTNERS = {"NORTH": "Q1 I1", "SOUTH": "Q1", "EAST": "Q1", "WEST": "I1"}
NORTH = """
    Ref    | Evidence      | Evidence date | RAG   | Reason for rating | Gap        | Action   | Owner | Due date   | Action status
    Q1-PEX | Annual report | 2023-11-14    | Green |                   |            |          |       |            |
    Q1-PEX | Survey        | 2022-01-01    |       |                   |            |          |       |            |
    Q1-STF | Staff survey  | 2023-11-14    | Green |                   |            |          |       |            |
    Q1-PTN | Partners said | 2023-11-14    | Green |                   |            |          |       |            |
    Q1-OBS |               |               | N/A   | No inpatients     |            |          |       |            |
    Q1-OUT |               |               | Green |                   |            |          |       |            |
    I1-PEX |               |               | N/A   | No pathways       |            |          |       |            |
    I1-STF | Old audit     | 2023-01-09    | Green |                   |            |          |       |            |
    I1-PTN | Letter        | 2023-11-14    | Red   |                   | Thresholds | Agree it | Head  | 2024-01-10 | Not started
    I1-OBS | Visits        | 2023-11-14    | Amber |                   |            | Visit    | Head  | 2024-01-09 | In progress
    I1-PRO | Policy        | 2023-11-14    | Amber |                   |            | Revise   | Head  | 2023-12-01 | Delivered
    I1-OUT | Data          | 2023-11-14    | Amber |                   |            | Count    | Head  | ongoing    |
"""  # noqa: E501
SOUTH = """
    Ref    | Evidence      | RAG          | Gap              | Action      | Owner | Due date
    Q1-PEX | Patient group | Red          | Nobody from X    | Ask them    | Head  | 2024-03-29
    Q1-STF | Staff letter  | Amber        | No night staff   |             |       |
    Q1-PTN | Partners said | Green        |                  |             |       |
    Q1-OBS |               | Not assessed |                  |             |       |
"""
WEST = """
    Ref    | Evidence | RAG   | Reason for rating
    I1-PEX |          | N/A   | No pathways
    I1-STF |          | N/A   | No pathways
    I1-PTN | Minutes  | Amber | No minutes since
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    made = locality_of(tmp_path_factory.mktemp("merge"), PARTNERS)
    for partner, text in (("NORTH", NORTH), ("SOUTH", SOUTH), ("WEST", WEST)):
        fill_in(made, text, partner=partner)
    return made


@pytest.fixture(scope="module")
def received(place: Locality) -> Checked:
    return checked(place)


@pytest.fixture(scope="module")
def view(place: Locality, received: Checked) -> Merged:
    return merged_again(received, place)


def line(view: Merged, ref: str) -> dict[str, Any]:
    (found,) = [line for line in lines_as_json(view) if line["ref"] == ref]
    return found


def gap(view: Merged, ref: str) -> dict[str, Any] | None:
    return next((gap for gap in gaps_as_json(view.gaps) if gap["ref"] == ref), None)


# --- Ratings of a line


@pytest.mark.parametrize(
    ("ref", "ratings", "suggestion", "agreed", "evidence"),
    [
        pytest.param(
            "Q1-PEX", {"NORTH": "Green", "SOUTH": "Red", "EAST": "No return"}, "Red", "red and green", 3, id="far apart"
        ),
        pytest.param(
            "Q1-STF", {"NORTH": "Green", "SOUTH": "Amber", "EAST": "No return"}, "Amber", "one step apart", 2, id="near"
        ),
        pytest.param(
            "Q1-PTN", {"NORTH": "Green", "SOUTH": "Green", "EAST": "No return"}, "Green", "all agree", 2, id="agreed"
        ),
        pytest.param(
            "Q1-OBS",
            {"NORTH": "Not applicable", "SOUTH": "Not assessed", "EAST": "No return"},
            "Not assessed",
            "none",
            0,
            id="one says not applicable, one has not looked",
        ),
        pytest.param(
            "Q1-PRO", {"NORTH": None, "SOUTH": None, "EAST": "No return"}, None, "none", 0, id="left blank by both"
        ),
        pytest.param(
            "I1-PEX",
            {"NORTH": "Not applicable", "WEST": "Not applicable"},
            "Not applicable",
            "none",
            0,
            id="applies to none of those asked",
        ),
        pytest.param("Q2-PEX", {}, None, "none", 0, id="nobody was asked"),
    ],
)
def test_a_line_shows_each_partners_rating_and_what_they_make_together(
    ref: str, ratings: dict[str, str | None], suggestion: str | None, agreed: str, evidence: int, view: Merged
) -> None:
    found = line(view, ref)
    assert found["ratings"] == ratings
    assert (found["suggested"], found["rating"], found["agreed"]) == (suggestion, suggestion, None)
    assert (found["agreement"], found["evidence"]) == (agreed, evidence)


def test_there_is_one_line_for_each_line_of_the_framework_in_its_order(view: Merged) -> None:
    assert [line["ref"] for line in lines_as_json(view)] == list(view.locality.framework.line_by_ref)
    assert len(view.lines) == 102


def test_blank_not_assessed_not_applicable_no_return_and_not_asked_are_five_different_things(view: Merged) -> None:
    assert line(view, "Q1-PRO")["ratings"]["NORTH"] is None
    assert line(view, "Q1-OBS")["ratings"]["SOUTH"] == "Not assessed"
    assert line(view, "Q1-OBS")["ratings"]["NORTH"] == "Not applicable"
    assert line(view, "Q1-OBS")["ratings"]["EAST"] == "No return"
    assert "WEST" not in line(view, "Q1-OBS")["ratings"]


R, A, G, NA, NOT, BLANK, NONE = "Red", "Amber", "Green", "Not applicable", "Not assessed", "", "No return"


@pytest.mark.parametrize(
    ("ratings", "worst", "majority"),
    [
        pytest.param([G, G, G, R], R, G, id="three Greens and a Red"),
        pytest.param([G, G, A, A], A, A, id="as many Greens as Ambers: the worse"),
        pytest.param([R, G, G, R, A], R, R, id="as many Reds as Greens: the worse"),
        pytest.param([R, A, G], R, R, id="one of each"),
        pytest.param([G, NA, NA, NA], G, G, id="Not applicable has no vote"),
        pytest.param([G, NOT, NOT, NOT], G, G, id="Not assessed has no vote"),
        pytest.param([A, BLANK, BLANK, NONE], A, A, id="neither has a blank or a missing return"),
        pytest.param([BLANK, BLANK], "", "", id="blanks alone are no rating"),
        pytest.param([NONE, NONE], "", "", id="missing returns alone are no rating"),
        pytest.param([NA, NA], NA, NA, id="all say Not applicable"),
        pytest.param([NA, BLANK], "", "", id="Not applicable and a blank"),
        pytest.param([NA, NONE], "", "", id="Not applicable and no return"),
        pytest.param([NA, NOT], NOT, NOT, id="Not applicable and Not assessed"),
        pytest.param([NOT, BLANK], NOT, NOT, id="Not assessed and a blank"),
        pytest.param([], "", "", id="nobody was asked"),
    ],
)
def test_the_suggested_rating_is(ratings: list[str], worst: str, majority: str) -> None:
    for given in itertools.permutations(ratings):
        assert combine_ratings(given, "worst", vocabulary()) == worst
        assert combine_ratings(given, "majority", vocabulary()) == majority


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        pytest.param([[R], [R]], "all agree", id="two Reds"),
        pytest.param([[R], [A]], "one step apart", id="Red and Amber"),
        pytest.param([[A], [G]], "one step apart", id="Amber and Green"),
        pytest.param([[R], [G]], "red and green", id="Red and Green"),
        pytest.param([[R], [A], [G]], "red and green", id="all three"),
        pytest.param([[G], [NA], [NOT], [BLANK], [NONE], [G]], "all agree", id="what is no colour takes no part"),
        pytest.param([[G], [NA], [NOT], [BLANK]], "one partner only", id="one colour, and nobody else says so"),
        pytest.param([[G, G]], "one partner only", id="two returns of one partner that agree"),
        pytest.param([[G, R], [BLANK]], "red and green", id="two returns of one partner that do not"),
        pytest.param([[NA], [NOT], [BLANK], [NONE]], "none", id="no colour at all"),
        pytest.param([], "none", id="nobody asked"),
    ],
)
def test_the_partners_agreement_is(ratings: list[list[str]], expected: str) -> None:
    assert agreement(ratings, vocabulary()) == expected


def test_returns_of_one_partner_that_disagree_count_as_they_are(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": {"returns": "many", "statements": ("Q1",)}})
    for name, rating in (("one", "Red"), ("two", "Green")):
        text = f"Ref | Evidence | RAG\nQ1-PEX | A | {rating}\nQ1-STF | B | Red"
        fill_in(place, text, file=f"{name}.xlsx", cover={"Organisation": name})
    view = merged(place)
    assert [line.agreement for line in view.lines[:2]] == ["red and green", "one partner only"]


def test_the_majority_rule_of_the_settings_is_used(received: Checked, place: Locality) -> None:
    rules = place.settings.rules.model_copy(update={"combine": "majority"})
    other = replace(place, settings=place.settings.model_copy(update={"rules": rules}))
    found = merged_again(received, other)
    assert line(found, "Q1-PEX")["suggested"] == "Red"  # one Red, one Green: the worse
    assert line(found, "I1-PTN")["suggested"] == "Red"


def test_an_agreed_rating_counts_before_the_suggested_one_and_both_are_shown(
    received: Checked, place: Locality
) -> None:
    agreed = {"Q1-PEX": Agreed("Amber", "Discussed", datetime.date(2024, 1, 9)), "I1-PEX": Agreed("Red", "It does")}
    found = merged_again(received, place, Decisions(agreed=agreed))
    assert [line(found, "Q1-PEX")[key] for key in ("suggested", "agreed", "rating")] == ["Red", "Amber", "Amber"]
    assert [line(found, "I1-PEX")[key] for key in ("suggested", "agreed", "rating")] == ["Not applicable", "Red", "Red"]
    settled = gap(found, "Q1-PEX")
    assert settled is not None
    assert "red and green" not in settled["reasons"]
    assert "red" not in settled["reasons"]
    assert "amber" in settled["reasons"]
    assert "red" in (gap(found, "I1-PEX") or {})["reasons"]


# --- Gaps and plans


@pytest.mark.parametrize(
    ("ref", "reasons", "partners", "plan", "missing"),
    [
        pytest.param(
            "Q1-PEX",
            {"red and green", "red", "stated by partner"},
            ["NORTH", "SOUTH"],
            "to be moderated",
            [],
            id="a disagreement is moderated first, whatever is planned",
        ),
        pytest.param(
            "Q1-STF",
            {"amber", "stated by partner"},
            ["SOUTH"],
            "needs a plan",
            ["action"],
            id="Amber without an action",
        ),
        pytest.param(
            "Q1-OBS",
            {"not assessed", "no evidence"},
            ["SOUTH", "EAST"],
            "needs a plan",
            ["action"],
            id="not assessed: the one it does not apply to is not asked for it",
        ),
        pytest.param(
            "Q1-PRO",
            {"not assessed", "no evidence"},
            ["NORTH", "SOUTH", "EAST"],
            "needs a plan",
            ["action"],
            id="left blank by everybody",
        ),
        pytest.param(
            "Q1-OUT",
            {"no evidence", "green without evidence"},
            ["NORTH", "SOUTH", "EAST"],
            "needs a plan",
            ["action"],
            id="Green with nothing behind it",
        ),
        pytest.param(
            "I1-STF",
            {"stale evidence"},
            ["NORTH"],
            "needs a plan",
            ["action"],
            id="old evidence only",
        ),
        pytest.param(
            "I1-PTN",
            {"red", "stated by partner"},
            ["NORTH"],
            "planned",
            [],
            id="a plan that is due on the as-at date is not overdue yet",
        ),
        pytest.param("I1-OBS", {"amber"}, ["NORTH"], "overdue", [], id="a plan that was due the day before"),
        pytest.param(
            "I1-PRO", {"amber"}, ["NORTH"], "delivered, not evidenced", ["evidence"], id="delivered, nothing to show"
        ),
        pytest.param("I1-OUT", {"amber"}, ["NORTH"], "plan incomplete", ["due date"], id="a due date that is open"),
    ],
)
def test_a_gap_has_its_reasons_the_partners_they_come_from_and_the_state_of_its_plan(
    ref: str, reasons: set[str], partners: list[str], plan: str, missing: list[str], view: Merged
) -> None:
    found = gap(view, ref)
    assert found is not None
    assert (set(found["reasons"]), found["partners"]) == (reasons, partners)
    assert (found["plan"], found["missing"], found["id"]) == (plan, missing, f"G-{ref}")


@pytest.mark.parametrize("ref", ["Q1-PTN", "I1-PEX"])
def test_green_with_current_evidence_and_what_does_not_apply_are_no_gaps(ref: str, view: Merged) -> None:
    assert gap(view, ref) is None


def test_every_partners_action_counts_in_the_partners_order(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q1"})
    for partner, rating in (("NORTH", "Green"), ("SOUTH", "Amber"), ("EAST", "Red")):
        text = f"Ref | RAG | Gap | Action | Owner\nQ1-PEX | {rating} | Too few | {partner} acts | Head of {partner}"
        fill_in(place, text, partner=partner)
    view = merged(place)
    assert [(action.proposed_by, action.owner) for action in view.actions] == [
        ("NORTH", "Head of NORTH"), ("SOUTH", "Head of SOUTH"), ("EAST", "Head of EAST"),
    ]  # fmt: skip
    found = gap(view, "Q1-PEX")
    assert found is not None
    assert found["actions"] == ["A-Q1-PEX-NORTH", "A-Q1-PEX-SOUTH", "A-Q1-PEX-EAST"]


def test_an_action_of_a_file_that_does_not_count_is_none(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"})
    for day in (8, 9):
        text = f"Ref | RAG | Action\nQ1-PEX | Red | Act on the {day}th"
        cover = {"Date completed": datetime.date(2024, 1, day)}
        fill_in(place, text, partner="NORTH", file=f"{day}.xlsx", cover=cover)
    assert [action.action for action in merged(place).actions] == ["Act on the 9th"]


def test_evidence_that_says_there_is_none_is_kept_and_not_counted(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"})
    rows_typed = """
        Ref    | Evidence                                | Where it is kept | Evidence date | RAG
        Q1-PEX | None collected by us                    |                  | 2024-01-02    | Green
        Q1-STF | None held here, the council has a survey | Shared drive     |               | Green
        Q1-PTN | No evidence of harm in 40 cases         |                  |               | Green
    """
    fill_in(place, rows_typed, partner="NORTH")
    view = merged(place)
    assert (view.entries[0].ref, view.entries[0].evidence) == ("Q1-PEX", "None collected by us")
    assert {line.ref: line.evidence for line in view.lines[:3]} == {"Q1-PEX": 0, "Q1-STF": 1, "Q1-PTN": 1}
    assert row(view.lines, ref="Q1-PEX").newest_evidence is None
    assert view.gaps[0].reasons == ("no evidence", "green without evidence")


def test_evidence_is_stale_when_the_newest_is_older_than_the_settings_allow(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"}, rules={"evidence_max_age_months": 12})
    text = "Ref | Evidence | Evidence date | RAG\nQ1-PEX | A | 2023-01-09 | Green\nQ1-STF | B | 2023-01-10 | Green\n"
    fill_in(place, text + "Q1-PTN | C | | Green\nQ1-OBS | D | 2020-01-01 | Green\nQ1-OBS | E | 2023-06-01 |")
    found = merged(place)
    stale = {gap["ref"] for gap in gaps_as_json(found.gaps) if "stale evidence" in gap["reasons"]}
    assert stale == {"Q1-PEX"}


@pytest.mark.parametrize(
    ("as_at", "months", "oldest"),
    [
        pytest.param("2024-01-10", 12, "2023-01-10", id="a year"),
        pytest.param("2024-03-31", 1, "2024-02-29", id="to the end of a shorter month"),
        pytest.param("2024-02-29", 12, "2023-02-28", id="from a leap day"),
        pytest.param("2024-01-31", 2, "2023-11-30", id="over the turn of the year"),
        pytest.param("2024-12-31", 12, "2023-12-31", id="in December"),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_months_last(as_at: str, months: int, oldest: str) -> None:
    assert oldest_allowed(datetime.date.fromisoformat(as_at), months).isoformat() == oldest


def test_not_applicable_leaves_the_gaps_only_with_its_reason(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"})
    fill_in(place, "Ref | RAG | Reason for rating\nQ1-PEX | N/A | We have none\nQ1-STF | N/A |")
    found = merged(place)
    assert gap(found, "Q1-PEX") is None
    assert gap(found, "Q1-STF") is not None, "without a reason the line still counts"
    assert [row(found.partner_lines, ref=ref).settled for ref in ("Q1-PEX", "Q1-STF")] == [True, False]


def test_a_reason_that_demands_no_plan_leaves_the_plan_empty(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"}, rules={"action_plan_required_for": ["red"]})
    fill_in(place, "Ref | Evidence | RAG | Gap\nQ1-PEX | A | Amber | x\nQ1-STF | B | Red | x")
    found = merged(place)
    assert [(gap(found, ref) or {})["plan"] for ref in ("Q1-PEX", "Q1-STF")] == [None, "needs a plan"]
    assert [(gap(found, ref) or {})["missing"] for ref in ("Q1-PEX", "Q1-STF")] == [[], ["action"]]


# --- Evidence and where it came from


def test_every_entry_keeps_its_partner_file_sheet_and_row(view: Merged) -> None:
    (found,) = rows(view.entries, ref="Q1-PEX", evidence="Survey")
    assert (found.partner, found.file) == ("NORTH", "returns/Anytown - NORTH - Northern Trust.xlsx")
    assert (found.sheet, found.row, found.place.cell("evidence")) == ("Quality and safety", 11, "D11")


def test_a_line_of_a_partner_points_at_the_cell_of_its_rating(view: Merged) -> None:
    found = row(view.partner_lines, partner="NORTH", ref="I1-PTN")
    assert (found.sheet, found.cell) == ("Integration", "G7")


# --- Which files count


def states(view: Merged) -> dict[str, str]:
    return {str(found["file"] or found["partner"]): str(found["state"]) for found in returns_as_json(view)}


def test_a_partner_without_a_return_is_outstanding_and_one_not_expected_is_not_waited_for(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1", "EAST": {"statements": ["Q1"], "expected": False}})
    fill_in(place, SOUTH, partner="NORTH")
    found = merged(place)
    assert list(states(found).values()) == ["received", "outstanding"]
    assert status_as_json(found)["returns"] == returns_as_json(found)


def two_returns(place: Locality, first: dict[str, Any], second: dict[str, Any]) -> Merged:
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | First | Green", file="a.xlsx", **first)
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Second | Green", file="b.xlsx", **second)
    return merged(place)


def dated(day: str) -> dict[str, Any]:
    return {"cover": {"Date completed": datetime.date.fromisoformat(day)}}


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        pytest.param("2024-01-05", "2024-01-06", "b.xlsx", id="the second file is newer"),
        pytest.param("2024-01-06", "2024-01-05", "a.xlsx", id="the first file is newer"),
    ],
)
def test_the_newer_return_of_a_partner_supersedes_the_older_and_it_is_said(
    first: str, second: str, used: str, tmp_path: Path
) -> None:
    found = two_returns(locality_of(tmp_path), dated(first), dated(second))
    other = {"a.xlsx": "b.xlsx", "b.xlsx": "a.xlsx"}[used]
    assert states(found) == {f"returns/{used}": "received", f"returns/{other}": "superseded"}
    assert [entry.evidence for entry in rows(found.entries)] == ["First" if used == "a.xlsx" else "Second"]
    (point,) = points(found, "same-partner-twice")
    assert f"returns/{other}" in point.message
    assert f"returns/{used}" in point.suggestion


def returns_saved_on(place: Locality, *days: str) -> Merged:
    for name, day in zip(("a.xlsx", "b.xlsx"), days, strict=True):
        saved_on(fill_in(place, f"Ref | RAG | Gap\nQ1-PEX | Red | {name}", file=name), f"{day}T12:00:00Z")
    return merged(place)


def test_returns_of_one_date_are_asked_about_and_one_is_used_until_then(tmp_path: Path) -> None:
    found = returns_saved_on(locality_of(tmp_path), "2024-01-08", "2024-01-08")
    assert sorted(states(found).values()) == ["received", "superseded"]
    (point,) = points(found, "same-partner-unclear")
    assert "returns/a.xlsx" in point.message or "returns/b.xlsx" in point.message


def test_where_the_covers_dates_are_the_same_the_words_do_not_say_that_the_cover_decided(tmp_path: Path) -> None:
    found = returns_saved_on(locality_of(tmp_path), "2024-01-08", "2024-01-09")
    assert states(found)["returns/b.xlsx"] == "received"
    (point,) = points(found, "same-partner-twice")
    assert "its cover is dated" not in point.suggestion


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    path = fill_in(place, SOUTH, file="a.xlsx")
    path.with_name("b copy.xlsx").write_bytes(path.read_bytes())
    found = merged(place)
    assert states(found) == {"returns/a.xlsx": "received", "returns/b copy.xlsx": "superseded"}
    assert len(rows(found.entries, evidence="Patient group")) == 1
    assert "same-file-twice" in {problem.code for problem in found.problems}


def test_a_refused_return_is_listed_with_its_reason_and_its_partner_counts_as_without_one(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(place, SOUTH, partner="NORTH")
    (place.folder / "returns" / "SOUTH return.xlsx").write_bytes(b"PK\x03\x04 cut off")
    found = merged(place)
    assert states(found)["returns/SOUTH return.xlsx"] == "refused"
    assert line(found, "Q1-PEX")["ratings"] == {"NORTH": "Red", "SOUTH": "No return"}
    assert has_refused_return(found)
    assert row(found.returns, partner="SOUTH").remark


def test_an_older_return_stands_in_for_one_that_cannot_be_read_but_not_silently(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"})
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | First | Green", file="NORTH a.xlsx", **dated("2023-12-01"))
    (place.folder / "returns" / "NORTH b.xlsx").write_bytes(b"PK\x03\x04 cut off")
    found = merged(place)
    assert states(found) == {"returns/NORTH a.xlsx": "received", "returns/NORTH b.xlsx": "refused"}
    assert has_refused_return(found), "somebody has to look"


# --- A further way to combine ratings: an entry in a registry


def best(ratings: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give the best of the ratings."""
    return max(ratings, key=vocabulary.ordered.index)


@pytest.fixture
def the_best(monkeypatch: pytest.MonkeyPatch) -> Combine:
    way = Combine(best, "the best of them", "The suggested rating of a line is the best of the partners' ratings.")
    monkeypatch.setitem(COMBINE, "best", way)
    return way


def test_a_further_way_to_combine_is_accepted_applied_and_explained(the_best: Combine, tmp_path: Path) -> None:
    place = locality_of(tmp_path, PARTNERS, rules={"combine": "best"})
    assert '#   "best"      the best of them\n' in (place.folder / "locality.toml").read_text(encoding="utf-8")
    fill_in(place, NORTH, partner="NORTH")
    fill_in(place, SOUTH, partner="SOUTH")
    found = merged(place)
    assert [line(found, ref)["suggested"] for ref in ("Q1-PEX", "Q1-STF")] == ["Green", "Green"]
    key = openpyxl.load_workbook(io.BytesIO(locality_workbook(found)))["Key"]
    assert the_best.sentence in {cell.value for row in key.iter_rows() for cell in row}


def test_a_way_to_combine_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    place = locality_of(tmp_path, PARTNERS)
    settings = place.folder / "locality.toml"
    text = settings.read_text(encoding="utf-8").replace('combine = "worst"', 'combine = "best"')
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match="'worst' or 'majority'"):
        open_locality(place.folder)


# --- The same inputs give the same view


def test_the_same_returns_merged_twice_give_the_same_view_twice(tmp_path: Path) -> None:
    place = locality_of(tmp_path, PARTNERS)
    for name in ("one", "two"):
        fill_in(place, f"Ref | Evidence | RAG\nQ1-PEX | Report {name} | Red", partner="NORTH", file=f"{name}.xlsx")
    received = checked(place)
    before = [(one.file, list(one.problems)) for one in received.returns]
    first, second = merged_again(received, place), merged_again(received, place)
    assert first == second
    assert len(first.entries) == 1
    assert len(points(first, "same-partner-twice")) + len(points(first, "same-partner-unclear")) == 1
    assert [(one.file, list(one.problems)) for one in received.returns] == before


@pytest.mark.parametrize(
    ("module", "name", "named"),
    [
        pytest.param("lines", "agreement", "Lines: agreement", id="a line"),
        pytest.param("merge", "return_rows", "Returns: state", id="a return"),
        pytest.param("merge", "partner_lines", "PartnerLines: rating", id="a partner's line"),
        pytest.param("merge", "find_gaps", "Gaps: plan", id="a gap"),
        pytest.param("merge", "register_actions", "Actions: missing", id="an action"),
        pytest.param("merge", "point_rows", "Points: severity", id="a point"),
    ],
)
def test_nothing_leaves_a_merge_that_its_model_does_not_describe(
    module: str, name: str, named: str, received: Checked, place: Locality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a mistake in the program makes is named with its table and column, and never written."""
    source = import_module(f"icsassess.assessment.merging.{module}")
    real = getattr(source, name)

    def mistaken(*given: Any) -> Any:
        made = real(*given)
        if name == "agreement":
            return "two steps apart"
        if name == "find_gaps":
            return [gap._replace(plan="being planned") for gap in made]
        if name == "register_actions":
            return replace(made, actions=[action._replace(missing=("money",)) for action in made.actions])
        field = {"return_rows": "state", "partner_lines": "rating", "point_rows": "severity"}[name]
        return [one._replace(**{field: "nonsense"}) for one in made]

    monkeypatch.setattr(source, name, mistaken)
    with pytest.raises(NotAsDescribed, match=named):
        merged_again(received, place)


def test_the_order_in_which_files_are_given_does_not_matter(place: Locality, view: Merged) -> None:
    found = merged_again(check_all(list(reversed(read(place))), place, AS_AT), place)
    assert as_text(found) == as_text(view)


def as_text(found: Found) -> str:
    assert isinstance(found, Merged)
    return str(
        (
            merge_as_json(found, "x"),
            [entry._replace(place=entry.place.row) for entry in found.entries],
            [str(problem) for problem in found.problems],
        )
    )


def test_the_json_of_a_merge_has_the_keys_of_the_contract(view: Merged) -> None:
    document = merge_as_json(view, "merged/Anytown 2024-01-10.xlsx")
    assert {"workbook", "as_at", "framework", "returns", "lines", "gaps", "actions", "carried"} <= set(document)
    keys = {
        "returns": {"partner", "state", "file", "entries", "problems"},
        "lines": {
            "ref", "theme", "statement", "category", "ratings", "suggested", "agreed", "rating", "agreement",
            "evidence", "changed_since_agreed",
        },
        "gaps": {
            "id", "ref", "rating", "reasons", "partners", "stated", "actions", "covered", "plan", "missing",
        },
        "actions": {
            "id", "gap", "ref", "proposed_by", "action", "owner", "accountable", "due", "status", "evidenced_by",
            "date_evidenced", "update", "taken_up", "why_not", "state", "missing", "source",
        },
    }  # fmt: skip
    assert view.actions
    for name, expected in keys.items():
        listed = document[name]
        assert isinstance(listed, list)
        assert all(expected <= set(one) for one in listed)
    assert document["as_at"] == "2024-01-10"
