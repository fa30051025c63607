"""A gap with its plan, made in one place: of a merge's line, or of a workbook's row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from icsassess.assessment.actions.states import NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.gaps.plans import gap_plan, missing_of_plan
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain.states import GapReason
from icsassess.domain.yes_no import in_one_word, read_yes_no
from icsassess.tables.records import Action, Gap


def make_gap(
    *,
    id: str,
    ref: str,
    rating: str,
    stated: Sequence[tuple[str, str]],
    reasons: Sequence[GapReason],
    partners: Sequence[str],
    actions: Sequence[Action],
    covered: str,
    plan_required_for: Collection[str],
) -> Gap:
    """Make a gap, with the plan that its actions make and what that lacks.

    ``plan_required_for`` are the reasons that demand a plan. Red and green is a reason while the group has agreed no
    rating: the plan is to be moderated first.
    """
    demanded = not set(reasons).isdisjoint(plan_required_for)
    proposing = {action.proposed_by for action in actions}
    no_proposal_from = tuple(dict.fromkeys(partner for partner, _ in stated if partner not in proposing))
    is_uncovered = bool(no_proposal_from) and not read_yes_no(covered)
    return Gap(
        id=id,
        ref=ref,
        rating=rating,
        stated=tuple(stated),
        reasons=tuple(reasons),
        partners=tuple(partners),
        no_proposal_from=no_proposal_from,
        actions=tuple(action.id for action in actions),
        late=sum(action.state == OVERDUE for action in actions),
        plan=gap_plan(
            [action.state for action in actions],
            to_be_moderated=RED_AND_GREEN in reasons,
            demanded=demanded,
            is_uncovered=is_uncovered,
        ),
        missing=missing_of_plan(
            [action.missing for action in actions],
            has_action=any(action.state != NOT_TAKEN_UP for action in actions),
            demanded=demanded,
            is_uncovered=is_uncovered,
        ),
        covered=in_one_word(covered),
    )
