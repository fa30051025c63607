"""What a heading or a sheet's title says of its time: ‘Previous RAG’, ‘RAG Dec 23’, ‘v2’, ‘Integration old’."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache
from typing import NamedTuple

from icsassess.returns.matching.dates import read_date
from icsassess.support.data_files import shipped_toml
from icsassess.support.text import fold, words

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d\d-\d\d\b")
_WORDED = re.compile(rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH_NAME.pattern}[\s\-']*(\d{{4}}|\d{{2}})\b")
_YEARS = re.compile(r"\b(?:fy ?)?((?:19|20)?\d{2}) ?[/\-] ?((?:20)?\d{2})\b")
_PUNCTUATION = re.compile(r"[_\-.()]+")
_FY = re.compile(r"\bfy ?'?((?:20)?\d{2})\b")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_QUARTER = re.compile(r"\b(?:q|qtr ?|quarter ?)([1-4])\b")


class HeadingTime(NamedTuple):
    """What a heading says: of an older time or only wished for, of now, of another matter; and its order.

    ``order`` is of a kind (‘date’, ‘month’, ‘count’) and grows with time: headings of the same kind can be compared.
    """

    older: bool
    newer: bool
    other: bool
    kind: str = ""
    order: float = 0


@cache
def _list(name: str) -> frozenset[str]:
    entries: list[str] = shipped_toml("headings.toml")[name]
    return frozenset(entries)


def of_another(heading: str) -> bool:
    """Tell whether a heading speaks of another time or matter: ‘Previous RAG’, ‘Date discussed’."""
    said = set(words(heading).split())
    return bool(said & (_list("older") | _list("wished") | _OF_ANOTHER_MATTER))


# Words of another matter in headings of any field: ‘Action date’ is no such thing, ‘Date discussed’ is.
_OF_ANOTHER_MATTER = frozenset(
    (
        *("discussed", "reviewed", "review", "reviewer", "approved", "agreed", "checked", "meeting", "board"),
        *("entered", "created", "received"),
    )
)


@lru_cache(maxsize=4_096)
def heading_time(heading: str, month: int = 1) -> HeadingTime:
    """Give what a heading says of its time; ``month`` is that in which the return was completed."""
    text, said = fold(heading), set(words(heading).split())
    older, wished, newer = (bool(said & _list(name)) for name in ("older", "wished", "newer"))
    kind, order = _order(text, month)
    return HeadingTime(
        (older or wished) and not (newer and not older), newer, bool(said & _list("matter")), kind, order
    )


def _order(text: str, month: int) -> tuple[str, float]:
    for pattern in (_DATE, _WORDED):
        if (match := pattern.search(text)) and (day := _day(match.group(0))):
            return "date", day.toordinal()
    if (match := _YEARS.search(text)) and int(match.group(2)) % 100 == (int(match.group(1)) + 1) % 100:
        return "year", 2000 + int(match.group(1)) % 100
    if match := _FY.search(text):
        return "year", 2000 + int(match.group(1)) % 100
    if match := _YEAR.search(text):
        return "year", int(match.group(1))
    if match := _QUARTER.search(text):
        return "quarter", int(match.group(1))
    if match := _MONTH_NAME.search(text):
        # Within a year before the return: January comes after December.
        return "month", -((month - 1 - _MONTHS.index(match.group(1)[:3])) % 12)
    if match := re.search(
        rf"\b(?:{'|'.join(sorted(_list('counted'), key=len, reverse=True))})[\s.\-]*(\d{{1,2}}(?:\.\d+)?)\b", text
    ):
        return "count", float(match.group(1))
    return "", 0


def _day(text: str) -> datetime.date | None:
    return read_date(text.replace("'", "")).day


def newest(headings: dict[int, str], day: datetime.date) -> int | None:
    """Give the column or sheet (by its key) whose heading is of the newest time; None where nothing tells.

    ``day`` is that on which the return was completed.
    """
    times = {key: heading_time(text, day.month) for key, text in headings.items()}
    remaining = [key for key, time in times.items() if not time.older] or list(times)
    if any(not times[key].kind for key in remaining):
        remaining = [key for key in remaining if not _is_past(times[key], day)]
    if len(remaining) > 1:
        remaining = [key for key in remaining if not times[key].other] or remaining
    if len(remaining) > 1 and (current := [key for key in remaining if times[key].newer]):
        remaining = current
    if len(remaining) == 1:
        return remaining[0]
    kinds = {times[key].kind for key in remaining}
    if len(kinds) != 1 or "" in kinds:
        return None
    ranked = sorted(remaining, key=lambda key: times[key].order)
    return ranked[-1] if times[ranked[-1]].order > times[ranked[-2]].order else None


_DAYS_OF_A_ROUND = 100
_YEARS_TO_ITS_END = 1.25  # of a financial year, from the January of the year in which it begins


def _is_past(time: HeadingTime, day: datetime.date) -> bool:
    """Tell whether a heading names a time that was over when the return was completed."""
    if time.kind == "date":
        return time.order < day.toordinal() - _DAYS_OF_A_ROUND
    if time.kind == "count":
        return time.order <= 1  # a first version beside one that names none
    return time.kind == "year" and time.order + _YEARS_TO_ITS_END <= day.year + (day.month - 1) / 12


def is_older_sheet(title: str) -> bool:
    """Tell whether a sheet's title says that it is not this round's: ‘Integration old’, ‘DO NOT USE’."""
    plain = f" {words(_PUNCTUATION.sub(' ', title))} "
    return any(f" {said} " in plain for said in _list("sheet_older"))
