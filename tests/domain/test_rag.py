"""Ratings as people type them: what is accepted, what is asked about, and what a colour says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.domain.rag import RED, How, vocabulary

WORDS = vocabulary()

ACCEPTED = {
    "Red": ["Red", "R", "red", "RED!", "🔴", "🟥", " red ", "r.", "(Red)", "ＲＥＤ"],
    "Amber": ["Amber", "A", "Amb", "Yellow", "Y", "Orange", "🟠", "🟡", "AMBER", "amber.", "Amber/Amber"],
    "Green": ["Green", "G", "Gr", "Grn", "🟢", "GREEN", "g", "🟢 Green", "Green\u00a0"],
    "Not applicable": ["N/A", "NA", "n.a.", "not applicable", "Not  Applicable", "n/a", "N.A", "N / A"],
    "Not assessed": [
        "not assessed",
        "not started",
        "TBC",
        "?",
        "-",
        "–",
        "Not yet assessed",
        "To be confirmed",
        "t.b.c.",
    ],
}


@pytest.mark.parametrize(("typed", "rating"), [(typed, rating) for rating, many in ACCEPTED.items() for typed in many])
def test_a_rating_is_accepted_as(typed: str, rating: str) -> None:
    reading = WORDS.read(typed)
    assert (reading.rating, reading.how) == (rating, How.EXACT)


@pytest.mark.parametrize(
    ("typed", "rating", "words"),
    [
        ("Red - gap", "Red", "gap"),
        ("Red (no evidence from carers)", "Red", "no evidence from carers"),
        ("Amber: partial", "Amber", "partial"),
        ("R - nothing held", "Red", "nothing held"),
        ("N/A: we have no beds", "Not applicable", "we have no beds"),
        ("Not applicable - not our service", "Not applicable", "not our service"),
        ("RAG status: amber", "Amber", ""),
        ("Rated green overall", "Green", ""),
    ],
)
def test_words_beside_a_rating_are_kept_and_said(typed: str, rating: str, words: str) -> None:
    reading = WORDS.read(typed)
    assert (reading.rating, reading.how) == (rating, How.WITH_WORDS)
    assert words in reading.words


@pytest.mark.parametrize(
    ("typed", "worse"),
    [
        ("Amber/Green", "Amber"),
        ("A/G", "Amber"),
        ("Green-Amber", "Amber"),
        ("Amber/Red", "Red"),
        ("A/R", "Red"),
        ("R/A", "Red"),
        ("Green / Red", "Red"),
        ("Amber & Green", "Amber"),
        ("amber or green", "Amber"),
        ("Amber – Green", "Amber"),
        ("🟠🟢", "Amber"),
    ],
)
def test_between_two_colours_the_worse_counts_and_it_is_said(typed: str, worse: str) -> None:
    reading = WORDS.read(typed)
    assert (reading.rating, reading.how) == (worse, How.BETWEEN_TWO)


@pytest.mark.parametrize(
    "typed",
    [
        "R/A/G",
        "Red/Amber/Green",
        "🔴🟠🟢",
        "Amber moving to Green",
        "A->G",
        "A → G",
        "Amber > Green",
        "Red (was Amber)",
        "Green (previously Red)",
        "Green once the audit is done, red until then",
        "Not green",
        "not red",
        "Nearly green",
        "Green soon",
        "Should be green",
        "1",
        "2",
        "3",
        "4",
        "2.5",
        "Blue",
        "B",
        "RAG",
        "Yes",
        "Complete",
        "Good",
        "Greenish",
        "NA ward staff say so",
        "Rd safety audit",
        "Reduced",
        "None",
        "see above",
        "=A1",
    ],
)
def test_what_tells_a_story_or_is_another_scale_is_asked_about_and_never_guessed(typed: str) -> None:
    reading = WORDS.read(typed)
    assert (reading.rating, reading.how) == (None, How.NOT_UNDERSTOOD)


@pytest.mark.parametrize("typed", ["", " ", "\n", "\u00a0", "\u200b", "\ufeff \t"])
def test_what_cannot_be_seen_is_blank(typed: str) -> None:
    assert (WORDS.read(typed).rating, WORDS.read(typed).how) == (None, How.BLANK)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("Ambre", "Amber"), ("Geen", "Green"), ("Rded", "Red"), ("not aplicable", "Not applicable"), ("Purple", None)],
)
def test_the_nearest_permitted_word_is_suggested(typed: str, suggestion: str | None) -> None:
    assert WORDS.read(typed).suggestion == suggestion


def test_the_five_ways_of_having_no_colour_are_five_different_words() -> None:
    absent = WORDS.absent
    every = ["Not applicable", "Not assessed", absent.blank, absent.no_return, absent.not_asked]
    assert len({word.casefold() for word in every}) == 5
    assert [name for name in WORDS.names if name in every] == ["Not applicable", "Not assessed"]
    assert not set(every) & set(WORDS.ordered)


def test_the_order_is_worst_first_and_what_has_no_colour_takes_no_part_in_it() -> None:
    assert WORDS.ordered == ("Red", "Amber", "Green")
    assert WORDS.names == ("Red", "Amber", "Green", "Not applicable", "Not assessed")
    assert WORDS.worst(["Green", "Not assessed", "Amber", "", "No return"]) == "Amber"
    assert WORDS.worst(["Not applicable", "Not assessed", ""]) is None


@pytest.mark.parametrize(
    ("several", "one"),
    [
        (["Green", "Red", "Amber"], "Red"),
        (["Not assessed", "Green", "Not applicable"], "Green"),
        (["Not applicable", "Not assessed", ""], "Not assessed"),
        (["", "Not applicable"], "Not applicable"),
        (["", "No return"], ""),
        ([], ""),
    ],
)
def test_of_several_ratings_the_worst_stands_for_all_and_not_assessed_comes_before_not_applicable(
    several: list[str], one: str
) -> None:
    assert WORDS.of_several(several) == one


@pytest.mark.parametrize(
    ("fill", "rating"),
    [
        pytest.param("FF0000", "Red", id="red"),
        pytest.param("C00000", "Red", id="dark red"),
        pytest.param("FFC7CE", "Red", id="pale red"),
        pytest.param("FFC000", "Amber", id="orange"),
        pytest.param("FFFF00", "Amber", id="yellow"),
        pytest.param("FFEB9C", "Amber", id="pale amber"),
        pytest.param("ED7D31", "Amber", id="the theme's orange"),
        pytest.param("00B050", "Green", id="green"),
        pytest.param("92D050", "Green", id="light green"),
        pytest.param("C6EFCE", "Green", id="pale green"),
        pytest.param("006100", "Green", id="dark green"),
        pytest.param("FFFFFF", None, id="white"),
        pytest.param("FFF4F4", None, id="so pale a red that it looks white"),
        pytest.param("000000", None, id="black"),
        pytest.param("300000", None, id="so dark a red that it looks black"),
        pytest.param("D9D9D9", None, id="grey"),
        pytest.param("E8EDEE", None, id="the label's pale grey"),
        pytest.param("0070C0", None, id="blue: it belongs to actions only"),
        pytest.param("005EB8", None, id="NHS blue"),
        pytest.param("7030A0", None, id="purple"),
        pytest.param("DDEBF7", None, id="pale blue"),
        pytest.param(None, None, id="no fill"),
        pytest.param("", None, id="no colour"),
    ],
)
def test_a_coloured_cell_says(fill: str | None, rating: str | None) -> None:
    assert WORDS.from_colour(fill) == rating


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("rating", WORDS.ratings, ids=lambda rating: rating.name)
def test_black_words_can_be_read_on_a_ratings_colour_and_the_colour_is_read_back(rating: object) -> None:
    fill = rating.fill  # type: ignore[attr-defined]
    assert (luminance(fill) + 0.05) / 0.05 >= 14
    assert WORDS.from_colour(fill) in (rating.name, None)  # type: ignore[attr-defined]


def test_every_rating_has_a_definition_of_its_own() -> None:
    assert len({rating.definition for rating in WORDS.ratings}) == 5
    assert all(rating.definition.endswith(".") for rating in WORDS.ratings)


def test_no_spelling_means_two_ratings() -> None:
    meant: dict[str, str] = {}
    for rating in WORDS.ratings:
        for spelling in (*rating.spellings, *rating.symbols):
            assert meant.setdefault(spelling.casefold(), rating.name) == rating.name


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_permitted_word_or_none_without_an_error(typed: str) -> None:
    reading = WORDS.read(typed)
    assert reading.rating in (*WORDS.names, None)
    assert (reading.rating is None) == (reading.how in (How.BLANK, How.NOT_UNDERSTOOD))


def test_vocabularies_of_the_same_content_are_one_key() -> None:
    first, second = (vocabulary().also({"urgent": RED}) for _ in range(2))
    assert first is not second
    assert {first: "one"}[second] == "one"
    assert hash(first) != hash(vocabulary())
