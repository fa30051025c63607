"""Nobody reads a signed file in two ways: every trick on its package is a change, and so is what acts in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from icsassess.domain.problems import Refusal
from icsassess.round.verify import verify
from tests.support.package_tricks import (
    ACTS,
    TRICKS,
    Parts,
    packed,
    parts_of,
    red_sheet,
    with_another_name_in_a_further_field,
)
from tests.support.ready_locality import merge, ready, sign, signed_workbook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed workbook, with its manifest beside it."""
    place = ready(tmp_path_factory.mktemp("signed"))
    merge(place)
    assert sign(place).exit_code == 0
    return signed_workbook(place)


@pytest.mark.parametrize("trick", [*TRICKS.values(), *ACTS.values()], ids=[*TRICKS, *ACTS])
def test_a_signed_file_that_was_tampered_with_is_not_as_signed(trick: Callable[[Parts], None], signed: Path) -> None:
    whole = signed.read_bytes()
    parts = parts_of(whole)
    trick(parts)
    try:
        signed.write_bytes(packed(parts))
        result = verify(signed)
    except Refusal:
        return  # it cannot be read at all, and that is said
    finally:
        signed.write_bytes(whole)
    assert result.verdict.verdict == "changed", trick.__name__
    assert result.differences


def test_a_part_under_two_names_is_told_with_the_part(signed: Path) -> None:
    whole = signed.read_bytes()
    part = red_sheet(parts_of(whole))
    try:
        signed.write_bytes(with_another_name_in_a_further_field(whole, part))
        differences = verify(signed).differences
    finally:
        signed.write_bytes(whole)
    how = "the archive has further fields for it, such as another name"
    assert differences[0] == f"{part}: written in a way that can be read in two ways: {how}"


def test_what_was_signed_has_one_meaning(signed: Path) -> None:
    result = verify(signed)
    assert result.verdict.verdict == "as signed"
    assert any("every program reads the same cells" in each for each in result.verdict.looked_at)
