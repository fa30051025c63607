"""Texts that read almost alike, found without comparing each with each: only those that share a rare word."""

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from icsassess.returns.similarity.word_index import Integers, InvertedIndex

# Shorter texts, or texts of fewer different words, are rightly repeated: ‘Annual report to the quality committee’.
SHORTEST = 50
ALIKE = 90.0
# So many neighbours among texts that share a rare word.
_NEIGHBOURS = 4
_LENGTHS = 0.82  # a text this much shorter cannot be 90 per cent alike
_PAIRS_AT_ONCE = 50_000
# What more entries than this say in the same words is a phrase of the template or of the trade.
_A_PHRASE = 12


def find_near_duplicates(plain: Sequence[str], owners: Sequence[tuple[str, str]]) -> dict[int, tuple[int, int]]:
    """Give for each text that reads almost like an earlier one the number of that one, and how alike in per cent.

    ``plain`` are the texts in comparable form (``text.words``). ``owners`` says for each whose it is, as (partner,
    file). Of one partner, only texts in the same file are compared: its other files are versions of the same. Words to
    the letter the same within one file are left out (another rule names those), and so are texts whose numbers differ:
    the audit of ward 3 is not that of ward 5.
    """
    numbers = _numbers(plain)
    index = InvertedIndex(numbers)
    earlier_of: dict[int, tuple[int, int]] = {}
    for text in index.texts:
        same = numbers[text]
        for at, number in enumerate(same):
            earlier = next((one for one in same[:at] if owners[one][0] != owners[number][0]), None)
            if earlier is not None:
                earlier_of[number] = earlier, 100
    for one, near, alike in _near_pairs(index):
        _note_earlier(numbers[one], numbers[near], alike, owners, earlier_of)
    return earlier_of


def _numbers(plain: Sequence[str]) -> dict[str, Sequence[int]]:
    """Give the long texts, phrases of many entries left out, each with the numbers of the entries that say it."""
    numbers: dict[str, Sequence[int]] = {}
    for number, text in enumerate(plain):
        if len(text) >= SHORTEST:
            same = numbers.get(text)
            numbers[text] = (number,) if same is None else (*same[:_A_PHRASE], number)
    for text in [text for text, same in numbers.items() if len(same) > _A_PHRASE]:
        del numbers[text]
    return numbers


def _note_earlier(
    one: Sequence[int],
    other: Sequence[int],
    alike: int,
    owners: Sequence[tuple[str, str]],
    earlier_of: dict[int, tuple[int, int]],
) -> None:
    for number in (*one, *other):
        facing = other if number in one else one
        earlier = next(
            (early for early in facing if early < number and _comparable(owners[early], owners[number])), None
        )
        if earlier is not None and earlier_of.get(number, (0, 0))[1] < alike:
            earlier_of[number] = earlier, alike


def _comparable(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] != other[0] or one[1] == other[1]


def _near_pairs(index: InvertedIndex) -> Iterator[tuple[str, str, int]]:
    """Give pairs of different texts that are almost alike, each once, and how alike in per cent."""
    texts = index.texts
    pairs = _neighbours(index)
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        part = pairs[start : start + _PAIRS_AT_ONCE]
        one, other = ([texts[number] for number in numbers.tolist()] for numbers in np.divmod(part, len(texts)))
        scores = process.cpdist(one, other, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.float64, workers=-1)
        for at in scores.nonzero()[0].tolist():
            yield one[at], other[at], int(scores[at])


def _neighbours(index: InvertedIndex) -> Integers:
    """Give the pairs that may be alike: of much the same length, with the same numbers, near when sorted.

    A pair is the one's place times the number of texts, and the other's added; each is there once.
    """
    texts, numbers = index.texts, index.numbers
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    order = np.empty(len(texts), dtype=np.int64)
    order[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    pair_numbers = [np.empty(0, dtype=np.int64)]
    for block in index.blocks():
        # Sorted, texts that are alike stand near to one another.
        here = block[np.argsort(order[block])]
        places = np.arange(len(here))[:, np.newaxis] + np.arange(1, _NEIGHBOURS + 1)
        inside = places < len(here)
        first, second = np.repeat(here, inside.sum(axis=1)), here[places[inside]]
        alike = (lengths[second] >= _LENGTHS * lengths[first]) & (lengths[second] <= lengths[first] / _LENGTHS)
        alike &= numbers[first] == numbers[second]
        first, second = first[alike], second[alike]
        pair_numbers.append(np.minimum(first, second) * len(texts) + np.maximum(first, second))
    pairs = np.concatenate(pair_numbers)
    return pairs[np.sort(np.unique(pairs, return_index=True)[1])]
