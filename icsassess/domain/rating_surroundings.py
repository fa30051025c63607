"""What stands around a rating's word: a number, a title or a footnote; a time that is not now; a name it is part of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

_NUMBER_IN_FRONT = re.compile(r"[(\[]?\d[)\]]?\s*[-.:)=,]*\s*")
_FOOTNOTE = re.compile(r"\s*(?:[(\[]?\d[)\]]?|[*†‡§#^]+)")
_TITLE_AND_RATING = re.compile(r"([:=]|\s-\s)")
_SHORTEST_WORD = 3
_TITLES = frozenset(("rag", "rating", "status", "colour", "overall"))
_BEFORE_A_TIME = frozenset(("by", "from", "in", "on", "at", "as", "of", "for", "until", "till", "since", "during"))
_BETWEEN = frozenset(("the", "an", "a", "our", "this", "of", "last", "next", "previous", "coming"))
_A_DAY_OR_YEAR = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")


def without_surroundings(text: str, spelled: Mapping[str, str], fillers: Collection[str]) -> str | None:
    """Read ‘3 - Green’, ‘RAG: A’ and ‘Green [1]’: a rating with a number, a title or a mark of a footnote.

    ``spelled`` has the rating of each spelling; ``fillers`` are words that may stand in front of one.
    """
    number = _NUMBER_IN_FRONT.match(text)
    if number and len(rest := text[number.end() :].strip(" ()")) >= _SHORTEST_WORD and rest in spelled:
        return spelled[rest]
    title, sign, rest = (part.strip() for part in _TITLE_AND_RATING.split(f"{text} : ", maxsplit=1))
    rest = rest.rstrip(" :")
    if sign and rest in spelled and all(word in fillers for word in title.split()):
        return spelled[rest]
    first, *others = text.split()
    if first in _TITLES and others and others[-1] in spelled and all(word in fillers for word in others[:-1]):
        return spelled[others[-1]]
    long_spellings = sorted(
        (spelling for spelling in spelled if len(spelling) >= _SHORTEST_WORD), key=len, reverse=True
    )
    name = next((spelling for spelling in long_spellings if text.startswith(spelling)), None)
    return spelled[name] if name is not None and _FOOTNOTE.fullmatch(text[len(name) :]) else None


def names_a_time(behind: Sequence[str], times: Collection[str]) -> bool:
    """Tell whether words name another time: ‘by the end of March’, ‘last year’, ‘in 2022’."""
    for at, word in enumerate(behind[:-1]):
        following = next((other for other in behind[at + 1 :] if other not in _BETWEEN), "")
        if word in ("last", "next", "previous") and behind[at + 1] in times:
            return True
        if word in _BEFORE_A_TIME and (following in times or _A_DAY_OR_YEAR.fullmatch(following)):
            return not (word == "of" and following.isdigit())
    return False


def is_in_a_name(behind: str, names: Collection[str]) -> bool:
    """Tell whether what stands behind a colour makes a name of it: ‘Red Cross’."""
    following = re.match(r" ([\w']+)", behind)
    return following is not None and following.group(1) in names
