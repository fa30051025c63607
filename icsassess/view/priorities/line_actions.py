"""The actions of lines, as priorities count them: the one place that knows where a merge keeps its actions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from icsassess.assessment.gaps.plans import DELIVERED
from icsassess.assessment.group_edits.decisions import action_of
from icsassess.returns.template.sources import template_of
from icsassess.support.text import count
from icsassess.tables import titles
from icsassess.view.assessment_view import View


class LineAction(NamedTuple):
    """An action of a line; ``ref`` is empty where it has none, ``row`` is its number in the sheet's order, from 0."""

    ref: str
    owner: str
    due: datetime.date | None
    is_delivered: bool
    is_evidenced: bool
    row: int

    def is_late(self, as_at: datetime.date) -> bool:
        """Whether it was due before that day and is not delivered."""
        return not self.is_delivered and self.due is not None and self.due < as_at


def line_actions(view: View) -> list[LineAction]:
    """Give every action that counts, those of the gaps first and then those of the group's own rows."""
    actions = [
        LineAction(gap.ref, gap.owner, gap.due, gap.status == DELIVERED, bool(gap.evidenced_by), row)
        for row, gap in enumerate(view.merged.gaps)
        if gap.action
    ]
    statuses = template_of(view.merged.locality).statuses
    for row, values in enumerate(view.merged.carried.own_rows, len(view.merged.gaps)):
        texts = {name: str(values.get(title, "")) for name, title in titles.ACTION_TITLES.items()}
        own = action_of(texts, statuses)
        if own.action:
            ref = str(values.get(titles.REF, ""))
            actions.append(LineAction(ref, own.owner, own.due, own.status == DELIVERED, bool(own.evidenced_by), row))
    return actions


def how_they_stand(actions: Sequence[LineAction], as_at: datetime.date) -> str:
    """Say how the actions of a line stand: ‘7 actions, 1 late, 2 without a date’."""
    if not actions:
        return "no action"
    open_ones = [action for action in actions if not action.is_delivered]
    facts = {
        "late": sum(action.is_late(as_at) for action in open_ones),
        "without an owner": sum(not action.owner for action in open_ones),
        "without a date": sum(action.due is None for action in open_ones),
        "delivered": len(actions) - len(open_ones),
    }
    return ", ".join([count(len(actions), "action"), *(f"{number} {word}" for word, number in facts.items() if number)])
