"""The rows that the group added to its gaps: what they hold, their plan reckoned like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from icsassess.assessment.gaps import plans
from icsassess.assessment.group_edits.decisions import action_of
from icsassess.assessment.group_edits.edits import CellValue, Texts
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.returns.template.sources import template_of
from icsassess.tables import titles
from icsassess.view.assessment_view import View


class OwnRow(NamedTuple):
    """A row of the group's own: what it holds by title, and its line's rating and the state of its plan as they are."""

    values: Mapping[str, CellValue]
    rating: str
    plan: str


def own_rows(view: View) -> list[OwnRow]:
    """Give the group's own rows in the order in which they stood."""
    return [_own_row(view, values) for values in view.merged.carried.own_rows]


def _own_row(view: View, values: Mapping[str, CellValue]) -> OwnRow:
    texts = {title: str(value) for title, value in values.items()}
    line = view.line_by_ref.get(texts.get(titles.REF, ""))
    reasons = [reason.strip() for reason in texts.get(titles.WHY_A_GAP, "").split(",")]
    statuses = template_of(view.merged.locality).statuses
    action = action_of(_fields(texts), statuses)
    plan = plans.state_of(
        action,
        to_be_moderated=RED_AND_GREEN in reasons and not (line and line.agreed),
        demanded=any(reason in view.plan_required_for for reason in reasons),
        as_at=view.merged.as_at,
    )
    return OwnRow(values, line.rating if line else "", plan)


def _fields(texts: Texts) -> Texts:
    return {name: texts.get(title, "") for name, title in titles.ACTION_TITLES.items()}
