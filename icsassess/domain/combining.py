"""The ways in which the partners' ratings of a line combine into the suggested one: a registry, by the settings' name.

A further way is a further entry here: the settings accept its name, a new locality's settings explain it, the merge
applies it, and the workbook's Key says its sentence.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from icsassess.domain.rag import Vocabulary


class Combine(NamedTuple):
    """One way to combine ratings.

    ``rule`` gives the suggested rating of a line from the Reds, Ambers and Greens of its partners, of which there is at
    least one; ``comment`` explains it in the settings, ``sentence`` in the workbook's Key; ``outcome`` names the rating
    that it makes.
    """

    rule: Callable[[Sequence[str], Vocabulary], str]
    comment: str
    sentence: str
    outcome: str = "the rating that the rule in force makes of the partners' ratings"


def worst(ratings: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give the worst of the ratings."""
    return vocabulary.of_several(ratings)


def majority(ratings: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give the most frequent of the ratings; where two are as frequent, the worse of them."""
    counts = Counter(ratings)
    most = max(counts.values())
    return vocabulary.of_several([rating for rating, number in counts.items() if number == most])


COMBINE: dict[str, Combine] = {
    "worst": Combine(
        worst,
        "the worst of them",
        "The suggested rating of a line is the worst of the partners' ratings.",
        "the most critical partner's rating",
    ),
    "majority": Combine(
        majority,
        "the most frequent; where two are as frequent, the worse of them",
        "The suggested rating of a line is what most partners say, and the worse where there are as many.",
        "the rating that most partners give",
    ),
}
