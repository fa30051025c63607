"""The lines that do not apply: they move the denominator, so they are told with their reason."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.domain import rag
from icsassess.support.text import clip, count
from icsassess.view.assessment_view import ShownLine, View
from icsassess.view.line_titles import with_code

_BY_PARTNERS = "every partner asked says so, with a reason"
_REASON = 80  # characters of a reason in a sentence


class NotApplicable(NamedTuple):
    """A line that does not apply, and why: the group's reason, or that all partners say so."""

    line: ShownLine
    reason: str


def not_applicable(view: View) -> list[NotApplicable]:
    """Give the lines that leave the denominator, in the framework's order."""
    return [
        NotApplicable(line, (line.agreed and line.agreed_reason) or _BY_PARTNERS)
        for line in view.lines
        if line.counted == rag.NOT_APPLICABLE
    ]


def not_applicable_in_words(view: View) -> str:
    """Give all of them with their reasons as one text, ``""`` where every line applies."""
    lines = not_applicable(view)
    named = "; ".join(f"{with_code(line)}: {clip(reason, _REASON)}" for line, reason in lines)
    return f"{count(len(lines), 'line does', 'lines do')} not apply: {named}." if lines else ""
