"""The heat maps as the page shows them: in words where there is room, in letters on a phone, partners in blocks."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.domain import rag
from icsassess.view import rating_words
from icsassess.view.assessment_view import View
from icsassess.view.findings.names import name_of

MOST_COLUMNS = 12
"""Partners that stand side by side on a heat map; more of them stand on further maps below it."""
_MARK = "!"
_NO_RATING = "·"
_NOT_APPLICABLE = "/"


class BlockOfPartners(NamedTuple):
    """The partners of one map: the place of the first in the settings' order, their names, and which map it is."""

    start: int
    names: list[str]
    part: str


def blocks_of_partners(view: View) -> list[BlockOfPartners]:
    """Give the partners in blocks that fit side by side."""
    names = [name_of(view, code) for code in view.codes]
    starts = range(0, len(names), MOST_COLUMNS)
    parts = [f", map {number} of {len(starts)}" if len(starts) > 1 else "" for number in range(1, len(starts) + 1)]
    return [
        BlockOfPartners(start, names[start : start + MOST_COLUMNS], part)
        for start, part in zip(starts, parts, strict=True)
    ]


def letter(word: str) -> str:
    """Give what stands for a word on a phone's map: ‘R’, ‘A!’ where the group has to look at it, ‘·’ for no rating."""
    plain = word.removesuffix(rating_words.SPLIT).removesuffix(rating_words.LOOK_AGAIN)
    mark = _MARK if plain != word else ""
    if plain in rag.vocabulary().ordered:
        return plain[:1] + mark
    return (_NOT_APPLICABLE if plain == rag.NOT_APPLICABLE else _NO_RATING) + mark


def letters_in_words() -> str:
    """Say what the letters stand for."""
    ratings = ", ".join(f"{word[:1]} {word}" for word in rag.vocabulary().ordered)
    return f"{ratings}, {_NOT_APPLICABLE} not applicable, {_NO_RATING} no rating, {_MARK} to be looked at by the group"
