"""All rows of a line carry one rating; where they differ the worst counts, and it is said."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.support.text import listing
from icsassess.tables.records import ReturnLine


def _words(line: ReturnLine, context: Context) -> Words:
    return {"found": listing(list(line.ratings)), "rating": line.rating}


@rule("ratings-differ", ReturnLine, "rag", _words)
def is_the_same(line: ReturnLine, context: Context) -> bool:
    """The rows of a line do not carry different ratings."""
    return len(line.ratings) < 2
