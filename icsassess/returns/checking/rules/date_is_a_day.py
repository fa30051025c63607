"""A date is a day that exists, in this century; a period is read as its last day, and said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from icsassess.domain.fields import DATE_FIELDS
from icsassess.returns.checking.rules.rule import Context, Rule, each
from icsassess.returns.matching.dates import FIRST_DAY, LAST_DAY, How, read_date
from icsassess.tables.models import TypedEntries

_CODES = {
    How.NOT_UNDERSTOOD: "date-not-understood",
    How.OPEN: "date-open",
    How.IMPOSSIBLE: "date-impossible",
    How.WRONG_CENTURY: "date-wrong-century",
    How.PERIOD: "date-approximate",
}


def _is_not(how: How, field: str, entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    return each(entries[field], lambda typed: read_date(typed).how is not how)


def _words(field: str, entry: Any, context: Context) -> dict[str, Any]:
    typed = getattr(entry, field)
    reading = read_date(typed)
    return {
        "found": typed,
        "title": context.titles[field],
        "date": f"{reading.day:%d/%m/%Y}" if reading.day else "",
        "how": reading.words,
        "first": FIRST_DAY.year,
        "last": LAST_DAY.year,
    }


def _rules() -> Iterator[Rule]:
    for field in DATE_FIELDS:
        for how, code in _CODES.items():
            yield Rule(code, TypedEntries, field, partial(_is_not, how, field), partial(_words, field))


RULES = tuple(_rules())
