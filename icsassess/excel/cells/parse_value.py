"""Turning what a cell's <v> says into a value (ECMA-376 part 1, 18.3.1.4 and 18.18.11)."""

import math

from icsassess.excel.cells.dates_and_numbers import Shape, from_iso, from_serial
from icsassess.excel.cells.model import Kind, Value
from icsassess.excel.container.xml import unescape

_TEXT, _NUMBER, _DATE = Kind.TEXT, Kind.NUMBER, Kind.DATE
_BOOLEAN, _ERROR = Kind.BOOLEAN, Kind.ERROR

_EXACT_DIGITS = 15
"""Digits that every number of that length keeps in Excel, which calculates with IEEE doubles."""
_EXACT_WHOLE = 1e15

WRONG_NUMBER = "a number that is none (kept as text)"
WRONG_BOOLEAN = "neither true nor false (kept as text)"
WRONG_DATE = "a date that is none (kept as text)"
WRONG_TYPE = "a value of a type that is unknown (kept as text)"


def number(raw: str) -> int | float | None:
    """Give the number that text says, whole numbers as int; None if it is none, or infinite, or not a number."""
    if "_" in raw or not raw.isascii():  # Python would accept 1_000 and the digits of other scripts
        return None
    if len(raw) <= _EXACT_DIGITS and raw.isdigit():
        return int(raw)
    try:
        value = float(raw)
    except ValueError:
        return None
    return finite(value)


def finite(value: float) -> int | float | None:
    """Give a number, one without a fraction as an int as far as floats are exact; None where it is infinite or none."""
    if not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() and abs(value) <= _EXACT_WHOLE else value


def dated(value: int | float, shape: Shape, from_1904: bool) -> tuple[Value, Kind]:
    """Give the date of a number in a cell with such a number format; the number where there is no such date."""
    moment = from_serial(value, shape, from_1904)
    return (value, _NUMBER) if moment is None else (moment, _DATE)


def typed_value(raw: str, kind: str, shape: Shape, from_1904: bool) -> tuple[Value, Kind, str]:
    """Give (value, kind, what is wrong or '') of a cell that is no shared string.

    kind is the cell's t attribute; 'n' where it has none.
    """
    if kind == "n":
        value = number(raw.strip())
        if value is None:
            return unescape(raw), _TEXT, WRONG_NUMBER
        if shape:
            return *dated(value, shape, from_1904), ""
        return value, _NUMBER, ""
    if kind in ("str", "inlineStr"):
        return unescape(raw), _TEXT, ""
    if kind == "b":
        word = raw.strip().lower()
        if word in ("1", "true", "0", "false"):
            return word in ("1", "true"), _BOOLEAN, ""
        return unescape(raw), _TEXT, WRONG_BOOLEAN
    if kind == "e":
        return raw.strip(), _ERROR, ""
    if kind == "d":
        moment = from_iso(raw)
        return (unescape(raw), _TEXT, WRONG_DATE) if moment is None else (moment, _DATE, "")
    return unescape(raw), _TEXT, WRONG_TYPE
