"""Whose a return is, and which of two counts: asked first, settled by one line, and nothing lost or sent meanwhile."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.locality.locality import Locality, open_locality
from icsassess.returns.matching.organisation_names import common_words, may_be_the_same, parts_of
from icsassess.round.check import check
from icsassess.round.merge import merge
from icsassess.round.whose import settle_which_counts, settle_whose
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

PARTNERS = {"NORTH": "Q1", "SOUTH": "Q1", "GP": {"statements": ["Q1"], "returns": "many"}}
LATER = datetime.date(2024, 1, 9)
ONE = "Ref | Evidence | RAG\nQ1-PEX | {} | Green"
TWO = "Ref | Evidence | RAG\nQ1-PEX | Survey | Amber\nQ1-STF | Minutes | Amber\nQ1-PTN | Letters | Amber"


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    return locality_of(tmp_path, PARTNERS)


def on_the_wrong_blank(place: Locality, file: str = "Southern Practice return.xlsx") -> None:
    fill_in(place, ONE.format("Theirs"), partner="NORTH", file=file, cover={"Organisation": "Southern Practice"})


def test_a_return_on_anothers_blank_is_asked_about_first_and_counts_for_nobody(place: Locality) -> None:
    fill_in(place, ONE.format("Ours"), partner="NORTH")
    on_the_wrong_blank(place)
    result = merge(place.folder, AS_AT)
    (question,) = result.questions
    assert "Northern Trust (NORTH)" in question
    assert "Southern Practice (SOUTH)" in question
    assert [entry.evidence for entry in result.merged.entries] == ["Ours"]
    assert result.needs_attention
    copies = check([place.folder], feedback=True).feedback
    assert list(copies) == ["returns/Anytown - NORTH - Northern Trust.xlsx"]


def test_one_line_or_a_folder_says_whose_it_is(place: Locality) -> None:
    on_the_wrong_blank(place)
    on_the_wrong_blank(place, "SOUTH/again.xlsx")
    assert [read.partner for read in check([place.folder]).returns] == ["SOUTH", None]
    settle_whose(place.folder, "Southern Practice return.xlsx", "north")
    assert [read.partner for read in check([place.folder]).returns] == ["SOUTH", "NORTH"]
    assert "# Whose a return is" in (place.folder / "locality.toml").read_text(encoding="utf-8")


def test_a_newer_return_that_says_less_is_asked_about_and_nothing_is_lost(place: Locality) -> None:
    fill_in(place, TWO, partner="NORTH", file="whole.xlsx")
    fill_in(place, ONE.format("Newer"), partner="NORTH", file="rest.xlsx", cover={"Date completed": LATER})
    result = merge(place.folder, AS_AT)
    assert "has 1 rated line, the earlier one had 3" in result.questions[0]
    assert [entry.evidence for entry in result.merged.entries] == ["Newer", "Minutes", "Letters"]
    settle_which_counts(place.folder, "rest.xlsx", "instead")
    again = merge(place.folder, AS_AT)
    assert (again.questions, [entry.evidence for entry in again.merged.entries]) == ((), ["Newer"])


def test_organisations_of_one_partner_disagree_by_name_and_correct_themselves(place: Locality) -> None:
    for name, rating, day in (("Elm GP", "Red", AS_AT), ("Oak", "Red", AS_AT), ("The Elm", "Green", LATER)):
        text = f"Ref | Evidence | RAG\nQ1-PEX | {name} survey | {rating}"
        day = datetime.date(2024, 1, 8) if rating == "Red" else day
        fill_in(place, text, partner="GP", file=f"{name}.xlsx", cover={"Organisation": name, "Date completed": day})
    merged = merge(place.folder, AS_AT).merged
    (line,) = [row for row in merged.partner_lines if row.partner == "GP" and row.ref == "Q1-PEX"]
    assert line.organisations == (("Elm", "Green"), ("Oak", "Red"))
    assert next(row for row in merged.lines if row.ref == "Q1-PEX").agreement == "red and green"


@given(st.sampled_from(["Elm", "Elm GP", "The Elm", "NHS Elm", "elm", "Elm Primary Care Network"]))
def test_spellings_of_one_organisation_are_one_and_others_are_not(spelling: str) -> None:
    common = common_words(["GP", "General practice"])
    telling = parts_of(spelling, common).telling
    assert telling == ("elm",)
    assert not may_be_the_same(telling, parts_of("Oak Surgery", common).telling)


def test_a_line_about_a_file_that_is_not_there_is_said_with_its_place(place: Locality) -> None:
    path = place.folder / "locality.toml"
    path.write_text(path.read_text("utf-8").replace("[whose]\n", '[whose]\n"gone.xlsx" = "NORTH"\n'), encoding="utf-8")
    (point,) = check([open_locality(place.folder).folder]).settings_points
    assert "gone.xlsx" in point.message
    assert "line" in point.message
