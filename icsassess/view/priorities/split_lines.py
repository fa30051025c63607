"""The lines that are Red to one partner and Green to another, and for which the group has not agreed a rating."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.support.text import count
from icsassess.view.assessment_view import View
from icsassess.view.line_titles import titles_of
from icsassess.view.priorities.priority import NAMED, Priority
from icsassess.view.target import Part, Target


def split_lines(view: View) -> Iterator[Priority]:
    """Give one sentence on all of them."""
    split = [(number, line) for number, line in enumerate(view.lines) if line.to_be_moderated]
    if split:
        titles = titles_of([line for _, line in split], NAMED)
        lines = count(len(split), "line is", "lines are")
        sentence = f"{lines} Red to one partner, Green to another and not agreed: {titles}."
        yield Priority(sentence, Target(Part.LINES, split[0][0]))
