"""Text made comparable, safe and short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.support.text import clean, clip, count, fold, is_blank, listing, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("People's", "PEOPLE’S", id="capitals and apostrophes"),
        pytest.param("a  b\u00a0c\n", " a b c", id="spaces"),
        pytest.param("Q1–PEX", "q1-pex", id="dashes"),
        pytest.param("a\u200bb\u00ad", "ab", id="what cannot be seen"),
        pytest.param("“quoted”", '"quoted"', id="quotation marks"),
        pytest.param("ﬁnal", "final", id="ligatures"),
        pytest.param("STRASSE", "straße", id="sharp s"),
    ],
)
def test_two_spellings_of_the_same_words_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_leaves_letters_and_digits_only() -> None:
    assert words("  Safe systems, pathways & transitions! (2023/24)") == "safe systems pathways and transitions 2023 24"
    assert words("What's missing?") == words("Whats missing")


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0", "\u200b\ufeff", "\u2060 \u200e"])
def test_what_cannot_be_seen_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "-", ".", "\u200ba", "FALSE"])
def test_what_can_be_seen_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_control_characters_and_lone_surrogates_are_left_out_and_line_ends_are_one() -> None:
    assert clean("a\x00b\x1b[31mc\ud800d\x7f\ufffe") == "ab[31mcd"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"


@given(st.text(st.characters(), max_size=50))
def test_clean_text_can_be_written_to_a_file_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {"\x00", "\x1b", "\r", "\x7f", "\x9b"}


@given(st.text(max_size=200), st.integers(2, 100))
def test_a_clipped_text_is_one_line_of_at_most_that_length(text: str, length: int) -> None:
    clipped = clip(text, length)
    assert len(clipped) <= length
    assert "\n" not in clipped


def test_a_short_text_is_not_cut_and_a_long_one_ends_in_an_ellipsis() -> None:
    assert clip("x" * 80) == "x" * 80
    assert clip("x" * 81) == "x" * 79 + "…"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_is_told_as_people_tell_it(items: list[str], text: str) -> None:
    assert listing(items) == text


def test_a_long_list_says_how_many_more_there_are() -> None:
    assert listing([str(number) for number in range(15)], most=3) == "0, 1, 2 and 12 more"
    assert listing(["a", "b"], joiner="or") == "a or b"


def test_one_is_told_in_the_singular() -> None:
    assert [count(1, "return"), count(8, "return"), count(0, "return")] == ["1 return", "8 returns", "0 returns"]
    assert count(2, "entry", "entries") == "2 entries"
    assert count(1234, "line") == "1,234 lines"
