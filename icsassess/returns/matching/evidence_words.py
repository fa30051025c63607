"""Whether what stands under Evidence is evidence, or says that there is none: in the words of ``no_evidence.toml``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from icsassess.support.data_files import shipped_toml
from icsassess.support.text import words, words_once

_LONGEST_BEGINNING = 60


class _NoEvidence(NamedTuple):
    """The words for it: as the whole text, or at its beginning; and the first words of all of these."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    first: frozenset[str]


@cache
def _no_evidence() -> _NoEvidence:
    data = shipped_toml("no_evidence.toml")
    whole, beginnings = (tuple(words(text) for text in data[name]) for name in ("whole", "beginnings"))
    return _NoEvidence(
        frozenset(whole), tuple(f"{text} " for text in beginnings), frozenset(t.split()[0] for t in whole + beginnings)
    )


def is_evidence(text: str, kept: str) -> bool:
    """Tell whether a row describes evidence: not where it is blank, or says that there is none and names no place."""
    return bool(text) and not (_says_none(text) and (not kept or _says_none(kept)))


def says_none(text: str, kept: str) -> bool:
    """Tell whether something stands under Evidence that says there is none."""
    return bool(text) and not is_evidence(text, kept)


def _says_none(text: str) -> bool:
    known = _no_evidence()
    beginning = words_once(text[:_LONGEST_BEGINNING])  # the same for most of a million rows: no need to read on
    if beginning.split(" ", 1)[0] not in known.first:
        return False
    return words_once(text) in known.whole or f"{beginning} ".startswith(known.beginnings)
