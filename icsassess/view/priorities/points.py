"""Points that press: an NHS number, what the group typed and could not be used, what keeps a return's row out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from icsassess.assessment.merging.effective_return import REFUSED
from icsassess.domain.problems import PERSONAL_DATA, Problem, Severity, in_order
from icsassess.support.text import count
from icsassess.view.assessment_view import View
from icsassess.view.priorities.priority import Priority
from icsassess.view.target import Part, Target

GROUP_EDITS = frozenset(
    {
        "agreed-not-applicable-without-reason",
        "group-edit-not-understood",
        "group-edit-without-a-place",
        "score-not-understood",
    }
)
"""The kinds of point on what the group typed and could not be used as it stands."""


_ASKED_IN_FULL = 3


def questions(view: View) -> Iterator[Priority]:
    """Give what has to be settled first, a sentence each: whose a return is, and which of two counts."""
    rows = [(row, problem) for row, problem in enumerate(in_order(view.merged.counted_problems)) if problem.question]
    shown = rows if len(rows) <= _ASKED_IN_FULL else rows[: _ASKED_IN_FULL - 1]
    yield from (Priority(problem.question, Target(Part.POINTS, row)) for row, problem in shown)
    if rest := rows[len(shown) :]:
        returns = count(len(rest), "more return waits", "more returns wait")
        yield Priority(f"{returns} for somebody to say whose it is, or which counts.", Target(Part.POINTS, rest[0][0]))


def personal_data(view: View) -> Iterator[Priority]:
    """Give one sentence on what looks like an NHS number."""
    words = "on what looks like an NHS number in a return: see to it at once."
    yield from _points(view, lambda problem: problem.code in PERSONAL_DATA, words)


def group_edits(view: View) -> Iterator[Priority]:
    """Give one sentence on what the group typed and could not be used."""
    words = "about what the group typed: it could not be used as it stands."
    yield from _points(view, lambda problem: problem.code in GROUP_EDITS, words)


def blockers(view: View) -> Iterator[Priority]:
    """Give one sentence on what keeps a row or rating of a return that counts from being used."""
    refused_files = {row.file for row in view.merged.returns if row.state == REFUSED}

    def blocks(problem: Problem) -> bool:
        of_others = problem.code in PERSONAL_DATA or problem.file in refused_files
        return problem.severity is Severity.BLOCKER and not of_others and not problem.question

    yield from _points(view, blocks, "to put right before what they are about can be used.")


def _points(view: View, wanted: Callable[[Problem], bool], words: str) -> Iterator[Priority]:
    rows = [row for row, problem in enumerate(in_order(view.merged.counted_problems)) if wanted(problem)]
    if rows:
        yield Priority(f"{count(len(rows), 'point')} {words}", Target(Part.POINTS, rows[0]))
