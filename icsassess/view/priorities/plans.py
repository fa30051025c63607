"""What is late, what nobody does anything about, and what is done with nothing to show for it."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.actions.states import NOT_EVIDENCED, OVERDUE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.domain import rag
from icsassess.support.text import clip, count
from icsassess.view.assessment_view import View
from icsassess.view.line_titles import titles_of
from icsassess.view.priorities.priority import NAMED, Priority
from icsassess.view.target import Part, Target

_OWNER = 40  # characters of an owner
_OWNERS = 3


def late_actions(view: View) -> Iterator[Priority]:
    """Give one sentence on all actions that are late: how many, on how many lines, and of whom."""
    late = [(row, action) for row, action in enumerate(view.merged.actions) if action.state == OVERDUE]
    if late:
        lines = len({action.ref for _, action in late if action.ref})
        on = f", on {count(lines, 'line')}" if lines else ""
        owners = list(dict.fromkeys(clip(action.owner, _OWNER) or "nobody" for _, action in late))
        more = [f"and {len(owners) - _OWNERS} more"] if len(owners) > _OWNERS else []
        whose = "; ".join([*owners[:_OWNERS], *more])
        sentence = f"{count(len(late), 'action is', 'actions are')} late{on}. Owned by: {whose}."
        yield Priority(sentence, Target(Part.ACTIONS, late[0][0]))


def gaps_without_action(view: View) -> Iterator[Priority]:
    """Give one sentence on the gaps that need an action and have none from anybody, Red ones first."""
    gaps = [(number, gap.line) for number, gap in enumerate(view.gaps) if gap.plan == NEEDS_A_PLAN]
    red = [pair for pair in gaps if pair[1].counted == rag.RED]
    ordered = red + [pair for pair in gaps if pair not in red]
    if ordered:
        titles = titles_of([line for _, line in ordered], NAMED)
        share = f"{len(red) or 'none'} of them Red" if len(gaps) > 1 else "Red" if red else "not Red"
        verb = "has" if len(gaps) == 1 else "have"
        sentence = f"{count(len(gaps), 'gap')}, {share}, {verb} no action from anybody: {titles}."
        yield Priority(sentence, Target(Part.GAPS, ordered[0][0]))


def without_proof(view: View) -> Iterator[Priority]:
    """Give one sentence on the actions that are delivered, and for which nothing is named that shows it."""
    rows = [row for row, action in enumerate(view.merged.actions) if action.state == NOT_EVIDENCED]
    if rows:
        done = count(len(rows), "action is", "actions are")
        sentence = f"{done} reported as done, and nothing is named that shows it: say what does."
        yield Priority(sentence, Target(Part.ACTIONS, rows[0]))
