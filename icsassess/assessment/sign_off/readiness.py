"""Can it be signed? Everything that stands in the way, the weightiest first: a finder for each condition's code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from icsassess.assessment.actions.states import DELIVERED, NOT_EVIDENCED, NOT_TAKEN_UP, OVERDUE
from icsassess.assessment.gaps.find import STALE_EVIDENCE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.merging.effective_return import OUTSTANDING, REFUSED, SUPERSEDED
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.headlines import day_in_words
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.assessment.sign_off.condition import Condition, condition_kinds
from icsassess.domain import personal_data, rag
from icsassess.domain.problems import Problem, Severity
from icsassess.support.text import clip, count
from icsassess.tables.models import Actions
from icsassess.tables.records import Action
from icsassess.tables.titles import ACTION_FIELDS, ACTIONS, COVERED, GAPS
from icsassess.tables.validation import titles

PERSONAL_DATA = "personal-data"
_PERSONAL_DATA = frozenset({"personal-data", "personal-data-in-name"})
OUT_OF_DATE = "merge-out-of-date"
_ACTIONS = titles(Actions)
_IN_SHORT = 60  # characters of what moved in a line
_HISTORY = ("history-broken", "history-missing")


def conditions(
    merged: Merged, out_of_date: Sequence[str] = (), accepted: Mapping[str, str] | None = None
) -> list[Condition]:
    """Give every condition in order of weight, also those that are met.

    ``out_of_date`` says why the newest merge is not what stands in the folder now; ``accepted`` are reasons by code.
    A reason for a condition that is met, or that cannot be accepted, counts for nothing.
    """
    reasons = accepted or {}
    result = []
    for code, kind in condition_kinds().items():
        where = tuple(out_of_date) if code == OUT_OF_DATE else tuple(dict.fromkeys(_FINDERS[code](merged)))
        reason = reasons.get(code) if where and kind.can_be_accepted else None
        result.append(Condition(kind, where, reason))
    return result


def is_ready(all_conditions: Sequence[Condition]) -> bool:
    """Tell whether nothing stands in the way."""
    return not any(condition.stands_in_the_way for condition in all_conditions)


# --- What is looked for


def _place(problem: Problem) -> str:
    where = " ".join(part for part in (problem.sheet, problem.cell) if part)
    return ", ".join(part for part in (problem.file, where or problem.ref) if part)


def _personal_data(merged: Merged) -> Iterator[str]:
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


def _history(merged: Merged) -> Iterator[str]:
    for problem in merged.problems:
        if problem.code in _HISTORY:
            yield problem.file or problem.found or problem.message


def _returns(state: str) -> Callable[[Merged], Iterator[str]]:
    def find(merged: Merged) -> Iterator[str]:
        for row in merged.returns:
            if row.state == state:
                yield ", ".join(part for part in (row.name, row.file) if part)

    return find


def _points(merged: Merged) -> Iterator[str]:
    # What is wrong with a file that does not count any more stands in nobody's way.
    uncounted = {row.file for row in merged.returns if row.state in (REFUSED, SUPERSEDED)}
    for problem in merged.problems:
        if (
            problem.severity is Severity.BLOCKER
            and problem.code not in _PERSONAL_DATA
            and problem.file not in uncounted
        ):
            yield _place(problem)


def _not_rated(merged: Merged) -> Iterator[str]:
    return (line.ref for line in merged.lines if line.rating in ("", rag.NOT_ASSESSED))


def not_applicable_unexplained(merged: Merged) -> dict[str, list[str]]:
    """Give the lines that partners call Not applicable without a reason, with these partners."""
    partners: dict[str, list[str]] = {}
    for row in merged.partner_lines:
        if row.rating == rag.NOT_APPLICABLE and not row.settled:
            partners.setdefault(row.ref, []).append(row.partner)
    return partners


def _not_applicable(merged: Merged) -> Iterator[str]:
    unsettled = not_applicable_unexplained(merged)
    for line in merged.lines:
        if line.agreed == rag.NOT_APPLICABLE and not line.agreed_reason:
            yield f"{line.ref} (the group)"
        elif not line.agreed and line.ref in unsettled:
            yield f"{line.ref} ({', '.join(unsettled[line.ref])})"


def _red_and_green(merged: Merged) -> Iterator[str]:
    return (line.ref for line in merged.lines if line.agreement == RED_AND_GREEN and not line.agreed)


def _drifted(merged: Merged) -> Iterator[str]:
    # In full it stands in the Assessment, beside the line.
    return (f"{ref} ({clip(sentence, _IN_SHORT)})" for ref, sentence in merged.drift.items())


def _without_action(merged: Merged) -> Iterator[str]:
    return (gap.ref for gap in merged.gaps if gap.plan == NEEDS_A_PLAN)


def _action(wanted: Callable[[Action], bool]) -> Callable[[Merged], Iterator[str]]:
    def find(merged: Merged) -> Iterator[str]:
        return (action.id for action in merged.actions if action.state != NOT_TAKEN_UP and wanted(action))

    return find


def _stale(merged: Merged) -> Iterator[str]:
    return (gap.ref for gap in merged.gaps if STALE_EVIDENCE in gap.reasons)


def _deadline(merged: Merged) -> Iterator[str]:
    if merged.days_to_deadline < 0:
        yield f"{day_in_words(merged.locality.settings.deadline)}, {count(-merged.days_to_deadline, 'day')} ago"


_FINDERS: dict[str, Callable[[Merged], Iterator[str]]] = {
    PERSONAL_DATA: _personal_data,
    "history-broken": _history,
    "returns-refused": _returns(REFUSED),
    "returns-outstanding": _returns(OUTSTANDING),
    "points-to-fix": _points,
    "lines-not-rated": _not_rated,
    "not-applicable-without-reason": _not_applicable,
    "red-and-green": _red_and_green,
    "moved-since-agreed": _drifted,
    "gaps-without-action": _without_action,
    "actions-without-owner": _action(lambda action: action.status != DELIVERED and "owner" in action.missing),
    "actions-without-due-date": _action(lambda action: action.status != DELIVERED and "due date" in action.missing),
    "actions-overdue": _action(lambda action: action.state == OVERDUE),
    "delivered-not-evidenced": _action(lambda action: action.state == NOT_EVIDENCED),
    "evidence-too-old": _stale,
    "deadline-passed": _deadline,
}
