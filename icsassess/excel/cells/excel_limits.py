"""What a cell and a sheet's title can hold (Excel specifications and limits)."""

import re

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""

LONGEST_SHEET_TITLE = 31
"""UTF-16 units of a sheet's title."""

_NOT_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\]")


def with_permitted_characters(title: str) -> str:
    """Give a sheet's title with a space for each of ``[]:*?/\\``. A ``'`` at either end is forbidden, too: strip it."""
    return _NOT_IN_SHEET_TITLES.sub(" ", title)


def excel_length(text: str) -> int:
    """Give the length of a text as Excel counts it, in UTF-16 units: most characters are one, an emoji is two."""
    return len(text.encode("utf-16-le")) // 2
