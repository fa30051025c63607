"""One meaning of ‘rated’, for returns, lines, terminal, sheets, page, papers and roll-up alike.

Rated is what is Red, Amber or Green, out of what is to be rated: all but what is Not applicable with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from icsassess.domain.rag import NOT_APPLICABLE, vocabulary


class Rated(NamedTuple):
    """How many are rated, of how many that are to be rated: ‘79 of 98’ as a text."""

    rated: int
    out_of: int

    def __str__(self) -> str:
        """Give both in words."""
        return f"{self.rated:,} of {self.out_of:,}"


def counted_rating(rating: str, reason: object, otherwise: str = "") -> str:
    """Give the rating that counts: Not applicable for which there is no ``reason`` counts as ``otherwise``."""
    return otherwise if rating == NOT_APPLICABLE and not reason else rating


def count_rated(ratings: Iterable[str]) -> Rated:
    """Count the ratings that count, those of :func:`counted_rating`, also ``""`` and other words for having none."""
    every = list(ratings)
    return Rated(
        sum(rating in vocabulary().ordered for rating in every), sum(rating != NOT_APPLICABLE for rating in every)
    )
