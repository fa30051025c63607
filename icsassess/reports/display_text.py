"""Values as a reader sees them on a page or in a paper: dates in words, nothing for none, and text that stays text."""

from __future__ import annotations

import datetime
import re

from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain import personal_data
from icsassess.excel.writing.model.values import Formula, Link
from icsassess.support.text import clean

# Characters that turn the direction of what follows (Unicode bidirectional algorithm, UAX 9): with them a text can look
# like another one, so their names are shown in their place.
_TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def display_text(value: object) -> str:
    """Give a value as text: a date in words, a formula's value, a link's text, ``""`` for None.

    NHS numbers are masked: what is printed or sent on holds nobody's.
    """
    if value is None:
        return ""
    if isinstance(value, Formula):
        return display_text(value.value)
    if isinstance(value, Link):
        return display_text(value.text)
    if isinstance(value, datetime.date):
        return day_in_words(value)
    text = personal_data.mask(clean(str(value)))
    return _TURNS_DIRECTION.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)
