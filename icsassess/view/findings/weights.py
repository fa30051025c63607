"""Gaps in the order in which they weigh: Red first, of these what most partners call Red; then by how a plan stands."""

from __future__ import annotations

from icsassess.assessment.gaps.plans import PLAN_STATES
from icsassess.domain import rag
from icsassess.view.assessment_view import ShownGap, View
from icsassess.view.priorities.red_lines import red_by_share

_STATES = (*PLAN_STATES, "")


def gaps_by_weight(view: View) -> list[ShownGap]:
    """Give the gaps, the weightiest first.

    Red ones in the order of :func:`red_by_share`; then the Amber and all others, each by the state of its plan in the
    order in which a meeting looks at them, and by the framework's order.
    """
    share = {red.line.line.ref: place for place, red in enumerate(red_by_share(view))}
    ratings = rag.vocabulary().ordered
    others = len(ratings)

    def weight(gap: ShownGap) -> tuple[int, int, int]:
        rating = gap.line.counted
        place = ratings.index(rating) if rating in ratings else others
        return place, share.get(gap.line.line.ref, 0), _STATES.index(gap.plan)

    return sorted(view.gaps, key=weight)
