"""The words a workbook rates with: those offered by its drop-down lists and those typed, and what they mean to us."""

from collections import Counter
from collections.abc import Iterable, Sequence

from icsassess.domain.rag import How, vocabulary
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.template.model import return_template, template_ids
from icsassess.support.text import fold

_LONGEST_WORD = 40  # characters
_MOST_WORDS = 8
_ENOUGH_CELLS = 5
_SURE = (How.EXACT, How.BETWEEN_TWO)


def means(word: str) -> str:
    """Give the rating that a word stands for by itself, ‘’ where it is none of ours: another scale, or a story."""
    reading = vocabulary().read(word)
    return reading.rating or "" if reading.how in _SURE else ""


def looks_like_a_scale(typed: Sequence[str], offered: Sequence[str]) -> bool:
    """Tell whether a column holds ratings, of ours or of another scale: few short words that come again and again.

    A list that is offered counts when one of its words is a rating, or when nothing but its words is typed.
    """
    statuses = return_template(template_ids()[0]).statuses
    if any(status_of(text, statuses) for text in (*offered, *typed)):
        return False
    if offered and len(offered) <= _MOST_WORDS:
        if any(means(word) in vocabulary().ordered for word in offered):
            return True
        few = len(offered) >= 2 and all(len(word) <= _LONGEST_WORD for word in offered)
        return few and {fold(text) for text in typed} <= {fold(word) for word in offered}
    if len(typed) < _ENOUGH_CELLS or any(len(text) > _LONGEST_WORD for text in typed):
        return False
    different = {fold(text) for text in typed}
    if sum(1 for text in typed if means(text)) >= 0.8 * len(typed):
        return True
    return 2 <= len(different) <= 5 and len(typed) >= 4 * len(different)


def rating_words(typed: Iterable[str], offered: Sequence[str], corrected: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Give each word with its meaning and how often it was typed: those offered first, then by how often.

    ``corrected`` has what the reader said. Longer texts are remarks, not words.
    """
    times = Counter(" ".join(text.split()) for text in typed)
    by_fold: dict[str, str] = {}
    for word in [*offered, *(word for word, _ in times.most_common())]:
        if len(word) <= _LONGEST_WORD:
            by_fold.setdefault(fold(word), word)
    corrected_words = {fold(word): meant for word, meant in corrected.items()}
    ratings: dict[str, tuple[str, int]] = {}
    for key, word in by_fold.items():
        often = sum(number for text, number in times.items() if fold(text) == key)
        ratings[word] = (corrected_words.get(key) or means(word), often)
    return ratings


def is_a_number(word: str) -> bool:
    """Tell a score from a word: ‘3’ is of another scale, and there is no rating it stands for."""
    return word.strip().removesuffix(".0").isdecimal()
