"""On how many lines texts are set: told for many at once as it is told for each by itself."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.streaming.line_counts import count_lines
from icsassess.excel.writing.streaming.row_heights import Room

LETTERS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n"), max_size=60)
WORDS = st.lists(
    st.sampled_from(["audit", "of", "W", "it’s", "–", "…", "safeguarding", "å", "日本", "", "I"]), max_size=60
)
TEXTS = st.one_of(LETTERS, WORDS.map(" ".join), st.just(""))


@given(st.lists(st.tuples(TEXTS, st.floats(3, 90)), min_size=1, max_size=20))
def test_what_is_told_at_once_is_what_each_text_takes_by_itself(given_texts: list[tuple[str, float]]) -> None:
    rooms = [Room(width, looks.CELL) for _, width in given_texts]
    counts = count_lines([text for text, _ in given_texts], [room.room for room in rooms])
    for (text, _), room, lines in zip(given_texts, rooms, counts, strict=True):
        if lines:
            assert room.of_lines(lines) == room.points(text)


def test_sentences_are_all_told_at_once() -> None:
    dice = random.Random(5)
    words = ("quarterly audit", "of", "care plans", "shows", "that the team’s", "reviews –", "are shared", "widely")
    texts = [" ".join(dice.choices(words, k=dice.randint(1, 70))) for _ in range(300)]
    room = Room(32, looks.CELL)
    counts = count_lines(texts, [room.room] * len(texts))
    assert all(counts)
    assert max(counts) > 10
    assert [room.of_lines(lines) for lines in counts] == [room.points(text) for text in texts]


@pytest.mark.parametrize("text", ["a" * 500, "short " + "W" * 90])
def test_a_word_longer_than_the_line_is_left_to_be_measured(text: str) -> None:
    assert count_lines(["before it", text, "behind it"], [Room(20, looks.CELL).room] * 3) == [1, 0, 1]


def test_characters_of_two_units_are_left_to_be_measured() -> None:
    assert count_lines(["one 😀", "two"], [9_000.0, 9_000.0]) == [0, 0]


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "at once"])
def test_bold_text_is_wider_and_takes_more_lines(at_once: bool) -> None:
    """Arial's bold letters are about a twelfth wider: 25 lines of plain text are 27 of bold."""
    text = "care plans are shared " * 40
    lines = []
    for style in (looks.CELL, looks.CELL_BOLD):
        room = Room(32, style)
        height = room.of_lines(*count_lines([text], [room.room])) if at_once else room.points(text)
        lines.append(round((height - 1) / (style.size * 1.3)))
    assert lines == [25, 27]
