"""The lines that are Red, those first that are Red to the largest share of the partners that rated them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from icsassess.domain import rag
from icsassess.support.text import count
from icsassess.view.assessment_view import ShownLine, View
from icsassess.view.line_titles import title_of
from icsassess.view.priorities.line_actions import how_they_stand
from icsassess.view.priorities.priority import Priority
from icsassess.view.target import Part, Target


class RedLine(NamedTuple):
    """A line that is Red: its number in ``View.lines``; how many partners say Red, of how many that rated it."""

    number: int
    line: ShownLine
    red: int
    rated: int
    actions: str

    @property
    def partners(self) -> str:
        """How many partners say Red, and whether the group agreed it: ‘7 of 7 partners Red, agreed’."""
        share = f"{self.red} of {count(self.rated, 'partner')} Red"
        return f"{share}, agreed" if self.line.agreed == rag.RED else share

    @property
    def sentence(self) -> str:
        """Title, partners and how its actions stand."""
        return f"{title_of(self.line)}. {self.partners}; {self.actions} ({self.line.line.ref})."


def red_by_share(view: View) -> list[RedLine]:
    """Give the lines that count as Red by the share of partners that say so; of equals those first that more rated."""
    lines = []
    for number, line in enumerate(view.lines):
        if line.counted == rag.RED:
            of_line = [action for action in view.merged.actions if action.ref == line.line.ref]
            words = list(line.partners.values())
            rated = sum(words.count(word) for word in rag.vocabulary().ordered)
            lines.append(RedLine(number, line, words.count(rag.RED), rated, how_they_stand(of_line)))
    return sorted(lines, key=lambda red: (-(red.red / (red.rated or 1)), -red.rated, red.number))


def red_lines(view: View, room: int) -> Iterator[Priority]:
    """Give so many Red lines, a sentence each; the last says how many more there are."""
    lines = red_by_share(view)
    more = len(lines) - room
    for number, red in enumerate(lines[:room], 1):
        others = f" {count(more, 'more line is Red', 'more lines are Red')}." if more > 0 and number == room else ""
        yield Priority(red.sentence + others, Target(Part.LINES, red.number))
