"""What to look at first: at most five sentences, each with the place it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from icsassess.assessment.gaps import plans
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.domain import rag
from icsassess.domain.problems import Severity, in_order
from icsassess.excel.writing.sheet import Link, place
from icsassess.support.text import count, listing
from icsassess.view.view import ShownGap, View
from icsassess.workbook.layout import ASSESSMENT, GAPS, HEADING_ROW, HEAT_MAP, POINTS, RETURNS

MOST = 5
_PERSONAL_DATA = frozenset({"personal-data", "personal-data-in-name"})
_THE_GROUPS = frozenset({"group-edit-not-understood", "group-edit-without-a-place", "group-workbook-gone"})
_NAMED = 5


def sentences(view: View) -> list[Link]:
    """Give the sentences, the most pressing first; one that says so where nothing presses."""
    found = list(islice(_all(view), MOST))
    return found or [Link(place(HEAT_MAP, 1, 1), "Nothing presses: every return is in, and no gap is without a plan.")]


def _all(view: View) -> Iterator[Link]:
    yield from _points(view, _PERSONAL_DATA, "on what looks like an NHS number in a return: see to it at once.")
    yield from _points(view, _THE_GROUPS, "about what the group typed: it could not be used as it stands.")
    yield from _returns(view, REFUSED, "could not be used: {names}. Ask for a corrected workbook.")
    yield from _returns(view, OUTSTANDING, "still to come: {names}.")
    yield from _gaps(view, plans.TO_BE_MODERATED, _any, "with both Red and Green: {names}. Agree a rating for each.")
    yield from _gaps(view, plans.NEEDS_A_PLAN, _is_red, "rated Red without an action: {names}.")
    yield from _gaps(view, plans.OVERDUE, _any, "with an overdue action: {names}.")
    yield from _gaps(view, plans.NOT_EVIDENCED, _any, "with an action delivered and nothing to show for it: {names}.")
    yield from _blockers(view)
    yield from _gaps(view, plans.NEEDS_A_PLAN, _is_not_red, "not rated Red, but still without an action: {names}.")
    yield from _unrated(view)


def _points(view: View, codes: frozenset[str], words: str) -> Iterator[Link]:
    found = [at for at, problem in enumerate(in_order(view.merged.problems)) if problem.code in codes]
    if found:
        yield _leads_to(POINTS, found[0], f"{count(len(found), 'point')} {words}")


def _any(gap: ShownGap) -> bool:
    return True


def _is_red(gap: ShownGap) -> bool:
    return gap.line.rating == rag.RED


def _is_not_red(gap: ShownGap) -> bool:
    return not _is_red(gap)


def _leads_to(sheet: str, number: int, sentence: str) -> Link:
    """Give the sentence as a link to a row of a sheet's table; ``number`` counts from 0."""
    return Link(place(sheet, HEADING_ROW + 1 + number, 1), sentence)


def _returns(view: View, state: str, words: str) -> Iterator[Link]:
    rows = [(number, row) for number, row in enumerate(view.merged.returns) if row.state == state]
    if rows:
        names = listing([row.name or row.file for _, row in rows], most=_NAMED)
        yield _leads_to(RETURNS, rows[0][0], f"{count(len(rows), 'return')} {words.format(names=names)}")


def _gaps(view: View, state: str, wanted: Callable[[ShownGap], bool], words: str) -> Iterator[Link]:
    found = [(number, gap) for number, gap in enumerate(view.gaps) if gap.plan == state and wanted(gap)]
    if found:
        names = listing([gap.line.line.ref for _, gap in found], most=_NAMED)
        yield _leads_to(GAPS, found[0][0], f"{count(len(found), 'line')} {words.format(names=names)}")


def _blockers(view: View) -> Iterator[Link]:
    blockers = sum(problem.severity is Severity.BLOCKER for problem in view.merged.problems)
    if blockers:
        yield _leads_to(POINTS, 0, f"{count(blockers, 'point')} to put right before what they are about can be used.")


def _unrated(view: View) -> Iterator[Link]:
    counted = (*rag.vocabulary().ordered, rag.NOT_APPLICABLE)
    found = [(number, line.line.ref) for number, line in enumerate(view.lines) if line.rating not in counted]
    if found:
        names = listing([ref for _, ref in found], most=_NAMED)
        yield _leads_to(ASSESSMENT, found[0][0], f"{count(len(found), 'line')} not yet rated: {names}.")
