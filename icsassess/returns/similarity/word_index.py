"""The words of many texts in little room: which of them are rare, and which texts share one."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
FEWEST_WORDS = 7
"""Texts of fewer different words are rightly repeated: ‘Annual report to the quality committee’."""
_RAREST = 3  # of each text, so many of its rarest words count
_TEXTS_AT_ONCE = 10_000
_DIGIT = re.compile(r"\d")


class InvertedIndex:
    """Texts in comparable form, each once, those of too few words left out; every word of a text is a number."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts: list[str] = []
        number_of: defaultdict[str, int] = defaultdict(count().__next__)
        words, ends = array("I"), array("Q")
        for text in texts:
            distinct = set(text.split())
            if len(distinct) >= FEWEST_WORDS:
                self.texts.append(text)
                words.extend(map(number_of.__getitem__, distinct))
                ends.append(len(words))
        self._vocabulary = list(number_of)
        self._words = np.frombuffer(words, dtype=np.uint32) if words else np.empty(0, dtype=np.uint32)
        self._ends = np.array(ends, dtype=np.int64)

    @property
    def numbers(self) -> Integers:
        """Give for each text what is the same for texts that name the same numbers in the same order."""
        with_digit = np.array([bool(_DIGIT.search(word)) for word in self._vocabulary], dtype=bool)
        named = {word for word, has_one in zip(self._vocabulary, with_digit.tolist(), strict=True) if has_one}
        group_of: dict[tuple[str, ...], int] = {(): 0}
        groups = np.zeros(len(self.texts), dtype=np.int64)
        if named:
            for place in np.unique(np.searchsorted(self._ends, np.flatnonzero(with_digit[self._words]), "right")):
                numbers = tuple(word for word in self.texts[place].split() if word in named)
                groups[place] = group_of.setdefault(numbers, len(group_of))
        return groups

    def blocks(self) -> Iterator[Integers]:
        """Give the places of the texts that share one of their rarest words, the rarest words first."""
        often = np.bincount(self._words, minlength=len(self._vocabulary))
        shared = sorted(np.flatnonzero(often > 1).tolist(), key=lambda word: (often[word], self._vocabulary[word]))
        rank = np.full(len(self._vocabulary), len(shared))  # a word that stands in one text alone is shared with none
        rank[shared] = np.arange(len(shared))
        rarest, places = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for start in range(0, len(self.texts), _TEXTS_AT_ONCE):
            ends = self._ends[start : start + _TEXTS_AT_ONCE]
            begins = np.concatenate(([self._ends[start - 1] if start else 0], ends[:-1]))
            ranks = rank[self._words[begins[0] : ends[-1]]]
            whose = np.repeat(np.arange(len(ends)), ends - begins)
            first = (begins - begins[0])[:, np.newaxis] + np.arange(_RAREST)  # every text has more words than these
            chosen = ranks[np.lexsort((ranks, whose))][first]
            rarest.append(chosen.ravel())
            places.append(np.repeat(np.arange(start, start + len(ends)), _RAREST))
        by_word, by_place = np.concatenate(rarest), np.concatenate(places)
        order = np.argsort(by_word, kind="stable")
        by_word, by_place = by_word[order], by_place[order]
        cuts = np.searchsorted(by_word, np.arange(len(shared) + 1))
        for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            if high - low > 1:
                yield by_place[low:high]
