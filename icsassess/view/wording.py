"""The words that stand for ratings in the workbook, and the worst of several lines. A blank never looks Green."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain import rag
from icsassess.excel.writing.sheet import Formula

NOT_IN_FRAMEWORK = "Not in the framework"


def fills() -> dict[str, str]:
    """Give the fill behind each word, as ``RRGGBB``: ratings, and the ways of having none."""
    vocabulary = rag.vocabulary()
    ratings = {rating.name: rating.fill for rating in vocabulary.ratings if rating.fill != "FFFFFF"}
    return ratings | {vocabulary.absent.no_return: "DDE1E4", vocabulary.absent.not_asked: "F0F4F5"}


def partner_word(rating: str) -> str:
    """Give what stands in a partner's column for its rating of a line it was asked for."""
    return rating or rag.vocabulary().absent.blank


def line_word(rating: str, partners: Sequence[str]) -> str:
    """Give what stands for a line's rating; ``partners`` are the ratings of those asked for it.

    Where nobody rated it the word says why: nobody was asked, nobody has sent a return, or it was left blank.
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
    absent, number = rag.vocabulary().absent, len(words)
    not_applicable, green = words.count(rag.NOT_APPLICABLE), words.count(rag.GREEN)
    if worse := next((word for word in (rag.RED, rag.AMBER) if word in words), None):
        return worse
    if green:
        to_rate = number - (not_applicable - not_applicable_without_reason)
        return rag.GREEN if green >= to_rate else f"{rag.GREEN}, {green} of {to_rate}"
    if rag.NOT_ASSESSED in words:
        return rag.NOT_ASSESSED
    if not_applicable >= number:
        return rag.NOT_APPLICABLE
    if not_applicable + words.count(absent.not_asked) >= number:
        return absent.not_asked
    elsewhere = not_applicable + words.count(absent.not_asked) + words.count(absent.no_return)
    return absent.no_return if elsewhere >= number else absent.blank


def worst_formula(cells: str, number: int, words: Sequence[str]) -> Formula:
    """Give :func:`worst_word` as a live formula over a row's cells, each of which begins with its line's word.

    ``number`` is how many lines the statement has, ``words`` what they are now.
    """
    absent = rag.vocabulary().absent

    def how_many(word: str) -> str:
        return f'COUNTIF({cells},"{word}*")'

    green, not_applicable = how_many(rag.GREEN), how_many(rag.NOT_APPLICABLE)
    to_rate = f"({number}-{not_applicable})"
    not_asked = f"{not_applicable}+{how_many(absent.not_asked)}"
    text = (
        f'=IF({how_many(rag.RED)}>0,"{rag.RED}",IF({how_many(rag.AMBER)}>0,"{rag.AMBER}",'
        f'IF({green}>0,IF({green}>={to_rate},"{rag.GREEN}","{rag.GREEN}, "&{green}&" of "&{to_rate}),'
        f'IF({how_many(rag.NOT_ASSESSED)}>0,"{rag.NOT_ASSESSED}",'
        f'IF({not_applicable}>={number},"{rag.NOT_APPLICABLE}",'
        f'IF({not_asked}>={number},"{absent.not_asked}",'
        f'IF({not_asked}+{how_many(absent.no_return)}>={number},"{absent.no_return}","{absent.blank}")))))))'
    )
    return Formula(text, worst_word(words))
