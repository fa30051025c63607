"""Dates as people type them: 31/1/24, 31.01.2024, Jan-24, end of March 2024, Q4 2023/24, ongoing.

The day comes first, always.
"""

import calendar
import datetime
import enum
import re
from functools import lru_cache
from typing import NamedTuple

from icsassess.support.text import fold, is_blank

FIRST_DAY = datetime.date(2000, 1, 1)
LAST_DAY = datetime.date(2099, 12, 31)
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"'?(\d{4}|\d{2})"
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
_BEFORE = (
    r"(?:the|on|by|dated|date|due|before|w/c|week commencing|w/e|week ending|from|since|circa|approx\.?|"
    rf"{_WEEKDAY})"
)
_OPEN = re.compile(
    r"(on-?\s?going|continuous|rolling|asap|as soon as possible|tbc|tba|tbd|to be (confirmed|agreed|decided)|n/?a|none|"
    r"no date|not applicable|unknown|various|immediate(ly)?|in progress|monthly|weekly|quarterly|annual(ly)?|daily|"
    r"live|current|undated|not dated|completed?|done|-+|\?+)[.!]*"
)


class How(enum.StrEnum):
    """How a typed date was read."""

    DAY = "a day"
    PERIOD = "a period"
    BLANK = "blank"
    OPEN = "left open"
    IMPOSSIBLE = "a day that does not exist"
    WRONG_CENTURY = "in the wrong century"
    NOT_UNDERSTOOD = "not understood"


class DateReading(NamedTuple):
    """A typed date as read: its day (the last of a period), the period's first day, and how it was read."""

    how: How
    day: datetime.date | None = None
    first: datetime.date | None = None
    words: str = ""

    @property
    def usable(self) -> datetime.date | None:
        """The day, where it can be reckoned with."""
        return self.day if self.how in (How.DAY, How.PERIOD) else None


_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(maxsize=65_536)  # a round has few different dates, and the rules read each again
def read_date(typed: str) -> DateReading:
    """Read a date as typed. A period (a month, a quarter, a year) counts as its last day."""
    if _ISO.fullmatch(typed):  # a date cell, as nearly all dates
        return _day(int(typed[:4]), int(typed[5:7]), int(typed[8:]))
    if is_blank(typed):
        return DateReading(How.BLANK)
    text = fold(typed).strip(" .,;")
    if not text or _OPEN.fullmatch(text):
        return DateReading(How.OPEN)
    text = re.sub(rf"^(?:{_BEFORE}[\s:,]+)+", "", text)
    text = re.sub(r"[\s,]*(?:\([^)]*\)|\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)$", "", text)
    for read in (_iso, _numeric, _worded, _month_only, _months, _quarter, _financial_year, _year_only, _excel_day):
        if reading := read(text):
            return reading
    return DateReading(How.NOT_UNDERSTOOD)


def _year(digits: str) -> int:
    """Give the year; two digits from 70 on are of the last century."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 70 else 1900)


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return DateReading(How.IMPOSSIBLE)
    if not FIRST_DAY <= date <= LAST_DAY:
        return DateReading(How.WRONG_CENTURY, date, date)
    return DateReading(How.DAY, date, date)


def _period(first: datetime.date, last: datetime.date, words: str) -> DateReading:
    if not FIRST_DAY <= last <= LAST_DAY:
        return DateReading(How.WRONG_CENTURY, last, first)
    return DateReading(How.PERIOD, last, first, words)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _iso(text: str) -> DateReading | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?", text)
    match = match or re.fullmatch(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)", text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _numeric(text: str) -> DateReading | None:
    match = re.fullmatch(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})", text)
    return _day(_year(match.group(3)), int(match.group(2)), int(match.group(1))) if match else None


def _worded(text: str) -> DateReading | None:
    match = re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?{_MONTH}[\s\-/.,]*{_YEAR}", text)
    if match:
        return _day(_year(match.group(3)), _MONTHS[match.group(2)], int(match.group(1)))
    match = re.fullmatch(rf"{_MONTH}[\s\-/.]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(\d{{4}})", text)
    return _day(int(match.group(3)), _MONTHS[match.group(1)], int(match.group(2))) if match else None


def _month_only(text: str) -> DateReading | None:
    match = re.fullmatch(rf"(?:(mid|end|early|beginning|start)[\s\-]+(?:of\s+)?)?{_MONTH}[\s\-/.,]*{_YEAR}", text)
    if match:
        part, month, year = match.group(1), _MONTHS[match.group(2)], _year(match.group(3))
    elif slashed := re.fullmatch(r"(0?[1-9]|1[0-2])[/.-](\d{4})", text):
        part, month, year = None, int(slashed.group(1)), int(slashed.group(2))
    else:
        return None
    if year < 1:
        return DateReading(How.IMPOSSIBLE)
    first = datetime.date(year, month, 1)
    if part == "mid":
        return _period(first, datetime.date(year, month, 15), "the middle of the month")
    if part in ("early", "beginning", "start"):
        return _period(first, datetime.date(year, month, 10), "the first ten days of the month")
    return _period(first, _month_end(year, month), "the end of the month")


def _months(text: str) -> DateReading | None:
    """Read months of one year, or from one to another: January to March 2024, Oct 23 - Jan 24."""
    match = re.fullmatch(rf"{_MONTH}(?:[\s/]*{_YEAR})?\s*(?:-|/|to|until|and|&)\s*{_MONTH}[\s\-/.,]*{_YEAR}", text)
    if not match:
        return None
    first, last, ended = _MONTHS[match.group(1)], _MONTHS[match.group(3)], _year(match.group(4))
    began = _year(match.group(2)) if match.group(2) else ended
    if ended < 1 or (began, first) >= (ended, last):
        return DateReading(How.NOT_UNDERSTOOD)
    return _period(datetime.date(began, first, 1), _month_end(ended, last), "the end of the last month")


def _quarter(text: str) -> DateReading | None:
    """Read a quarter of a financial year, which begins in April: Q4 2023/24 is January to March 2024."""
    years = r"(\d{4}|\d{2})\s*[/\-]\s*(\d{4}|\d{2})"
    match = re.fullmatch(
        rf"(?:end\s+(?:of\s+)?)?(?:q|qtr|quarter)\s*\.?\s*([1-4])[\s,:\-/]*(?:of\s+)?(?:fy\s*)?{years}", text
    )
    if match:
        quarter, began, ended = int(match.group(1)), _year(match.group(2)), _year(match.group(3))
    elif match := re.fullmatch(rf"{years}[\s,:\-]*(?:q|qtr|quarter)\s*([1-4])", text):
        quarter, began, ended = int(match.group(3)), _year(match.group(1)), _year(match.group(2))
    else:
        return None
    if ended != began + 1:
        return DateReading(How.NOT_UNDERSTOOD)
    year, month = (began, 3 * quarter + 1) if quarter < 4 else (ended, 1)
    words = f"the end of quarter {quarter} of {began}/{ended % 100:02}"
    return _period(datetime.date(year, month, 1), _month_end(year, month + 2), words)


def _financial_year(text: str) -> DateReading | None:
    match = re.fullmatch(r"(?:end\s+(?:of\s+)?)?(?:fy\s*)?(20\d{2})\s*[/\-]\s*(\d{4}|\d{2})", text)
    if not match or _year(match.group(2)) != int(match.group(1)) + 1:
        return None
    began = int(match.group(1))
    return _period(datetime.date(began, 4, 1), datetime.date(began + 1, 3, 31), "the end of the financial year")


def _year_only(text: str) -> DateReading | None:
    match = re.fullmatch(r"(?:end\s+(?:of\s+)?)?((?:19|20)\d{2})", text)
    if not match:
        return None
    year = int(match.group(1))
    return _period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "the end of the year")


def _excel_day(text: str) -> DateReading | None:
    """Read the day number behind a date that lost its format: 45230 is 31 October 2023."""
    match = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if not match or not 36_526 <= int(match.group(1)) <= 73_050:
        return None
    day = _EXCEL_DAY_ZERO + datetime.timedelta(days=int(match.group(1)))
    return DateReading(How.PERIOD, day, day, "the day behind Excel's number")
