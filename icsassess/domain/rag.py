"""Ratings as data: their words, order, colours and definitions, and how what people type is read.

Not applicable, not assessed, left blank, no return and not asked stay five different things.
"""

from __future__ import annotations

import colorsys
import enum
import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from pydantic import Field

from icsassess.domain.rating_surroundings import is_in_a_name, names_a_time, without_surroundings
from icsassess.support.data_files import templates_folder
from icsassess.support.data_model import DataModel
from icsassess.support.suggest import closest
from icsassess.support.text import fold, is_blank
from icsassess.support.toml_files import load

RED = "Red"
AMBER = "Amber"
GREEN = "Green"
NOT_APPLICABLE = "Not applicable"
NOT_ASSESSED = "Not assessed"
NO_RETURN = "No return"
RATINGS = (RED, AMBER, GREEN, NOT_APPLICABLE, NOT_ASSESSED)
"""The ratings that ``templates/ratings.toml`` describes, in its order."""


class Rating(DataModel):
    """One permitted rating, with how it looks, what it means and how people spell it."""

    name: str
    order: int | None = None
    fill: str = Field(pattern=r"^[0-9A-F]{6}$")
    definition: str
    spellings: tuple[str, ...]
    symbols: tuple[str, ...]
    hues: tuple[tuple[int, int], ...]


class Absent(DataModel):
    """The words for the ways in which a partner has no rating."""

    blank: str
    not_understood: str
    no_return: str
    not_asked: str


class Unresolved(DataModel):
    """Words that tell a story instead of a rating, and words that may stand beside one.

    ``phrases`` are such stories in several words, ``times`` what makes one of a word such as ‘by’ before it, ``names``
    nouns of which a colour is a part.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    times: tuple[str, ...]
    names: tuple[str, ...]
    linking: tuple[str, ...]
    arrows: tuple[str, ...]
    fillers: tuple[str, ...]


class How(enum.StrEnum):
    """How surely a typed rating was read."""

    EXACT = "exact"
    WITH_WORDS = "with words beside it"
    BETWEEN_TWO = "between two"
    BLANK = "blank"
    NOT_UNDERSTOOD = "not understood"


class ParsedRating(NamedTuple):
    """What was made of a typed rating: the rating (None where there is none) and how.

    ``words`` is what stood beside the rating; ``suggestion`` the nearest permitted word where nothing was understood.
    """

    rating: str | None
    how: How
    words: str = ""
    suggestion: str | None = None


class Vocabulary(DataModel):
    """All ratings, with the words for having none."""

    ratings: tuple[Rating, ...] = Field(alias="rating")
    absent: Absent
    unresolved: Unresolved

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The permitted words, in the order in which a list offers them."""
        return tuple(rating.name for rating in self.ratings)

    @cached_property
    def permitted(self) -> str:
        """The permitted words as a sentence lists them."""
        return ", ".join(self.names[:-1]) + " or " + self.names[-1]

    @cached_property
    def by_name(self) -> dict[str, Rating]:
        """The ratings by their permitted word."""
        return {rating.name: rating for rating in self.ratings}

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The ratings that can be compared, worst first: Red, Amber, Green."""
        with_order = [rating for rating in self.ratings if rating.order is not None]
        return tuple(rating.name for rating in sorted(with_order, key=lambda rating: rating.order or 0))

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        spelled = {
            fold(spelling): rating.name for rating in self.ratings for spelling in (*rating.spellings, rating.name)
        }
        return spelled | {spelling.replace(".", "").replace(" ", ""): name for spelling, name in spelled.items()}

    def also(self, spelled: dict[str, str]) -> Vocabulary:
        """Give the same ratings with further spellings, each with the rating it stands for."""
        if not spelled:
            return self
        more = {name: [text for text, meant in spelled.items() if meant == name] for name in self.names}
        ratings = tuple(
            rating.model_copy(update={"spellings": (*rating.spellings, *more[rating.name])}) for rating in self.ratings
        )
        return Vocabulary.model_construct(**{**dict(self), "ratings": ratings})

    def worst(self, names: Sequence[str]) -> str | None:
        """Give the worst of the ratings that can be compared, None where there is none among them."""
        return next((name for name in self.ordered if name in names), None)

    def of_several(self, names: Sequence[str]) -> str:
        """Give the one rating of several: the worst, else Not assessed, else Not applicable, else ‘’."""
        return next((name for name in (*self.ordered, NOT_ASSESSED, NOT_APPLICABLE) if name in names), "")

    def from_colour(self, fill: str | None) -> str | None:
        """Give the rating that a cell's fill (``RRGGBB``) stands for, None for white, grey and other colours."""
        if not fill:
            return None
        red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
        hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
        if saturation < 0.2 or lightness < 0.12 or lightness > 0.94:
            return None
        degrees = hue * 360
        return next((r.name for r in self.ratings for low, high in r.hues if low <= degrees < high), None)

    def read(self, typed: str) -> ParsedRating:
        """Read a rating as typed; never guesses: what tells a story or names another scale is not understood."""
        return _read(self, typed)

    @cached_property
    def _hash(self) -> int:
        return hash((self.ratings, self.absent, self.unresolved))

    def __hash__(self) -> int:
        """Hash by content, worked out once: what people type is read and remembered by its vocabulary."""
        return self._hash


@lru_cache(maxsize=65_536)
def _read(vocabulary: Vocabulary, typed: str) -> ParsedRating:
    if is_blank(typed):
        return ParsedRating(None, How.BLANK)
    text = typed
    for rating in vocabulary.ratings:
        for symbol in rating.symbols:
            text = text.replace(symbol, f" {rating.name} ")
    text = fold(text)
    if exact := _exact(vocabulary, text):
        return ParsedRating(exact, How.EXACT)
    if short := without_surroundings(text, vocabulary._by_spelling, vocabulary.unresolved.fillers):
        return ParsedRating(short, How.WITH_WORDS, words=text)
    if both := _between(vocabulary, text):
        return ParsedRating(both[0], How.BETWEEN_TWO if both[0] != both[1] else How.EXACT)
    if parsed := _with_words(vocabulary, text):
        return parsed
    return ParsedRating(None, How.NOT_UNDERSTOOD, suggestion=closest(text, vocabulary.names))


def _exact(vocabulary: Vocabulary, text: str) -> str | None:
    spelled = vocabulary._by_spelling
    for candidate in (text, text.strip(" .,;:!*()[]'\""), text.replace(".", "").replace(" ", "")):
        if candidate in spelled:
            return spelled[candidate]
    return None


def _between(vocabulary: Vocabulary, text: str) -> tuple[str, str] | None:
    """Give the worse and the better of exactly two ratings."""
    parts = [
        part.strip(" .!()")
        for part in re.split(r"\s*(?:/|\\|-|,|&|\+|\band\b|\bor\b|\s)\s*", text)
        if part.strip(" .!()")
    ]
    names = [vocabulary._by_spelling.get(part) for part in parts]
    if len(parts) == 2 and all(name in vocabulary.ordered for name in names):
        worse, better = sorted((name for name in names if name), key=vocabulary.ordered.index)
        return worse, better
    return None


def _with_words(vocabulary: Vocabulary, text: str) -> ParsedRating | None:
    """Read ‘Red - gap’, ‘N/A: we have no beds’ and ‘RAG status: amber’: one rating, in front or among fillers only."""
    story = vocabulary.unresolved
    if any(arrow in text for arrow in story.arrows):
        return None
    names = {fold(rating.name): rating.name for rating in vocabulary.ratings}
    long_spellings = {spelling: name for spelling, name in vocabulary._by_spelling.items() if len(spelling) > 2} | names
    tokens = re.findall(r"[\w']+", text)
    coloured = {long_spellings[token] for token in tokens if token in long_spellings}
    if len(coloured) > 1:
        return None
    front = next(
        (s for s in sorted(long_spellings, key=len, reverse=True) if re.match(re.escape(s) + r"(?!\w)", text)), None
    )
    if (
        front is None
        and (short := re.match(r"(\S{1,4}?)\s*[:;,(-]\s", text))
        and short.group(1) in vocabulary._by_spelling
    ):
        front = short.group(1)
        long_spellings |= vocabulary._by_spelling
    if front is not None:
        rest = text[len(front) :].strip(" -:;,.!()[]")
        name = long_spellings[front]
        if name in vocabulary.ordered and (
            is_in_a_name(text[len(front) :], vocabulary.unresolved.names)
            or _tells_a_story(vocabulary, re.findall(r"[\w']+", rest))
        ):
            return None
        return ParsedRating(name, How.WITH_WORDS, words=rest)
    others = [token for token in tokens if token not in story.fillers and token not in long_spellings]
    if len(coloured) == 1 and not others:
        return ParsedRating(coloured.pop(), How.WITH_WORDS, words=text)
    return None


def _tells_a_story(vocabulary: Vocabulary, rest: list[str]) -> bool:
    """Tell whether the words after a rating take it back: a condition, or a second rating it comes from or goes to."""
    story = vocabulary.unresolved
    if any(word in story.words for word in rest):
        return True
    if any(f" {phrase} " in f" {' '.join(rest)} " for phrase in story.phrases) or names_a_time(rest, story.times):
        return True
    second = any(vocabulary._by_spelling.get(word) in vocabulary.ordered for word in rest)
    return second and any(word in vocabulary.unresolved.linking for word in rest)


@cache
def vocabulary() -> Vocabulary:
    """Give the ratings of ``templates/ratings.toml``."""
    return load(templates_folder() / "ratings.toml", Vocabulary)
