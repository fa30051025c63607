"""The plan of a gap: settled first, then the weightiest of its actions, and whole only where everybody's gap is met."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.assessment.actions.states import ACTION_STATES
from icsassess.assessment.gaps.plans import PLAN_STATES, gap_plan, missing_of_plan
from icsassess.domain.states import ActionState

case = pytest.param
states_of_actions = st.lists(st.sampled_from(ACTION_STATES), max_size=6)


@pytest.mark.parametrize(
    ("states", "plan"),
    [
        case([], "needs a plan", id="nobody proposes anything"),
        case(["not taken up"], "needs a plan", id="the group said No to the only action"),
        case(["planned", "overdue", "closed"], "overdue", id="one late among others"),
        case(["planned", "delivered, not evidenced"], "delivered, not evidenced", id="evidence still to be seen"),
        case(["planned", "incomplete"], "plan incomplete", id="one without owner or date"),
        case(["planned", "not taken up"], "planned", id="what is not taken up does not count"),
        case(["closed", "closed"], "closed", id="all done and shown"),
        case(["closed", "planned"], "planned", id="not all done yet"),
    ],
)
def test_the_weightiest_action_makes_the_plan(states: list[ActionState], plan: str) -> None:
    assert gap_plan(states, to_be_moderated=False, demanded=True, is_uncovered=False) == plan


@pytest.mark.parametrize(
    ("states", "plan"),
    [
        case(["planned"], "plan incomplete", id="planned by one, nothing by the other"),
        case(["closed"], "plan incomplete", id="closed by one, nothing by the other"),
        case(["overdue"], "overdue", id="late weighs more"),
    ],
)
def test_a_plan_is_incomplete_where_a_partner_states_a_gap_and_no_action(states: list[ActionState], plan: str) -> None:
    assert gap_plan(states, to_be_moderated=False, demanded=True, is_uncovered=True) == plan


@given(states_of_actions, st.booleans(), st.booleans())
def test_disagreement_is_settled_before_all_else(states: list[ActionState], demanded: bool, is_uncovered: bool) -> None:
    plan = gap_plan(states, to_be_moderated=True, demanded=demanded, is_uncovered=is_uncovered)
    assert plan == "to be moderated"


@given(states_of_actions, st.booleans())
def test_a_plan_without_an_action_is_demanded_or_none(states: list[ActionState], demanded: bool) -> None:
    plan = gap_plan(states, to_be_moderated=False, demanded=demanded, is_uncovered=False)
    assert plan in {*PLAN_STATES, ""}
    assert (plan in ("needs a plan", "")) == all(state == "not taken up" for state in states)


def test_a_plan_lacks_what_its_actions_lack_and_an_action_where_nobody_proposes_one() -> None:
    assert missing_of_plan([["due date"], ["owner"]], has_action=True, demanded=True, is_uncovered=False) == (
        "owner",
        "due date",
    )
    assert missing_of_plan([], has_action=False, demanded=True, is_uncovered=False) == ("action",)
    assert missing_of_plan([], has_action=False, demanded=False, is_uncovered=True) == ()
