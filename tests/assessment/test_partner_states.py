"""What a partner says of a line, as the history keeps it, and what moved underneath a rating that was agreed."""

from __future__ import annotations

import pytest

from icsassess.assessment.ratings.drift import PartnerState, drift


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


def states(**texts: str) -> dict[str, PartnerState]:
    return {partner: PartnerState.parse(text) for partner, text in texts.items()}


@pytest.mark.parametrize(
    ("agreed", "current", "in_words"),
    [
        pytest.param("Amber #1", "Red #1", "NORTH: Amber → Red", id="another rating"),
        pytest.param("Amber #1", "Amber #2", "NORTH: evidence changed", id="other words"),
        pytest.param("Amber #1", "Left blank", "NORTH: Amber → Left blank", id="taken back"),
        pytest.param("Left blank", "Red #1", "NORTH: Left blank → Red", id="filled in since"),
        pytest.param("No return", "Left blank", "", id="a return that left it blank"),
        pytest.param("No return", "Red #1", "NORTH has answered since: Red", id="a return that rates it"),
        pytest.param("Left blank", "No return", "", id="a return that had left it blank is gone"),
        pytest.param("Amber #1", "No return", "NORTH's return is gone: before, Amber", id="a return that is gone"),
        pytest.param("Amber #1", "Amber #1", "", id="the same"),
    ],
)
def test_only_what_a_partner_changed_moves_underneath_an_agreed_rating(
    agreed: str, current: str, in_words: str
) -> None:
    assert drift(states(NORTH=current), states(NORTH=agreed)) == in_words


def test_what_a_partner_changed_comes_before_who_has_answered_since() -> None:
    before = states(NORTH="No return", SOUTH="Amber", EAST="Green #1", WEST="No return")
    after = states(NORTH="Green", SOUTH="Red", EAST="Green #2", WEST="Left blank")
    assert drift(after, before) == "SOUTH: Amber → Red, NORTH has answered since: Green and EAST: evidence changed"
