"""What partners' ratings of a line make together: the suggested rating, and whether partners agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from icsassess.domain import rag
from icsassess.domain.combining import COMBINE
from icsassess.domain.rag import Vocabulary
from icsassess.domain.states import Agreement

NONE: Final = "none"
ONE_PARTNER: Final = "one partner only"
ALL_AGREE: Final = "all agree"
ONE_STEP: Final = "one step apart"
RED_AND_GREEN: Final = "red and green"


def combine_ratings(ratings: Sequence[str], combine: str, vocabulary: Vocabulary) -> str:
    """Give the suggested rating of a line from the ratings of all partners asked for it, ``""`` where nobody rated it.

    ``combine`` names one of the ways in ``domain.combining.COMBINE``. Only Red, Amber and Green are combined. Without
    any of them the line is Not assessed if a partner says so, and Not applicable only if every partner asked says so,
    with a reason: what is left blank or not returned never counts as either. For example::

        combine_ratings(["Red", "Green", "No return"], "worst", vocabulary())  # "Red"

    Raises ``KeyError`` where there is no such way.
    """
    votes = [rating for rating in ratings if rating in vocabulary.ordered]
    if votes:
        return COMBINE[combine].rule(votes, vocabulary)
    if rag.NOT_ASSESSED in ratings:
        return rag.NOT_ASSESSED
    if ratings and all(rating == rag.NOT_APPLICABLE for rating in ratings):
        return rag.NOT_APPLICABLE
    return ""


def agreement(ratings: Sequence[str], vocabulary: Vocabulary) -> Agreement:
    """Tell how far apart the partners' Reds, Ambers and Greens are, in the contract's words."""
    steps = [vocabulary.ordered.index(rating) for rating in ratings if rating in vocabulary.ordered]
    if not steps:
        return NONE
    if len(steps) == 1:
        return ONE_PARTNER
    apart = max(steps) - min(steps)
    if apart == 0:
        return ALL_AGREE
    return ONE_STEP if apart == 1 else RED_AND_GREEN
