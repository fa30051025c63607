"""Returns as people really produce them: nothing wrong without a word, no doubtful rating used, most lines right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import tests.support.wild  # registers the kinds
from tests.support.wild.measure import Measured, Verdict, measure
from tests.support.wild.registry import WILD, produced

assert tests.support.wild
pytestmark = pytest.mark.begins_early

SHARE_RIGHT = 0.8
SAMPLE = [*sorted(WILD)[::9], "yellow_input_cells", "green_banding", "words_that_do_say_something"]


def say(name: str, measured: Measured) -> str:
    return "\n".join(
        [name, measured.refused, *(f"{measured.verdicts[r]} {r} {why}" for r, why in measured.reasons.items())]
    )


def expect_nothing_silent(name: str, measured: Measured) -> None:
    worse = {Verdict.SILENT, Verdict.WRONG_RATING}
    assert not worse & set(measured.verdicts.values()), say(name, measured)
    assert not measured.unnamed, f"{name}: no point names {measured.unnamed[:5]}"


@pytest.mark.parametrize("name", sorted(set(SAMPLE)))
def test_of_a_sample_of_kinds_nothing_is_silent_and_no_wrong_rating_is_used(name: str, tmp_path: Path) -> None:
    expect_nothing_silent(name, measure(produced(name, 1), tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_all_kinds_nothing_is_silent_and_four_lines_of_five_are_right(seed: int, tmp_path: Path) -> None:
    counts: Counter[Verdict] = Counter()
    for name in sorted(WILD):
        measured = measure(produced(name, seed), tmp_path)
        expect_nothing_silent(name, measured)
        counts += measured.counts
    assert counts[Verdict.RIGHT] >= SHARE_RIGHT * counts.total(), counts
