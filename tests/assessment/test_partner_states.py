"""What a partner says of a line, as the history keeps it: read back as it was written."""

from __future__ import annotations

import pytest

from icsassess.assessment.ratings.drift import PartnerState


@pytest.mark.parametrize(
    ("state", "text"),
    [
        pytest.param(PartnerState("Amber", "1f2e3d4c"), "Amber #1f2e3d4c", id="with evidence"),
        pytest.param(PartnerState("Not assessed"), "Not assessed", id="without evidence"),
    ],
)
def test_a_state_is_read_as_it_was_written(state: PartnerState, text: str) -> None:
    assert str(state) == text
    assert PartnerState.parse(text) == state
