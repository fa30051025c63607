"""Titles of statements and categories in fewer or other words: by their words, their number or their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from icsassess.domain.framework import Category, Framework, Statement
from icsassess.support.text import fold, words

Kind = Literal["statements", "categories"]
_LITTLE = frozenset(
    (
        *("a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to", "with", "within", "how"),
        *("is", "are"),
    )
)
_NUMBERED = re.compile(r"(?:quality )?(?:statement|qs|category)(?: no\.?| number)? ?#?(\d{1,2})\b.{0,3}")
_SHORTEST_SENTENCE = 25
_SHORTEST_WORD = 5


@lru_cache(maxsize=8_192)
def code_in_other_words(framework: Framework, kind: Kind, typed: str) -> str | None:
    """Give the code that a label names by number (‘Statement 3’), by its ‘We …’ sentence, even cut off, or by words.

    Words count where they are all in the titles of one statement or category and of no other.
    """
    items: tuple[Statement | Category, ...] = getattr(framework, kind)
    text = fold(typed).strip(" .…")
    if match := _NUMBERED.fullmatch(text):
        number = int(match.group(1))
        return items[number - 1].code if 1 <= number <= len(items) else None
    plain = words(text)
    if len(plain) >= _SHORTEST_SENTENCE:
        begun = [item.code for item in items if isinstance(item, Statement) and _is_sentence(plain, item)]
        if len(begun) == 1:
            return begun[0]
    said = [word for word in plain.split() if word not in _LITTLE]
    if not said or max(map(len, said)) < _SHORTEST_WORD or _is_title_of_another_kind(framework, kind, plain):
        return None
    fitting = [item.code for item in items if all(_has_word(item, word) for word in said)]
    return fitting[0] if len(fitting) == 1 else None


def speaks_of_another(items: Iterable[Statement | Category], code: str, typed: str) -> bool:
    """Tell whether a label that looks like one title has a word of another's: ‘Feedback from staff and partners’."""
    items = tuple(items)
    meant = next(item for item in items if item.code == code)
    strange = [word for word in words(typed).split() if len(word) >= _SHORTEST_WORD and not _has_word(meant, word)]
    return any(_has_word(item, word) for word in strange for item in items if item.code != code)


def _is_sentence(plain: str, item: Statement) -> bool:
    sentence = words(item.we_statement)
    return bool(sentence) and (sentence.startswith(plain) or plain.startswith(sentence))


def _has_word(item: Statement | Category, word: str) -> bool:
    return any(_alike(word, known) for title in (item.title, *item.aliases) for known in _words(title))


@lru_cache(maxsize=1_024)
def _words(title: str) -> tuple[str, ...]:
    return tuple(word for word in words(title).split() if word not in _LITTLE)


@lru_cache(maxsize=16_384)
def _alike(word: str, known: str) -> bool:
    if word == known:
        return True
    if min(len(word), len(known)) < _SHORTEST_WORD:
        return False
    return word.rstrip("s") == known.rstrip("s") or OSA.distance(word, known, score_cutoff=1) <= 1


def _is_title_of_another_kind(framework: Framework, kind: Kind, plain: str) -> bool:
    """Tell whether a text is the title of a theme, or of a category where a statement is looked for."""
    others = (*framework.themes, *(framework.categories if kind == "statements" else framework.statements))
    return any(plain == words(title) for other in others for title in (other.title, *other.aliases))
