"""What to look at first: at most five sentences, each with what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from icsassess.assessment.actions import states
from icsassess.assessment.gaps import plans
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.domain import rag
from icsassess.domain.problems import Severity, in_order
from icsassess.support.text import count, listing
from icsassess.view.assessment_view import ShownGap, View
from icsassess.view.target import Part, Target

MOST = 5
_PERSONAL_DATA = frozenset({"personal-data", "personal-data-in-name"})
_GROUP_EDITS = frozenset({"group-edit-not-understood", "group-edit-without-a-place", "group-workbook-gone"})
_NAMED = 5


class Priority(NamedTuple):
    """Something to look at first, and the first row of what it is about."""

    sentence: str
    target: Target


def priorities(view: View) -> list[Priority]:
    """Give at most ``MOST`` priorities, the most pressing first; one that says so where nothing presses."""
    nothing = "Nothing presses: every return is in, and no gap is without a plan."
    return list(islice(_all(view), MOST)) or [Priority(nothing, Target(Part.HEAT_MAP))]


def _all(view: View) -> Iterator[Priority]:
    yield from _points(view, _PERSONAL_DATA, "on what looks like an NHS number in a return: see to it at once.")
    yield from _points(view, _GROUP_EDITS, "about what the group typed: it could not be used as it stands.")
    yield from _returns(view, REFUSED, "could not be used: {names}. Ask for a corrected workbook.")
    yield from _returns(view, OUTSTANDING, "still to come: {names}.")
    yield from _gaps(view, plans.TO_BE_MODERATED, _any, "with both Red and Green: {names}. Agree a rating for each.")
    yield from _gaps(view, plans.NEEDS_A_PLAN, _is_red, "rated Red without an action: {names}.")
    yield from _gaps(view, states.OVERDUE, _any, "with an overdue action: {names}.")
    yield from _gaps(view, states.NOT_EVIDENCED, _any, "with an action delivered and nothing to show for it: {names}.")
    yield from _blockers(view)
    yield from _gaps(view, plans.NEEDS_A_PLAN, _is_not_red, "not rated Red, but still without an action: {names}.")
    yield from _unrated(view)


def _points(view: View, codes: frozenset[str], words: str) -> Iterator[Priority]:
    rows = [row for row, problem in enumerate(in_order(view.merged.problems)) if problem.code in codes]
    if rows:
        yield Priority(f"{count(len(rows), 'point')} {words}", Target(Part.POINTS, rows[0]))


def _any(gap: ShownGap) -> bool:
    return True


def _is_red(gap: ShownGap) -> bool:
    return gap.line.rating == rag.RED


def _is_not_red(gap: ShownGap) -> bool:
    return not _is_red(gap)


def _returns(view: View, state: str, words: str) -> Iterator[Priority]:
    rows = [(number, row) for number, row in enumerate(view.merged.returns) if row.state == state]
    if rows:
        names = listing([row.name or row.file for _, row in rows], most=_NAMED)
        yield Priority(f"{count(len(rows), 'return')} {words.format(names=names)}", Target(Part.RETURNS, rows[0][0]))


def _gaps(view: View, state: str, wanted: Callable[[ShownGap], bool], words: str) -> Iterator[Priority]:
    gaps = [(number, gap) for number, gap in enumerate(view.gaps) if gap.plan == state and wanted(gap)]
    if gaps:
        names = listing([gap.line.line.ref for _, gap in gaps], most=_NAMED)
        yield Priority(f"{count(len(gaps), 'line')} {words.format(names=names)}", Target(Part.GAPS, gaps[0][0]))


def _blockers(view: View) -> Iterator[Priority]:
    blockers = sum(problem.severity is Severity.BLOCKER for problem in view.merged.problems)
    if blockers:
        sentence = f"{count(blockers, 'point')} to put right before what they are about can be used."
        yield Priority(sentence, Target(Part.POINTS, 0))


def _unrated(view: View) -> Iterator[Priority]:
    counted = (*rag.vocabulary().ordered, rag.NOT_APPLICABLE)
    lines = [(number, line.line.ref) for number, line in enumerate(view.lines) if line.rating not in counted]
    if lines:
        names = listing([ref for _, ref in lines], most=_NAMED)
        yield Priority(f"{count(len(lines), 'line')} not yet rated: {names}.", Target(Part.LINES, lines[0][0]))
