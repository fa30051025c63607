"""A gap with what will be done about it: made in one place, of a merge's line or of a workbook's row."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from icsassess.assessment.gaps.plans import lacks, state_of
from icsassess.assessment.group_edits.decisions import Action
from icsassess.tables.records import Gap


def gap_with_plan(
    *,
    id: str,
    ref: str,
    rating: str,
    reasons: Sequence[str],
    partners: Sequence[str],
    stated: str,
    proposed: str,
    action: Action,
    to_be_moderated: bool,
    plan_required_for: Collection[str],
    as_at: datetime.date,
) -> Gap:
    """Make a gap, with the state of its plan as at a date and what the plan lacks.

    ``plan_required_for`` are the reasons that demand a plan.
    """
    demanded = not set(reasons).isdisjoint(plan_required_for)
    return Gap(
        id=id,
        ref=ref,
        rating=rating,
        reasons=tuple(reasons),
        partners=tuple(partners),
        stated=stated,
        proposed=proposed,
        action=action.action,
        owner=action.owner,
        accountable=action.accountable,
        due=action.due,
        due_typed=action.due_typed,
        status=action.status,
        evidenced_by=action.evidenced_by,
        evidenced_on=action.evidenced_on,
        update=action.update,
        plan=state_of(action, to_be_moderated=to_be_moderated, demanded=demanded, as_at=as_at),
        missing=tuple(lacks(action, demanded=demanded)),
    )
