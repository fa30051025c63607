"""Dates in settings as people type them, 07/01/2027 or 7 January 2027: the day comes before the month."""

from __future__ import annotations

import datetime
import re

_FORMATS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y")
_ASSIGNED = re.compile(r"^(\s*(?:deadline|as_at)\s*=\s*)([^#]*?)(\s*(?:#.*)?)$", re.MULTILINE)
_ENDING = re.compile(r"(?<=\d)(st|nd|rd|th)\b")


def typed_date(text: str) -> datetime.date | None:
    """Give the day that a text names, None where it names none: ``typed_date("07/01/2027")`` is 7 January 2027."""
    plain = _ENDING.sub("", " ".join(text.strip().strip("\"'“”‘’").split())).strip(" .")
    for form in _FORMATS:
        try:
            return datetime.datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def with_plain_dates(text: str) -> str:
    """Give the text of a settings file with its dates written as TOML has them; lines stay where they are."""

    def plain(match: re.Match[str]) -> str:
        day = typed_date(match[2])
        return match[0] if day is None else f"{match[1]}{day.isoformat()}{match[3]}"

    return _ASSIGNED.sub(plain, text)
