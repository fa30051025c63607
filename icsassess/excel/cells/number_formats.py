"""What a number format shows of a number: 0.85 as 85%, 1200 as £1,200, 7 as 007 (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

BUILT_IN_CODES = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0", 6: "£#,##0", 7: "£#,##0.00", 8: "£#,##0.00", 9: "0%",
    10: "0.00%", 12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: "#,##0", 42: "£#,##0", 43: "#,##0.00", 44: "£#,##0.00",
}  # fmt: skip
"""Formats that a file names by number only; those of money show the pound, as British settings do."""

_LONGEST = 255
_MOST_SECTIONS = 4
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_OTHER_BRACKETS = re.compile(r"\[[^\]]*\]")
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|((?:# ?)?[0#?.,]+(?:/[?#0-9]+)?)|(General)|(@)|(.)', re.IGNORECASE | re.DOTALL
)
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_FRACTIONS = re.compile(r"#? ?[?#]+/[?#0-9]+")
_SCIENTIFIC = re.compile(r"[0#]E[+-]", re.IGNORECASE)


@functools.lru_cache(maxsize=4_096)
def shown_number(value: int | float, code: str) -> str | None:
    """Give what a number looks like in such a format; None where it looks as it is, or nobody can tell."""
    if not code or code.lower() == "general" or len(code) > _LONGEST or _SCIENTIFIC.search(code):
        return None
    section, is_signed = _section(value, code)
    try:
        return _shown(value if is_signed else abs(value), section)
    except (InvalidOperation, ValueError, OverflowError, ZeroDivisionError):
        return None


def shown_text(text: str, code: str) -> str | None:
    """Give what a text looks like in such a format, whose fourth part is for texts; None where it looks as it is."""
    sections = _SECTIONS.split(code)
    if len(sections) < _MOST_SECTIONS or len(code) > _LONGEST:
        return None
    shown = _shown(0, sections[_MOST_SECTIONS - 1], text)
    return None if shown == text else shown


def _section(value: float, code: str) -> tuple[str, bool]:
    """Give the part of a format that is for a number, and whether it shows a minus by itself."""
    sections = _SECTIONS.split(code)[: _MOST_SECTIONS - 1]
    if any(_CONDITION.search(section) for section in sections):
        for section in sections:
            condition = _CONDITION.search(section)
            if condition is None or _OPERATORS[condition[1]](value, float(condition[2])):
                return section, True
        return "General", True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _shown(value: float, section: str, text: str | None = None) -> str | None:
    section = _OTHER_BRACKETS.sub("", _CURRENCY.sub(lambda match: f'"{match[1]}"', section))
    if match := _FRACTIONS.search(section):
        section = section[: match.start()] + match.group(0).strip() + section[match.end() :]
    tokens = _TOKEN.findall(section)
    percents = sum(1 for token in tokens if token[5] == "%")
    pieces: list[str] = []
    placed = False
    for literal, escaped, digits, general, at, other in tokens:
        if digits and not placed:
            pieces.append(_digits(value, digits, percents))
            placed = True
        elif general:
            pieces.append(f"{abs(value):.15g}" if isinstance(value, float) else str(abs(value)))
            placed = True
        elif at:
            pieces.append(text if text is not None else str(value))
        else:
            pieces.append(literal or escaped or digits or other)
    shown = "".join(pieces).strip()
    return f"-{shown}" if value < 0 and placed else shown


def _digits(value: float, pattern: str, percents: int) -> str:
    if "/" in pattern:
        return _fraction(value, pattern)
    scaled = abs(Decimal(repr(value))) * (Decimal(100) ** percents)
    whole, _, decimals = pattern.partition(".")
    while whole.endswith(","):
        scaled, whole = scaled / 1000, whole[:-1]
    while decimals.endswith(","):
        scaled, decimals = scaled / 1000, decimals[:-1]
    places = len(decimals)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    front, _, behind = f"{rounded:f}".partition(".")
    front = front.rjust(whole.replace(",", "").count("0"), "0") if front != "0" or "0" in whole else ""
    if "," in whole:
        front = f"{int(front or 0):,}".rjust(len(front), "0")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and behind.endswith("0"):
        behind, optional = behind[:-1], optional - 1
    return f"{front}.{behind}" if behind else front


def _fraction(value: float, pattern: str) -> str:
    digits = len(pattern.partition("/")[2])
    whole, rest = divmod(Fraction(repr(abs(value))), 1)
    part = rest.limit_denominator(10**digits - 1)
    if part == 1:
        whole, part = whole + 1, Fraction(0)
    shown = f"{part.numerator}/{part.denominator}" if part else ""
    return f"{whole} {shown}".strip() if whole or not shown else shown
