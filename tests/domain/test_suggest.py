"""Did you mean: which of several words a mistyped one is, and when none comes near."""

from __future__ import annotations

import pytest

from icsassess.support.suggest import closest

COLOURS = ["Red", "Amber", "Green"]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        pytest.param("Ambr", "Amber", id="a letter too few"),
        pytest.param("GREEEN", "Green", id="a letter too many, in capitals"),
        pytest.param("Rde", "Red", id="two letters swapped"),
        pytest.param("Purple", None, id="another word"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_nearest_word_is_suggested_and_none_where_none_comes_near(typed: str, nearest: str | None) -> None:
    assert closest(typed, COLOURS) == nearest


def test_of_equally_near_words_the_first_is_suggested() -> None:
    assert closest("ab", ["abc", "abd"]) == "abc"


def test_how_near_a_word_has_to_be_can_be_asked_for() -> None:
    assert closest("Ambr", COLOURS, cutoff=95) is None
