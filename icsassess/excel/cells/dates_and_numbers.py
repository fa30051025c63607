"""Telling dates from numbers: Excel stores both as numbers, and only the number format tells them apart."""

import datetime
import enum
import functools
import re


class Shape(enum.IntEnum):
    """What a number format shows."""

    NUMBER = 0
    DATE = 1
    DATE_AND_TIME = 2
    TIME = 3
    DURATION = 4
    """Hours, minutes or seconds that have passed, such as [h]:mm."""


# ECMA-376 part 1, 18.8.30: formats without a code in the file; 27-36 and 50-58 are dates in East Asian versions.
_BUILT_IN = {
    **dict.fromkeys([14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)], Shape.DATE),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47], Shape.TIME),
    22: Shape.DATE_AND_TIME,
    46: Shape.DURATION,
}
_LITERAL = re.compile(r'"[^"]*(?:"|$)|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_AM_PM = re.compile(r"a/p|am/pm", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LONGEST_CODE = 1_000  # Excel allows 255 characters

_EPOCH_1900 = datetime.datetime(1899, 12, 30)  # serials from 61 on
_EPOCH_BEFORE_MARCH_1900 = datetime.datetime(1899, 12, 31)  # serials 1 to 59
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
_FALSE_LEAP_DAY = 60  # Excel counts a 29 February 1900, which did not exist
_MILLISECONDS_A_DAY = 86_400_000
_AFTER_LAST_1900 = 2_958_466  # the day after 31 December 9999
_AFTER_LAST_1904 = 2_957_004


def built_in_shape(number: int) -> Shape:
    """Say what a built-in number format shows."""
    return _BUILT_IN.get(number, Shape.NUMBER)


@functools.lru_cache(maxsize=4096)
def code_shape(code: str) -> Shape:
    """Say what a number format such as 'dd/mm/yyyy' shows; only its first section, for positive numbers, counts."""
    bare = _LITERAL.sub("", code[:_LONGEST_CODE]).partition(";")[0]
    if _ELAPSED.search(bare):
        return Shape.DURATION
    letters = _AM_PM.sub("h", bare).lower()
    if "general" in letters:
        return Shape.NUMBER
    has_time = "h" in letters or "s" in letters
    has_date = "d" in letters or "y" in letters or ("m" in letters and not has_time)
    if has_date:
        return Shape.DATE_AND_TIME if has_time else Shape.DATE
    return Shape.TIME if has_time else Shape.NUMBER


@functools.lru_cache(maxsize=4_096)  # the days of a round are few, and many cells hold each
def from_serial(
    serial: float, shape: Shape, from_1904: bool
) -> datetime.datetime | datetime.date | datetime.time | None:
    """Give the date or time of a serial number, to the millisecond; None if it is none (it then stays a number).

    Both date systems are described in ECMA-376 part 1, 18.17.4. A serial without a fraction in a format without
    hours is a date, one below 1 in a format with hours is a time of day, any other is a date with a time; a duration of
    a day or more stays a number. Serial 60 of the 1900 system is a day that did not exist.
    """
    if not 0 <= serial < (_AFTER_LAST_1904 if from_1904 else _AFTER_LAST_1900):
        return None
    days = int(serial)
    milliseconds = round((serial - days) * _MILLISECONDS_A_DAY)
    if milliseconds == _MILLISECONDS_A_DAY:
        days, milliseconds = days + 1, 0
    if days == 0 and shape is not Shape.DATE and (not from_1904 or shape is not Shape.DATE_AND_TIME):
        return (_EPOCH_1904 + datetime.timedelta(milliseconds=milliseconds)).time()
    if shape is Shape.DURATION:
        return None
    if from_1904:
        epoch = _EPOCH_1904
    elif days in (0, _FALSE_LEAP_DAY):
        return None
    else:
        epoch = _EPOCH_1900 if days > _FALSE_LEAP_DAY else _EPOCH_BEFORE_MARCH_1900
    try:
        moment = epoch + datetime.timedelta(days=days, milliseconds=milliseconds)
    except OverflowError:  # rounded up past the last millisecond of 9999
        return None
    return moment.date() if shape is Shape.DATE and not milliseconds else moment


def from_iso(text: str) -> datetime.datetime | datetime.date | datetime.time | None:
    """Give the date or time of ISO text, as cells of type 'd' hold it (ECMA-376 part 1, 18.18.11); None if it is none.

    A time zone is dropped: a sheet has none.
    """
    text = text.strip()
    for form in (datetime.date, datetime.datetime, datetime.time):
        try:
            moment = form.fromisoformat(text)
        except ValueError:
            continue
        if isinstance(moment, datetime.datetime | datetime.time):
            return moment.replace(tzinfo=None)
        return moment
    return None
