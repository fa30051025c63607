"""The state of an action: decided, delivered, evidenced, late, complete."""

from __future__ import annotations

import datetime

import pytest

from icsassess.assessment.actions.states import ActionState, action_state, missing_of_action

TODAY = datetime.date(2024, 1, 24)
YESTERDAY, TOMORROW = datetime.date(2024, 1, 23), datetime.date(2024, 1, 25)


@pytest.mark.parametrize(
    ("owner", "due", "status", "evidenced_by", "taken_up", "state"),
    [
        pytest.param("Matron", TOMORROW, "", "", None, "planned", id="owner and date: planned, also undecided"),
        pytest.param("Matron", TODAY, "In progress", "", True, "planned", id="due on the day itself is not late"),
        pytest.param("Matron", YESTERDAY, "In progress", "", True, "overdue", id="due before the day: overdue"),
        pytest.param("", YESTERDAY, "", "", None, "overdue", id="late, though nobody owns it"),
        pytest.param("", TOMORROW, "", "", None, "incomplete", id="no owner"),
        pytest.param("Matron", None, "", "", None, "incomplete", id="no date"),
        pytest.param(
            "Matron", YESTERDAY, "Delivered", "", None, "delivered, not evidenced", id="delivered, nothing shows it"
        ),
        pytest.param("Matron", YESTERDAY, "Delivered", "Minutes", None, "closed", id="delivered and evidenced"),
        pytest.param("Matron", YESTERDAY, "", "", False, "not taken up", id="the group said No"),
        pytest.param("", None, "Delivered", "Minutes", False, "not taken up", id="No counts before all else"),
    ],
)
def test_an_action_has_the_state(
    owner: str, due: datetime.date | None, status: str, evidenced_by: str, taken_up: bool | None, state: ActionState
) -> None:
    given = {"owner": owner, "due": due, "status": status, "evidenced_by": evidenced_by, "taken_up": taken_up}
    assert action_state(**given, looked_at=TODAY) == state  # type: ignore[arg-type]


def test_an_action_lacks_owner_date_and_evidence_of_its_delivery() -> None:
    nothing = missing_of_action(owner="", due=None, status="Delivered", evidenced_by="", taken_up=None)
    assert nothing == ["owner", "due date", "evidence"]
    assert missing_of_action(owner="Matron", due=TODAY, status="", evidenced_by="", taken_up=True) == []


def test_an_action_that_is_not_taken_up_lacks_nothing() -> None:
    assert missing_of_action(owner="", due=None, status="", evidenced_by="", taken_up=False) == []
