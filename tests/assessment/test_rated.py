"""One meaning of rated, everywhere; and what counts in no figure: superseded files, reasons that were not given."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from icsassess.assessment.group_edits.decisions import Agreed, Decisions
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import status_as_json
from icsassess.assessment.output.headlines import headlines
from icsassess.assessment.sign_off.readiness import conditions
from icsassess.assessment.sign_off.weak_greens import weak_greens
from icsassess.domain.problems import PERSONAL_DATA
from icsassess.domain.rated import count_rated, counted_rating
from icsassess.round.status import StatusResult
from icsassess.tables.points import point_rows
from icsassess.view.assessment_view import View
from icsassess.view.facts import facts, lines_rated
from icsassess.view.heat_map import heat_rows
from icsassess.view.not_applicable import not_applicable_in_words
from icsassess.view.sign_off_status import sign_off_status
from icsassess.view.tallies import overall_tally
from tests.support.returns_dsl import codes, fill_in, locality_of, merged, points, row

ANSWERS = """
    Ref    | Evidence | Where it is kept | Evidence date | RAG            | Reason for rating | Gap
    Q1-PEX | Report   | Drive            | 2023-11-14    | Green          |                   |
    Q1-STF | Report   | Drive            | 2023-11-14    | Amber          |                   | Once
    Q1-PTN |          |                  |               | Not applicable | No such service   |
    Q1-OBS |          |                  |               | Not applicable |                   |
    Q1-PRO |          |                  |               | Not assessed   |                   |
"""


def with_answers(folder: Path, decisions: Decisions | None = None) -> Merged:
    place = locality_of(folder)
    fill_in(place, ANSWERS)
    return merged(place, decisions or Decisions())


def agreed(rating: str, reason: str = "") -> Decisions:
    return Decisions(agreed={"Q1-STF": Agreed(rating, reason)})


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (["Red", "Amber", "Green"], "3 of 3"),
        (["Red", "", "Not assessed", "No return", "Left blank"], "1 of 5"),
        (["Green", "Not applicable"], "1 of 1"),
        ([], "0 of 0"),
    ],
)
def test_rated_is_red_amber_or_green_of_all_but_what_does_not_apply(ratings: list[str], words: str) -> None:
    assert str(count_rated(ratings)) == words


def test_not_applicable_without_a_reason_counts_as_if_it_had_not_been_said() -> None:
    assert counted_rating("Not applicable", "No such service") == "Not applicable"
    assert counted_rating("Not applicable", "") == ""
    assert counted_rating("Not applicable", "", "Red") == "Red"
    assert counted_rating("Amber", "", "Red") == "Amber"


def test_a_return_is_counted_by_the_same_rule_as_the_locality(tmp_path: Path) -> None:
    view = with_answers(tmp_path)
    (returned,) = view.returns
    assert (returned.lines_rated, returned.lines_to_rate, returned.lines_asked) == (2, 5, 6)
    assert StatusResult(view).returns[0].rated == "2 of 5"
    assert status_as_json(view)["rated"] == overall_tally(View(view)).rated.rated
    assert lines_rated(View(view)).startswith(str(overall_tally(View(view)).rated))
    assert f"{overall_tally(View(view)).rated} lines are rated" in headlines(view)[2]


def test_a_line_that_a_partner_was_not_asked_for_is_no_rated_line_of_its(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, f"{ANSWERS}    Q2-PEX | Report   | Drive            | 2023-11-14    | Green |  |\n")
    (returned,) = merged(place).returns
    assert (returned.lines_rated, returned.lines_to_rate) == (2, 5)


def test_of_a_return_that_could_not_be_used_no_line_is_rated(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    (place.folder / "returns" / "NORTH.xlsx").write_bytes(b"no workbook")
    returned = row(merged(place).returns, partner="NORTH")
    assert (returned.state, returned.lines_rated, returned.lines_to_rate) == ("refused", 0, 6)


# --- Agreed Not applicable, without a reason


def test_agreed_not_applicable_without_a_reason_leaves_no_denominator_and_closes_no_gap(tmp_path: Path) -> None:
    before, view = with_answers(tmp_path / "a"), with_answers(tmp_path / "b", agreed("Not applicable"))
    assert overall_tally(View(view)) == overall_tally(View(before))
    assert [gap.ref for gap in view.gaps] == [gap.ref for gap in before.gaps]
    assert headlines(view)[2:] == headlines(before)[2:]


def test_the_rating_stays_as_typed_and_a_point_says_what_to_do(tmp_path: Path) -> None:
    view = with_answers(tmp_path, agreed("Not applicable"))
    assert row(view.lines, ref="Q1-STF").rating == "Not applicable"
    (point,) = points(view, "agreed-not-applicable-without-reason")
    assert (point.sheet, point.ref) == ("Assessment", "Q1-STF")
    assert point.suggestion.startswith("Type the reason")


def test_with_a_reason_it_leaves_the_denominator_and_is_told_with_it(tmp_path: Path) -> None:
    before, view = with_answers(tmp_path / "a"), with_answers(tmp_path / "b", agreed("Not applicable", "All moved"))
    assert overall_tally(View(view)).rated.out_of == overall_tally(View(before)).rated.out_of - 1
    assert "Q1-STF" not in {gap.ref for gap in view.gaps}
    assert not points(view, "agreed-not-applicable-without-reason")
    assert "(Q1-STF): All moved" in not_applicable_in_words(View(view))


def test_the_heat_map_shows_what_counts_and_that_the_group_has_to_look_again(tmp_path: Path) -> None:
    (heat,) = [heat for heat in heat_rows(View(with_answers(tmp_path, agreed("Not applicable")))) if heat.words[1]][:1]
    assert heat.words[1] == "Amber – look again"


@pytest.mark.parametrize(("basis", "word"), [("Green", "Green – look again"), ("Amber", "Green")])
def test_an_agreed_rating_whose_ground_moved_is_marked_on_the_heat_map(tmp_path: Path, basis: str, word: str) -> None:
    decisions = Decisions(agreed={"Q1-STF": Agreed("Green", "Seen", datetime.date(2024, 1, 3), {"NORTH": basis})})
    view = with_answers(tmp_path, decisions)
    states = {"NORTH": str(view.states["Q1-STF"]["NORTH"])} if basis == "Amber" else {"NORTH": basis}
    again = with_answers(tmp_path / "again", Decisions(agreed={"Q1-STF": decisions.agreed["Q1-STF"]._replace(basis=states)}))  # fmt: skip  # noqa: E501
    assert heat_rows(View(again))[0].words[1] == word


# --- Superseded files


def came_twice(folder: Path) -> Merged:
    place = locality_of(folder)
    early: dict[str, Any] = {"cover": {"Date completed": datetime.date(2023, 12, 1)}}
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | 999 000 0018 | Purple", file="first.xlsx", **early)
    fill_in(place, ANSWERS, file="second.xlsx")
    return merged(place)


def test_points_of_a_superseded_file_are_counted_nowhere_but_for_an_nhs_number(tmp_path: Path) -> None:
    view = came_twice(tmp_path)
    first = [problem for problem in view.problems if problem.file == "returns/first.xlsx"]
    assert {problem.code for problem in first} > {"rating-not-understood", "personal-data"}
    assert {p.code for p in view.counted_problems if p.file == "returns/first.xlsx"} == {"personal-data"}
    assert {p.code for p in view.superseded_problems} == {p.code for p in first} - PERSONAL_DATA
    severities = Counter(problem.severity.value for problem in view.counted_problems)
    (fact,) = [fact for fact in facts(View(view), sign_off_status(conditions(view))) if fact.label == "Points to fix"]
    assert str(fact.value).startswith(f"{severities['blocker']} blocker")
    assert f"{severities['warning']} warning" in str(fact.value)


def test_in_the_list_of_points_they_stand_last_and_say_so(tmp_path: Path) -> None:
    view = came_twice(tmp_path)
    rows = point_rows(view.counted_problems, view.superseded_problems)
    words = [point.severity for point in rows]
    assert words.index("superseded") == len(view.counted_problems)
    assert set(words[words.index("superseded") :]) == {"superseded"}
    assert all(point.file == "returns/first.xlsx" for point in rows if point.severity == "superseded")


# --- Green ratings on weak evidence


def test_greens_on_evidence_that_is_old_undated_or_kept_nowhere_are_counted_once_each(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(
        place,
        """
        Ref    | Evidence | Where it is kept | Evidence date | RAG
        Q1-PEX | Report   |                  | 2022-05-14    | Green
        Q1-STF | Report   | Drive            |               | Green
        Q1-PTN | Report   | Drive            | 2023-11-14    | Green
        Q1-OBS | Report   |                  |               | Amber
        """,
    )
    view = merged(place)
    assert [(green.ref, green.lacks) for green in weak_greens(view, view.as_at)] == [
        ("Q1-PEX", ("nothing newer than 12 months", "no place")),
        ("Q1-STF", ("no date",)),
    ]
    assert {"green-on-old-evidence", "green-on-undated-evidence", "green-on-unplaced-evidence"} <= codes(view)
