"""Whether what somebody typed says something, or that there is nothing: in the words of ``no_evidence.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from icsassess.support.data_files import shipped_toml
from icsassess.support.text import fold_once, words, words_once

_LONGEST_BEGINNING = 60
# Signs alone. Ticks, arrows and ditto marks are none of them: these say something.
_MERE_SIGNS = re.compile(r"[\s\-–—_.…,;:!?/\\*~+=|()\[\]<>#]*")


class _NoEvidence(NamedTuple):
    """The words for it: as the whole text, or at its beginning; and the first words of all of these."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    first: frozenset[str]


class _Elsewhere(NamedTuple):
    """The words for evidence that stands somewhere else: whole texts, beginnings, and signs."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    signs: frozenset[str]


@cache
def _no_evidence() -> _NoEvidence:
    data = shipped_toml("no_evidence.toml")
    whole, beginnings = (tuple(words(text) for text in data[name]) for name in ("whole", "beginnings"))
    return _NoEvidence(
        frozenset(whole), tuple(f"{text} " for text in beginnings), frozenset(t.split()[0] for t in whole + beginnings)
    )


@cache
def _of_column(field: str) -> frozenset[str]:
    columns: dict[str, list[str]] = shipped_toml("no_evidence.toml")["column"]
    # ‘No action required’ stands under Gap as well.
    further = [*columns["gap"], *columns["action"]] if field in ("gap", "action") else columns.get(field, [])
    whole = _no_evidence().whole | {words(text) for text in further}
    return whole - {words(text) for text in shipped_toml("no_evidence.toml")["are_gaps"]} if field == "gap" else whole


@cache
def _elsewhere() -> _Elsewhere:
    data = shipped_toml("no_evidence.toml")
    return _Elsewhere(
        frozenset(words(text) for text in data["elsewhere"]),
        tuple(f"{words(text)} " for text in data["elsewhere_beginnings"]),
        frozenset(fold_once(sign) for sign in data["elsewhere_signs"]),
    )


def is_evidence(text: str, kept: str) -> bool:
    """Tell whether a row describes evidence: not where it is blank, or says that there is none and names no place."""
    return bool(text) and not (_says_none(text) and (not kept or _says_none(kept)))


def says_none(text: str, kept: str) -> bool:
    """Tell whether something stands under Evidence that says there is none."""
    return bool(text) and not is_evidence(text, kept)


def says_nothing(field: str, text: str) -> bool:
    """Tell whether what stands under Gap, Action or Owner says that there is none: ‘None’, ‘tbc’, ‘-’, ‘vacant’."""
    if len(text) > _LONGEST_BEGINNING:
        return False
    return _MERE_SIGNS.fullmatch(text) is not None or words(text) in _of_column(field)


def is_elsewhere(text: str) -> bool:
    """Tell whether what stands under Evidence only points at another place of the return: ‘as above’, ‘"’."""
    if len(text) > _LONGEST_BEGINNING:
        return False
    known, plain = _elsewhere(), words_once(text)
    if not plain:
        return fold_once(text) in known.signs
    return plain in known.whole or (f"{plain} ".startswith(known.beginnings) and len(plain.split()) <= 4)


def _says_none(text: str) -> bool:
    known = _no_evidence()
    beginning = words_once(text[:_LONGEST_BEGINNING])  # the same for most of a million rows: no need to read on
    if not beginning:
        return len(text) < _LONGEST_BEGINNING and _MERE_SIGNS.fullmatch(text) is not None
    if beginning.split(" ", 1)[0] not in known.first:
        return False
    return words_once(text) in known.whole or f"{beginning} ".startswith(known.beginnings)
