"""A date is a day that exists, in this century; a period is read as its last day, and said."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from icsassess.domain.fields import DATE_TITLES
from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.returns.matching.dates import FIRST_DAY, LAST_DAY, How
from icsassess.tables.records import TypedEntry

_CODES = {
    How.NOT_UNDERSTOOD: "date-not-understood",
    How.OPEN: "date-open",
    How.IMPOSSIBLE: "date-impossible",
    How.WRONG_CENTURY: "date-wrong-century",
    How.PERIOD: "date-approximate",
}


def _words(field: str, entry: TypedEntry, context: Context) -> Words:
    typed: str = getattr(entry, field)
    reading = context.date[typed]
    return {
        "found": typed,
        "title": DATE_TITLES[field],
        "date": f"{reading.day:%d/%m/%Y}" if reading.day else "",
        "how": reading.words,
        "first": FIRST_DAY.year,
        "last": LAST_DAY.year,
    }


def _register(field: str, how: How, code: str) -> None:
    typed = attrgetter(field)

    @rule(code, TypedEntry, field, partial(_words, field), decided_by=(field,))
    def is_a_day(entry: TypedEntry, context: Context) -> bool:
        """The date was not read in this one way."""
        return context.date[typed(entry)].how is not how


for _field in DATE_TITLES:
    for _how, _code in _CODES.items():
        _register(_field, _how, _code)
