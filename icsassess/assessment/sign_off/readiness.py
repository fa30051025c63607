"""Can it be signed? Everything that stands in the way, the weightiest first: a finder for each condition's code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.assessment.sign_off.condition import Acceptance, Condition, condition_kinds
from icsassess.assessment.sign_off.plan_counts import PlanCounts, place_in_words, plan_counts
from icsassess.assessment.sign_off.weak_greens import in_words, weak_greens
from icsassess.domain import personal_data, rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.problems import Problem, Severity
from icsassess.domain.states import SUPERSEDED
from icsassess.support.text import count, listing
from icsassess.tables.models import Actions
from icsassess.tables.records import Action
from icsassess.tables.titles import ACTION_FIELDS, ACTIONS, COVERED, GAPS
from icsassess.tables.validation import titles

PERSONAL_DATA = "personal-data"
_PERSONAL_DATA = frozenset({"personal-data", "personal-data-in-name"})
OUT_OF_DATE = "merge-out-of-date"
_ACTIONS = titles(Actions)
_HISTORY = ("history-broken", "history-missing")
_Find = Callable[[Merged, datetime.date], Iterator[str]]


def conditions(
    merged: Merged,
    out_of_date: Sequence[str] = (),
    accepted: Mapping[str, Acceptance] | None = None,
    on: datetime.date | None = None,
) -> list[Condition]:
    """Give every condition in order of weight, also those that are met.

    ``out_of_date`` says why the newest merge is not what stands in the folder now; ``accepted`` is by code: it counts
    for nothing where the condition is met, or cannot be accepted. ``on`` is the day on which deadline, overdue actions
    and the age of evidence are looked at: the as-at date when left out.
    """
    acceptances, day = accepted or {}, on or merged.as_at
    result = []
    for code, kind in condition_kinds().items():
        where = tuple(out_of_date) if code == OUT_OF_DATE else tuple(dict.fromkeys(_FINDERS[code](merged, day)))
        result.append(Condition(kind, where, acceptances.get(code) if where and kind.can_be_accepted else None))
    return result


def is_ready(all_conditions: Sequence[Condition]) -> bool:
    """Tell whether nothing stands in the way."""
    return not any(condition.stands_in_the_way for condition in all_conditions)


# --- What is looked for


def _line(merged: Merged, ref: str) -> str:
    return merged.locality.framework.line_by_ref[ref].with_ref


def _place(problem: Problem) -> str:
    where = " ".join(part for part in (problem.sheet, problem.cell) if part)
    return ", ".join(part for part in (problem.file, where or problem.ref) if part)


def _personal_data(merged: Merged, _: datetime.date) -> Iterator[str]:
    for problem in merged.problems:
        if problem.code in _PERSONAL_DATA:
            yield _place(problem)
    for place, text in typed_by_the_group(merged):
        if personal_data.count_nhs_numbers(text):
            yield place


def typed_by_the_group(merged: Merged) -> Iterator[tuple[str, str]]:
    """Give every text that the group typed into the locality workbook, with where it stands."""
    for line in merged.lines:
        yield f"Assessment {line.ref}", line.agreed_reason
    for action in merged.actions:
        for name in ("ref", "due_typed", *ACTION_FIELDS):
            yield f"{ACTIONS} {action.id}, {_ACTIONS[name]}", str(getattr(action, name) or "")
    for gap in merged.gaps:
        yield f"{GAPS} {gap.id}, {COVERED}", gap.covered
    carried = merged.carried
    for sheet, columns in carried.own_columns.items():
        for title, texts in columns.items():
            yield from ((f"{sheet} {key}, {title}", str(text)) for key, text in texts.items())
    for own in carried.own_sheets:
        yield from ((f"the sheet {own.title}", str(value)) for value in own.cells.values())
        yield from ((f"a note on the sheet {own.title}", text) for text in own.notes.values())
    yield from ((f"a note on {sheet} {key}", text) for (sheet, key, _), text in carried.notes.items())
    yield from ((f"Kept from before, {displaced.key}", displaced.text) for displaced in carried.kept)


def _history(merged: Merged, _: datetime.date) -> Iterator[str]:
    for problem in merged.problems:
        if problem.code in _HISTORY:
            yield problem.file or problem.found or problem.message


def _returns(state: str) -> _Find:
    def find(merged: Merged, _: datetime.date) -> Iterator[str]:
        for row in merged.returns:
            if row.state == state:
                yield ", ".join(part for part in (row.name, row.file) if part)

    return find


def _points(merged: Merged, _: datetime.date) -> Iterator[str]:
    # What is wrong with a file that does not count any more stands in nobody's way.
    uncounted = {row.file for row in merged.returns if row.state in (REFUSED, SUPERSEDED)}
    for problem in merged.problems:
        if (
            problem.severity is Severity.BLOCKER
            and problem.code not in _PERSONAL_DATA
            and problem.file not in uncounted
        ):
            yield _place(problem)


def _not_rated(merged: Merged, _: datetime.date) -> Iterator[str]:
    return (_line(merged, line.ref) for line in merged.lines if line.rating in ("", rag.NOT_ASSESSED))


def not_applicable_unexplained(merged: Merged) -> dict[str, list[str]]:
    """Give the lines that partners call Not applicable without a reason, with these partners."""
    partners: dict[str, list[str]] = {}
    for row in merged.partner_lines:
        if row.rating == rag.NOT_APPLICABLE and not row.settled:
            partners.setdefault(row.ref, []).append(row.partner)
    return partners


def _agreed_not_applicable(merged: Merged, _: datetime.date) -> Iterator[str]:
    for line in merged.lines:
        if line.agreed == rag.NOT_APPLICABLE and not line.agreed_reason:
            yield _line(merged, line.ref)


def _not_applicable(merged: Merged, _: datetime.date) -> Iterator[str]:
    unsettled = not_applicable_unexplained(merged)
    names = merged.locality.name_by_code
    for line in merged.lines:
        if not line.agreed and line.ref in unsettled:
            whose = [names.get(code, code) for code in unsettled[line.ref]]
            yield f"{_line(merged, line.ref)}, {listing(whose)}"


def _red_and_green(merged: Merged, _: datetime.date) -> Iterator[str]:
    return (_line(merged, line.ref) for line in merged.lines if line.agreement == RED_AND_GREEN and not line.agreed)


def _drifted(merged: Merged, _: datetime.date) -> Iterator[str]:
    return (f"{_line(merged, ref)}: {sentence}" for ref, sentence in merged.drift.items())


def _without_action(merged: Merged, _: datetime.date) -> Iterator[str]:
    return (_line(merged, gap.ref) for gap in merged.gaps if gap.plan == NEEDS_A_PLAN)


def _actions(wanted: Callable[[PlanCounts], list[Action]]) -> _Find:
    return lambda merged, on: (place_in_words(action, merged) for action in wanted(plan_counts(merged, on)))


def _stale(merged: Merged, on: datetime.date) -> Iterator[str]:
    oldest = oldest_allowed(on, merged.locality.settings.rules.evidence_max_age_months)
    for line in merged.lines:
        if line.rating != rag.NOT_APPLICABLE and line.newest_evidence is not None and line.newest_evidence < oldest:
            yield _line(merged, line.ref)


def _weak_greens(merged: Merged, on: datetime.date) -> Iterator[str]:
    return (in_words(green, merged) for green in weak_greens(merged, on))


def _deadline(merged: Merged, on: datetime.date) -> Iterator[str]:
    deadline = merged.locality.settings.deadline
    if deadline < on:
        yield f"{day_in_words(deadline)}, {count((on - deadline).days, 'day')} ago"


_FINDERS: dict[str, _Find] = {
    PERSONAL_DATA: _personal_data,
    "history-broken": _history,
    "returns-refused": _returns(REFUSED),
    "returns-outstanding": _returns(OUTSTANDING),
    "points-to-fix": _points,
    "lines-not-rated": _not_rated,
    "agreed-not-applicable-without-reason": _agreed_not_applicable,
    "not-applicable-without-reason": _not_applicable,
    "red-and-green": _red_and_green,
    "moved-since-agreed": _drifted,
    "gaps-without-action": _without_action,
    "actions-without-owner": _actions(lambda counts: counts.without_owner),
    "actions-without-due-date": _actions(lambda counts: counts.without_due_date),
    "actions-overdue": _actions(lambda counts: counts.overdue),
    "delivered-not-evidenced": _actions(lambda counts: counts.not_evidenced),
    "evidence-too-old": _stale,
    "green-on-weak-evidence": _weak_greens,
    "deadline-passed": _deadline,
}
