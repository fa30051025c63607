"""Texts that read almost alike, found without comparing each with each: only those that share a rare word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from rapidfuzz import fuzz

from icsassess.text import words

# Shorter texts, or texts of fewer different words, are rightly repeated: ‘Annual report to the quality committee’.
SHORTEST = 50
FEWEST_WORDS = 7
ALIKE = 90.0
_DIGIT = re.compile(r"\d")
# Of each text, so many of its rarest words are looked up; and so many neighbours among texts that share one.
_RAREST = 3
_NEIGHBOURS = 4
_LENGTHS = 0.82  # a text this much shorter cannot be 90 per cent alike
# What more entries than this say in the same words is a phrase of the template or of the trade.
_A_PHRASE = 12


def like_earlier(texts: Sequence[str], owners: Sequence[tuple[str, str]]) -> dict[int, tuple[int, int]]:
    """Give for each text that reads almost like an earlier one the number of that one, and how alike in per cent.

    ``owners`` says for each text whose it is, as (partner, file). Of one partner, only texts in the same file are
    compared: its other files are versions of the same. Words to the letter the same within one file are left out
    (another rule names those), and so are texts whose numbers differ: the audit of ward 3 is not that of ward 5.
    """
    plain = [words(text) if len(text) >= SHORTEST else "" for text in texts]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(plain):
        if text and len(set(text.split())) >= FEWEST_WORDS:
            numbers[text].append(number)
    numbers = {text: same for text, same in numbers.items() if len(same) <= _A_PHRASE}
    found: dict[int, tuple[int, int]] = {}
    for same in numbers.values():
        for at, number in enumerate(same):
            earlier = next((one for one in same[:at] if owners[one][0] != owners[number][0]), None)
            if earlier is not None:
                found[number] = earlier, 100
    for text, near, alike in _near(list(numbers)):
        _take(numbers[text], numbers[near], alike, owners, found)
    return found


def _take(
    one: list[int], other: list[int], alike: int, owners: Sequence[tuple[str, str]], found: dict[int, tuple[int, int]]
) -> None:
    for number in (*one, *other):
        facing = other if number in one else one
        earlier = next(
            (early for early in facing if early < number and _comparable(owners[early], owners[number])), None
        )
        if earlier is not None and found.get(number, (0, 0))[1] < alike:
            found[number] = earlier, alike


def _comparable(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] != other[0] or one[1] == other[1]


def _near(texts: list[str]) -> Iterator[tuple[str, str, int]]:
    """Give pairs of different texts that are almost alike, each once."""
    split = [frozenset(text.split()) for text in texts]
    often = Counter(chain.from_iterable(split))
    shared = sorted((number, word) for word, number in often.items() if number > 1)
    rank = {word: place for place, (_, word) in enumerate(shared)}
    blocks: dict[int, list[int]] = defaultdict(list)
    for number, said in enumerate(split):
        for place in sorted([rank[word] for word in said if word in rank])[:_RAREST]:
            blocks[place].append(number)
    del split, often, shared, rank
    digits = [_numbers(text) for text in texts]
    lengths = [len(text) for text in texts]
    seen: set[int] = set()
    for block in blocks.values():
        # Sorted, texts that are alike stand near to one another.
        block.sort(key=texts.__getitem__)
        for at, first in enumerate(block):
            length = lengths[first]
            for second in block[at + 1 : at + 1 + _NEIGHBOURS]:
                if not _LENGTHS * length <= lengths[second] <= length / _LENGTHS or digits[first] != digits[second]:
                    continue
                pair = (first, second) if first < second else (second, first)
                key = pair[0] * len(texts) + pair[1]
                if key in seen:
                    continue
                seen.add(key)
                if alike := fuzz.ratio(texts[first], texts[second], score_cutoff=ALIKE):
                    yield texts[pair[0]], texts[pair[1]], int(alike)


def _numbers(text: str) -> tuple[str, ...]:
    if not _DIGIT.search(text):
        return ()
    return tuple(word for word in text.split() if _DIGIT.search(word))
