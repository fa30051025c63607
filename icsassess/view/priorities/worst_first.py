"""What to look at first, the worst first: for Summary, page, terminal, papers, and what a meeting decides today."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from icsassess.assessment.merging.effective_return import RECEIVED
from icsassess.support.text import clip
from icsassess.view.assessment_view import View
from icsassess.view.priorities.lost_ground import lost_ground
from icsassess.view.priorities.plans import gaps_without_action, late_actions, without_proof
from icsassess.view.priorities.points import blockers, group_edits, personal_data, questions
from icsassess.view.priorities.priority import Priority
from icsassess.view.priorities.red_lines import red_lines
from icsassess.view.priorities.returns import refused, unanswered
from icsassess.view.priorities.split_lines import split_lines
from icsassess.view.priorities.unrated_lines import unrated_lines
from icsassess.view.priorities.workbooks import workbooks
from icsassess.view.target import Part, Target

MOST = 7
_BEFORE: tuple[Callable[[View], Iterator[Priority]], ...] = (personal_data, workbooks, questions, group_edits)
"""What comes before all ratings: it cannot wait, or says that a return or a decision is missing in them."""
_AFTER: tuple[Callable[[View], Iterator[Priority]], ...] = (
    split_lines,
    lost_ground,
    late_actions,
    gaps_without_action,
    refused,
    unanswered,
    blockers,
)
"""What comes after the Red lines, a sentence each."""
_LAST: tuple[Callable[[View], Iterator[Priority]], ...] = (without_proof, unrated_lines)
"""What is told where there is room."""


def priorities(view: View, most: int = MOST, longest: int = 10_000) -> list[Priority]:
    """Give at most so many priorities, the worst first; one that says so where nothing presses.

    Red lines take the room that the others leave, and at most half of it; the last sentence says what is left out.
    None is longer than ``longest`` characters.
    """
    if not any(row.state == RECEIVED for row in view.merged.returns):
        # Before any return, every line is a gap: that says nothing about them, and who has to answer is what matters.
        kinds = (*_BEFORE, refused, unanswered)
        return [one._replace(sentence=clip(one.sentence, longest)) for kind in kinds for one in kind(view)][:most]
    before, after, last = ([one for kind in kinds for one in kind(view)] for kinds in (_BEFORE, _AFTER, _LAST))
    room = max(1, min(most // 2, most - len(before) - len(after)))
    every = [*before, *red_lines(view, room), *after, *last]
    if not every:
        nothing = "Nothing presses: every return is in, and no gap is without a plan."
        return [Priority(nothing, Target(Part.HEAT_MAP))]
    beyond = len(every) - most
    if beyond > 0:
        final, more = every[most - 1], f" And {beyond} more, on the sheet Sign-off."
        every[most - 1] = final._replace(sentence=clip(final.sentence, longest - len(more)) + more)
    return [priority._replace(sentence=clip(priority.sentence, longest)) for priority in every[:most]]
