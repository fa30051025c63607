"""The words that stand for ratings, their fills, and the worst of several lines. A blank never looks Green."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain import rag

NOT_IN_FRAMEWORK = "Not in the framework"
SPLIT = " – split"
"""Stands behind a line's rating where partners are Red and Green: short, so that a heat map is one screen."""
LOOK_AGAIN = " – look again"
"""Stands behind a line's rating where what the group agreed has lost its ground."""


def fills() -> dict[str, str]:
    """Give the fill behind each word, as ``RRGGBB``: ratings, and the ways of having none."""
    vocabulary = rag.vocabulary()
    ratings = {rating.name: rating.fill for rating in vocabulary.ratings if rating.fill != "FFFFFF"}
    return ratings | {vocabulary.absent.no_return: "DDE1E4", vocabulary.absent.not_asked: "F0F4F5"}


def partner_word(rating: str, *, understood: bool = True) -> str:
    """Give what stands in a partner's column for its rating of a line it was asked for."""
    absent = rag.vocabulary().absent
    return rating or (absent.blank if understood else absent.not_understood)


def line_word(rating: str, partners: Sequence[str]) -> str:
    """Give what stands for a line's rating; ``partners`` are the ratings of those asked for it.

    Where nobody rated it the word says why: nobody was asked, nobody has sent a return, or it was left blank. What was
    not understood is a partner's: the line has no rating, as where it is blank.
    """
    absent = rag.vocabulary().absent
    if rating:
        return rating
    if not partners:
        return absent.not_asked
    return absent.no_return if set(partners) == {rag.NO_RETURN} else absent.blank


def worst_word(words: Sequence[str], *, not_applicable_without_reason: int = 0) -> str:
    """Give the worst of the lines' words for a statement.

    Green only where every line is Green or does not apply; else it says how many are rated: a blank is never green.
    Not applicable without a reason stays among those to be rated.
    """
    vocabulary, number = rag.vocabulary(), len(words)
    absent, worst = vocabulary.absent, vocabulary.of_several(list(words))
    not_applicable, green = words.count(rag.NOT_APPLICABLE), words.count(rag.GREEN)
    if worst == rag.GREEN:
        to_rate = number - (not_applicable - not_applicable_without_reason)
        return rag.GREEN if green >= to_rate else f"{rag.GREEN}, {green} of {to_rate}"
    if worst not in (rag.NOT_APPLICABLE, ""):
        return worst
    if not_applicable >= number:
        return rag.NOT_APPLICABLE
    not_asked = not_applicable + words.count(absent.not_asked)
    if not_asked >= number:
        return absent.not_asked
    return absent.no_return if not_asked + words.count(absent.no_return) >= number else absent.blank
