"""The names of organisations that answer for one partner: which are the same one, and which may be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from icsassess.support.data_files import shipped_toml
from icsassess.support.text import words

_ALIKE = 80
_INITIALS = 2


class NameParts(NamedTuple):
    """A name taken apart: the words that tell it from others, in order of the alphabet, and how it is shown."""

    telling: tuple[str, ...]
    shown: str


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(shipped_toml("organisations.toml")[table])


def common_words(names: Iterable[str]) -> frozenset[str]:
    """Give the words that tell no organisation from another: those of the partner's and the locality's ``names``."""
    return _listed("common") | {_one(word) for name in names for word in words(name).split()}


def parts_of(name: str, common: frozenset[str]) -> NameParts:
    """Take a name apart: ‘Medlock Primary Care Network’ is told by ‘medlock’, and shown as ‘Medlock’.

    A name of common words alone tells nothing, and is shown as it is.
    """
    typed = [(word, [_one(part) for part in words(word).split()]) for word in name.split()]
    telling = [part for _, parts in typed for part in parts if part not in common]
    shown = " ".join(word for word, parts in typed if any(part not in common for part in parts))
    return NameParts(tuple(sorted(set(telling))), shown.strip(" ,;:-–()") or " ".join(name.split()))


def _one(word: str) -> str:
    """Give a word without the s of several: ‘networks’ is the word ‘network’."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def may_be_the_same(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether two organisations, by the words that tell them, may be one under two spellings.

    They may where one has all words of the other, where letters are mistyped, or where one is the other's initials;
    never where they differ in a number, a letter or a point of the compass.
    """
    mine, other = set(first) - set(second), set(second) - set(first)
    if any(_tells_apart(word) for word in mine | other) and (mine and other):
        return False
    if not mine or not other:
        return bool(first and second)
    if _are_initials(first, second) or _are_initials(second, first):
        return True
    return fuzz.ratio(" ".join(sorted(mine)), " ".join(sorted(other))) >= _ALIKE


def _tells_apart(word: str) -> bool:
    return word in _listed("distinguishing") or len(word) == 1 or any(character.isdigit() for character in word)


def _are_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(long) < _INITIALS or len(short[0]) != len(long):
        return False
    return sorted(short[0]) == sorted(word[0] for word in long)
