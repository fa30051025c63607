"""What is odd about the workbooks in ``merged/``: which of them is the group's word comes before all ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icsassess.domain.problems import Problem, in_order
from icsassess.support.text import clip
from icsassess.view.assessment_view import View
from icsassess.view.priorities.priority import Priority
from icsassess.view.target import Part, Target

WORKBOOK_POINTS = (
    "group-workbook-gone",
    "group-workbook-open",
    "group-workbook-of-another-locality",
    "group-workbook-unknown",
    "group-older-workbook",
    "group-workbook-taken-in",
    "group-sheet-copied-differs",
    "group-sheet-copied",
)
"""The kinds of point on which workbook holds the group's word, in the order in which they are told."""
_LONGEST = 400


def workbooks(view: View) -> Iterator[Priority]:
    """Give one sentence for each kind of such a point."""
    yield from (Priority(sentence, Target(Part.POINTS, row)) for row, sentence in _told(view.merged.counted_problems))


def workbook_sentences(problems: Sequence[Problem]) -> list[str]:
    """Give the same sentences, for whoever asks before anything else."""
    return [sentence for _, sentence in _told(problems)]


def _told(problems: Sequence[Problem]) -> Iterator[tuple[int, str]]:
    rows = list(enumerate(in_order(list(problems))))
    for code in WORKBOOK_POINTS:
        of_kind = [(row, problem) for row, problem in rows if problem.code == code]
        if of_kind:
            row, problem = of_kind[0]
            more = f" There are {len(of_kind):,} of these points." if len(of_kind) > 1 else ""
            yield row, clip(f"{problem.finding}. {problem.suggestion}", _LONGEST) + more
