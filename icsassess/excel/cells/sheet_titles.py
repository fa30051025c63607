"""What Excel permits as a sheet's title, and how it counts characters."""

from __future__ import annotations

import re

LONGEST_SHEET_TITLE = 31  # characters (Excel specifications and limits)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def with_permitted_characters(title: str) -> str:
    """Give a title with a space for each of ``[]:*?/\\``. A ``'`` at either end is forbidden, too: strip it."""
    return _FORBIDDEN.sub(" ", title)


def excel_length(text: str) -> int:
    """Give the length of a text as Excel counts it, in UTF-16 units: most characters are one, an emoji is two."""
    return len(text.encode("utf-16-le")) // 2
