"""Which column means what: a table's headings matched to the template's fields, whatever people made of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from icsassess.returns.matching.heading_times import of_another
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.memo import Memo
from icsassess.support.text import words

LONGEST_HEADING = 120
_MOST_REMEMBERED = 65_536  # texts: nearly all cells of a round, each looked at several times, in some 10 MB
T = TypeVar("T")
_BRACKETS = re.compile(r"[\(\[].*?[\)\]]")
# How alike a misspelt heading has to be (0 to 100): ‘Evidance’, ‘Where its kept’, but not ‘Owner’ for ‘Other’.
_ALIKE = 84
_PREPOSITION = re.compile(r" (?:of|for|to|behind|about|and|that|you|your|our) ")


@dataclass(frozen=True, slots=True)
class Match:
    """A heading's field and how sure the match is: 100 for a title or alias to the letter."""

    field: str
    score: float
    words: int = 0
    """Words of the title that the heading contains, where that is what was matched."""


def _memo(answer: Callable[[str], T], otherwise: T) -> Memo[str, T]:
    """Give what is said of texts, which is asked of every cell; of those too long for a heading ``otherwise``."""

    def short(text: str) -> bool:
        return len(text) <= LONGEST_HEADING

    return Memo(lambda text: answer(text) if short(text) else otherwise, _MOST_REMEMBERED, short)


@lru_cache(maxsize=8)
def _field_by_title(template: ReturnTemplate) -> dict[str, str]:
    """Give every title and alias of the template's columns in comparable form, with its field."""
    fields: dict[str, str] = {}
    for column in template.columns:
        for title in (column.title, *column.aliases):
            fields.setdefault(words(title) or title, column.field)
    return fields


@lru_cache(maxsize=8)
def exact_fields(template: ReturnTemplate) -> Callable[[str], str | None]:
    """Give what tells the field whose title or alias a heading is, but for capitals, spaces and punctuation."""
    fields = _field_by_title(template)

    def field_of(heading: str) -> str | None:
        return fields.get(words(heading) or heading.strip()) or fields.get(words(_BRACKETS.sub(" ", heading)))

    return _memo(field_of, None).__getitem__


@lru_cache(maxsize=8)
def heading_like(template: ReturnTemplate) -> dict[str, bool]:
    """Give what tells whether a text is a title or an alias of the template's columns: every text is a key of it."""
    field_of = exact_fields(template)
    return _memo(lambda text: field_of(text) is not None, False)


def exact_field(template: ReturnTemplate, heading: str) -> str | None:
    """Give the field whose title or alias this is, but for capitals, spaces and punctuation."""
    return exact_fields(template)(heading)


@lru_cache(maxsize=_MOST_REMEMBERED)
def match_heading(template: ReturnTemplate, heading: str) -> Match | None:
    """Give the field that a heading most likely stands for, None where nothing comes near."""
    if not heading.strip() or len(heading) > LONGEST_HEADING:
        return None
    if field := exact_field(template, heading):
        return Match(field, 100)
    field_by_title = _field_by_title(template)
    plain = words(_BRACKETS.sub(" ", heading)) or words(heading)
    contained = _contained(template, plain)
    if contained and contained.words > 1:
        return contained
    if len(plain) > 3 and (
        near := process.extractOne(plain, field_by_title.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    ):
        return Match(field_by_title[near[0]], near[1])
    return contained


@lru_cache(maxsize=8)
def _words_of_titles(template: ReturnTemplate) -> dict[str, frozenset[str]]:
    """Give the words of every title and alias that is more than a sign."""
    return {title: frozenset(title.split()) for title in _field_by_title(template) if len(title) > 2}


def _contained(template: ReturnTemplate, plain: str, *, any_time: bool = False) -> Match | None:
    """Find the longest title whose words all stand in the heading: ‘RAG rating 2023/24’, ‘Evidence your team holds’.

    Of several the last one counts, which is what the others belong to (‘Action lead’), but for what stands behind ‘of’
    and the like. ``any_time``: a heading of another time or matter is meant, too.
    """
    heading_words = plain.split()
    if len(heading_words) > 8 or (not any_time and of_another(plain)):
        return None
    distinct_words = set(heading_words)
    inside = [title for title, its_words in _words_of_titles(template).items() if its_words <= distinct_words]
    if not inside:
        return None
    front = _PREPOSITION.split(plain)[0].split()
    inside = [title for title in inside if set(title.split()) <= set(front)] or inside
    inside = [title for title in inside if title.split()[-1] == front[-1]] or inside
    last = max(inside, key=lambda title: (len(title.split()), heading_words.index(title.split()[-1]), len(title)))
    number = len(last.split())
    return Match(_field_by_title(template)[last], 50 + 25 * number / len(heading_words), number)


@lru_cache(maxsize=4_096)
def field_of_any_time(template: ReturnTemplate, heading: str) -> str | None:
    """Give the field that a heading is about, of whatever time: ‘Previous RAG’, ‘RAG Dec 23’, ‘Evidence 2’."""
    if not heading.strip() or len(heading) > LONGEST_HEADING or words(heading) in template.own_titles:
        return None
    if match := match_heading(template, heading):
        return match.field
    match = _contained(template, words(heading), any_time=True)
    return match.field if match else None


@lru_cache(maxsize=8)
def _titles(template: ReturnTemplate) -> frozenset[str]:
    """Give the columns' own titles: ‘Evidence date’ goes before its alias ‘Date’."""
    return frozenset(words(column.title) for column in template.columns)


@lru_cache(maxsize=8)
def _fields_named(template: ReturnTemplate) -> dict[str, str | None]:
    """Give the field that a heading most likely stands for, by the heading; None for none."""

    def field_of(heading: str) -> str | None:
        match = match_heading(template, heading)
        return match.field if match and words(heading) not in template.own_titles else None

    return _memo(field_of, None)


def fields_named(template: ReturnTemplate, headings: Iterable[str]) -> set[str]:
    """Give the fields that these headings most likely stand for."""
    named = _fields_named(template)
    return {field for heading in headings if (field := named[heading])}


def assign(template: ReturnTemplate, headings: dict[int, str]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Give each field its column, the surest match first, and the columns that stand for a field already taken.

    ``headings`` is the text of each heading by its column. The second result lists (column, field).
    """
    matches = [(match, column) for column, heading in headings.items() if (match := match_heading(template, heading))]
    matches = [(match, column) for match, column in matches if words(headings[column]) not in template.own_titles]
    titles = _titles(template)
    matches.sort(key=lambda pair: (-pair[0].score, words(headings[pair[1]]) not in titles, pair[1]))
    columns: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    for match, column in matches:
        if match.field not in columns:
            columns[match.field] = column
        elif match.score == 100:
            twice.append((column, match.field))
    return columns, sorted(twice)
