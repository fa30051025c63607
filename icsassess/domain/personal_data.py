"""Finds and masks NHS numbers. It cannot see names, dates of birth or case stories."""

import re
from collections.abc import Iterable

MASK = "[NHS number]"
CANNOT_SEE = "A check for NHS numbers cannot see names, dates of birth or case stories."

# Ten digits as 3-3-4, with spaces of any kind, dots or dashes between, and no digit on either side.
_CANDIDATE = re.compile(r"(?<!\d)(?<!\d[.\-])\d{3}[\s\-‐-―.]?\d{3}[\s\-‐-―.]?\d{4}(?!\d)")
_DIGITS = re.compile(r"\d")
# Most texts have no ten digits at all: that much is quickly seen.
_NO_DIGITS = bytes(byte for byte in range(256) if chr(byte) not in "0123456789")
# What every candidate looks like with 0 for a digit and a space for any other character, and more than those do.
_SHAPES = (b"0000000000", b"000 0000000", b"000000 0000", b"000 000 0000")
_SHAPE_OF = bytes(ord("0") if chr(byte) in "0123456789" else ord(" ") for byte in range(256))


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are a valid NHS number.

    Weights 10 to 2 on the first nine digits, the sum modulo 11, eleven minus the remainder; 11 counts as 0, 10 is
    invalid, and the result equals the tenth digit (NHS Data Dictionary, NHS NUMBER). Ten times the same digit
    passes the sum but is a placeholder, not a number.
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _spans(text: str) -> list[tuple[int, int]]:
    if len(text) < 10 or len(text.encode("latin-1", "replace").translate(None, _NO_DIGITS)) < 10:
        return []
    spans, start = [], 0
    while match := _CANDIDATE.search(text, start):
        if is_nhs_number("".join(_DIGITS.findall(match.group()))):
            spans.append(match.span())
            start = match.end()
        else:
            start = match.start() + 1
    return spans


def may_hold_nhs_number(texts: Iterable[str]) -> bool:
    """Tell, at a glance, whether any of these texts may hold an NHS number; most sheets have none to look for."""
    shape = "\0\0".join(texts).encode("latin-1", "replace").translate(_SHAPE_OF)
    return any(one in shape for one in _SHAPES)


def count_nhs_numbers(text: str) -> int:
    """Count the NHS numbers in a text."""
    return len(_spans(text))


def mask(text: str) -> str:
    """Give the text with every NHS number replaced by ``[NHS number]``."""
    for start, end in reversed(_spans(text)):
        text = text[:start] + MASK + text[end:]
    return text
