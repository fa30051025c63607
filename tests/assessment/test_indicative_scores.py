"""Indicative scores: off unless asked for, never from a RAG, added up by the published rule in exact fractions."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.assessment.output.score_totals import TITLE, overall, statement_sums
from icsassess.assessment.ratings.cqc_scores import Sum, added_up, read_score, scoring
from icsassess.locality.locality import Locality
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.layout import SCORES
from icsassess.workbook.merging.in_memory import merge_in_memory
from tests.support.frameworks import small_framework
from tests.support.libreoffice import recalculated, values
from tests.support.ready_locality import answer, cell_of, run
from tests.support.returns_dsl import AS_AT, locality_of

# --- The rule


@pytest.mark.parametrize(
    ("points", "rating"),
    [(9, "Inadequate"), (12, "Inadequate"), (13, "Inadequate"), (14, "Requires improvement"),
     (22, "Requires improvement"), (23, "Good"), (31, "Good"), (32, "Outstanding"), (36, "Outstanding")],
)  # fmt: skip
def test_nine_statements_make_the_published_local_authority_ratings(points: int, rating: str) -> None:
    assert Sum(9, 9, points).rating == rating


def test_a_half_is_rounded_up_and_told_of() -> None:
    found = added_up([3, 2, 3, 2])
    assert (found.fraction, found.per_cent, found.score) == ("10/16", 63, 3)
    assert found.note == "A tie: 62.5 is rounded up to 63"


@pytest.mark.parametrize(
    ("per_cent", "score"), [(25, 1), (38, 1), (39, 2), (62, 2), (63, 3), (87, 3), (88, 4), (100, 4)]
)
def test_the_bands_are_those_that_were_published(per_cent: int, score: int) -> None:
    assert scoring().band(per_cent).score == score


def test_every_sum_there_can_be_is_exact() -> None:
    for parts in range(1, 18):
        for points in range(parts, 4 * parts + 1):
            exact = Fraction(100 * points, 4 * parts)
            found = Sum(parts, parts, points)
            assert found.per_cent == int(exact + Fraction(1, 2))
            assert found.is_tie == (exact.denominator == 2)


def test_what_does_not_apply_is_no_part_and_what_is_not_scored_makes_no_score() -> None:
    assert added_up([4, 4]).fraction == "8/8"
    unfinished = added_up([4, None, 4])
    assert (unfinished.score, unfinished.note) == (None, "2 of 3 scored: no score yet")
    assert added_up([]).note == "Nothing to be scored"


@pytest.mark.parametrize(("typed", "score"), [(3, 3), ("3", 3), (3.0, 3), (0, None), (5, None), (2.5, None),
                                              ("Green", None), ("", None), (None, None)])  # fmt: skip
def test_only_a_whole_number_from_one_to_four_is_a_score(typed: Any, score: int | None) -> None:
    assert read_score(typed) == score


def test_the_edge_of_a_band_is_told_of() -> None:
    assert Sum(25, 25, 63).note == "On the edge of a band"
    assert Sum(4, 4, 12).note == ""


# --- In a locality


def scored(folder: Path, changes: dict[str, dict[str, str]] | None = None) -> Locality:
    """Make a locality of two statements with four categories each that asks for scores."""
    made = locality_of(folder, {"NORTH": "W1 W2"}, framework="cqc-la-2023", rules={"indicative_scores": True})
    made = Locality(made.folder, made.settings, small_framework(made.framework, {"W1", "W2"}, "2023-1"))
    answer(made, changes)
    return made


def type_scores(path: Path, scores: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for ref, score in scores.items():
        book["Assessment"][cell_of(book["Assessment"], ref, TITLE)] = score
    book.save(path)


ALL = {f"{code}-{category}": 3 for code in ("W1", "W2") for category in ("PEX", "STF", "PTN", "PRO")}


def sheet_rows(path: Path) -> dict[str, tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(path, data_only=True)[SCORES]
    return {row[0]: row for row in sheet.iter_rows(min_row=5, values_only=True)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a locality whose group has typed scores, merged again."""
    place = scored(tmp_path_factory.mktemp("scored"), {"W2-PEX": {"RAG": "N/A", "Reason for rating": "Done elsewhere"}})
    type_scores(merge_and_write(place, AS_AT)[1], {**ALL, "W1-PEX": 2, "W1-STF": 2, "W2-PRO": 4})
    merge_and_write(place, AS_AT)
    return place.folder


def newest(folder: Path) -> Path:
    return max((folder / "merged").glob("*.xlsx"), key=lambda path: len(path.name))


def test_the_typed_scores_come_through_a_merge_and_are_added_up(folder: Path) -> None:
    rows = sheet_rows(newest(folder))
    assert rows["W1"][2:9] == (4, 4, 10, 16, "10/16", 63, 3)
    assert rows["W1"][9] == "A good standard"
    assert rows["W2"][2:9] == (3, 3, 10, 12, "10/12", 83, 3), "what does not apply, with a reason, is no part"
    assert rows["All"][2:10] == (2, 2, 6, 8, "6/8", 75, 3, "Good")


def test_wherever_scores_appear_it_says_that_they_are_not_cqcs(folder: Path) -> None:
    book = openpyxl.load_workbook(newest(folder))
    assert "indicative, not CQC's" in book[SCORES]["A2"].value
    assert "indicative, not CQC's" in book["Assessment"]["A2"].value
    assert any("indicative, not CQC's" in str(cell.value) for cell in book[SCORES][4])
    (shown,) = [one for one in book["Assessment"].data_validations.dataValidation if one.promptTitle == TITLE[:32]]
    assert "Indicative, not CQC's" in shown.prompt
    told = json.loads(run("merge", folder, "--as-at", AS_AT.isoformat(), "--json").stdout)
    assert told["indicative_scores"]["label"] == "indicative, not CQC's"


def test_a_rating_makes_no_score(tmp_path: Path) -> None:
    place = scored(tmp_path / "place")
    merged, path = merge_and_write(place, AS_AT)
    assert {line.rating for line in merged.lines} == {"Green"}
    assert [found.scored for found in statement_sums(merged).values()] == [0, 0]
    assert sheet_rows(path)["W1"][7:9] == (None, None)


def test_not_applicable_without_a_reason_stays_to_be_scored(tmp_path: Path) -> None:
    place = scored(tmp_path / "place", {"W1-PEX": {"RAG": "N/A", "Reason for rating": "", "Evidence": ""}})
    sums = statement_sums(merge_and_write(place, AS_AT)[0])
    assert (sums["W1"].parts, overall(sums).parts) == (4, 2)


def test_what_is_no_score_is_told_of_kept_and_not_counted(tmp_path: Path) -> None:
    place = scored(tmp_path / "place")
    type_scores(merge_and_write(place, AS_AT)[1], {"W1-PEX": "good", "W1-STF": 5})
    merged, path = merge_and_write(place, AS_AT)
    assert [p.ref for p in merged.problems if p.code == "score-not-understood"] == ["W1-PEX", "W1-STF"]
    assert {"good", 5} <= {cell.value for row in openpyxl.load_workbook(path)["Assessment"] for cell in row}
    assert statement_sums(merged)["W1"].scored == 0


def test_off_there_is_not_one_cell_more(tmp_path: Path) -> None:
    def bytes_of(name: str, **rules: bool) -> str:
        place = locality_of(tmp_path / name, {"NORTH": "W1"}, framework="cqc-la-2023", rules=rules)
        place = dataclasses.replace(place, framework=small_framework(place.framework, {"W1"}, "2023-1"))
        return hashlib.sha256(merge_and_write(place, AS_AT)[1].read_bytes()).hexdigest()

    off = bytes_of("off")
    assert off == bytes_of("said", indicative_scores=False)
    assert off != bytes_of("on", indicative_scores=True)
    book = openpyxl.load_workbook(next((tmp_path / "off" / "merged").glob("*.xlsx")))
    assert SCORES not in book.sheetnames
    assert not [c for sheet in book for row in sheet for c in row if "ndicative" in str(c.value)]


def test_switched_off_again_what_was_typed_stays(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    settings = tmp_path / "copy" / "locality.toml"
    settings.write_text(settings.read_text("utf-8").replace("indicative_scores = true", ""), encoding="utf-8")
    place = locality_of(tmp_path / "copy", {"NORTH": "W1 W2"}, framework="cqc-la-2023")
    merged = merge_in_memory(place, AS_AT)
    assert merged.carried.own_columns["Assessment"][TITLE]["W1-PEX"] == 2


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_live_formulas_give_the_same_as_the_program(folder: Path, tmp_path: Path) -> None:
    path = newest(folder)
    out = recalculated([path], tmp_path)
    now, then = (openpyxl.load_workbook(one, data_only=True) for one in (out / path.name, path))
    wanted = {place: value for place, value in values(then).items() if place[0] == SCORES}
    assert {place: value for place, value in values(now).items() if place[0] == SCORES} == wanted
