"""The lines that are neither rated nor left out as not applicable."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.domain import rag
from icsassess.support.text import count
from icsassess.view.assessment_view import View
from icsassess.view.line_titles import titles_of
from icsassess.view.priorities.priority import NAMED, Priority
from icsassess.view.target import Part, Target


def unrated_lines(view: View) -> Iterator[Priority]:
    """Give one sentence on all of them."""
    settled = (*rag.vocabulary().ordered, rag.NOT_APPLICABLE)
    lines = [(number, line) for number, line in enumerate(view.lines) if line.counted not in settled]
    if lines:
        are = count(len(lines), "line is", "lines are")
        titles = titles_of([line for _, line in lines], NAMED)
        yield Priority(f"{are} not yet rated: {titles}.", Target(Part.LINES, lines[0][0]))
