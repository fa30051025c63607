"""Who has not answered, and whose return could not be used: by name."""

from __future__ import annotations

from collections.abc import Iterator, Set

from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.support.text import count, listing
from icsassess.view.assessment_view import View
from icsassess.view.priorities.priority import Priority
from icsassess.view.target import Part, Target

_NAMED = 5


def unanswered(view: View) -> Iterator[Priority]:
    """Give one sentence that names the partners of whom nothing has come."""
    names, target = _returns(view, OUTSTANDING)
    if names:
        has = "has" if len(names) == 1 else "have"
        yield Priority(f"{listing(names, most=_NAMED)} {has} not answered.", target)


def refused(view: View) -> Iterator[Priority]:
    """Give one sentence that names those whose return could not be used."""
    asked = {problem.file for problem in view.merged.questions}  # of these it is asked first whose they are
    names, target = _returns(view, REFUSED, asked)
    if names:
        returns = count(len(names), "return")
        sentence = f"{returns} could not be used: {listing(names, most=_NAMED)}. Ask for a corrected workbook."
        yield Priority(sentence, target)


def _returns(view: View, state: str, without: Set[str | None] = frozenset()) -> tuple[list[str], Target]:
    returns = enumerate(view.merged.returns)
    rows = [(number, row) for number, row in returns if row.state == state and row.file not in without]
    return [row.name or row.file for _, row in rows], Target(Part.RETURNS, rows[0][0] if rows else None)
