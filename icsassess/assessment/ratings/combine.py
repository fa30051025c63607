"""What partners' ratings of a line make together: the suggested rating, and whether partners agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from icsassess.domain import rag
from icsassess.domain.rag import Vocabulary

NONE = "none"
ALL_AGREE = "all agree"
ONE_STEP = "one step apart"
RED_AND_GREEN = "red and green"


def suggested(ratings: Sequence[str], combine: str, vocabulary: Vocabulary) -> str:
    """Give the suggested rating of a line from the ratings of all partners asked for it, ``""`` where nobody rated it.

    ``combine`` is ``worst`` or ``majority`` (where two are as frequent, the worse of them). Only Red, Amber and Green
    are combined. Without any of them the line is Not assessed if a partner says so, and Not applicable only if every
    partner asked says so, with a reason: what is left blank or not returned never counts as either.
    """
    votes = [rating for rating in ratings if rating in vocabulary.ordered]
    if votes:
        if combine == "majority":
            counts = Counter(votes)
            most = max(counts.values())
            votes = [rating for rating in votes if counts[rating] == most]
        return vocabulary.worst(votes) or ""
    if rag.NOT_ASSESSED in ratings:
        return rag.NOT_ASSESSED
    if ratings and all(rating == rag.NOT_APPLICABLE for rating in ratings):
        return rag.NOT_APPLICABLE
    return ""


def agreement(ratings: Sequence[str], vocabulary: Vocabulary) -> str:
    """Tell how far apart the partners' Reds, Ambers and Greens are, in the contract's words."""
    steps = {vocabulary.ordered.index(rating) for rating in ratings if rating in vocabulary.ordered}
    if not steps:
        return NONE
    apart = max(steps) - min(steps)
    return (ALL_AGREE, ONE_STEP)[apart] if apart < 2 else RED_AND_GREEN
