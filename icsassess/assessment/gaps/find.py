"""Gaps: the lines that need something, why, and what partners propose to do about them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from icsassess.assessment.gaps.gap import gap_with_plan
from icsassess.assessment.group_edits.decisions import Decisions, action_of
from icsassess.assessment.group_edits.outcome import Conflict
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.gap_ids import gap_id
from icsassess.domain.rag import vocabulary
from icsassess.domain.states import GapReason
from icsassess.locality.locality import Locality
from icsassess.returns.template.sources import template_of
from icsassess.tables.records import Entry, Gap, Line, PartnerLine

RED: Final = "red"
AMBER: Final = "amber"
NOT_ASSESSED: Final = "not assessed"
NO_EVIDENCE: Final = "no evidence"
GREEN_WITHOUT_EVIDENCE: Final = "green without evidence"
STALE_EVIDENCE: Final = "stale evidence"
STATED: Final = "stated by partner"
_UNRATED = ("", rag.NOT_ASSESSED, rag.NO_RETURN)
Reasons = dict[GapReason, list[str]]
"""Why a line is a gap, weightiest first, each with the codes of the partners that the reason comes from."""


class LineFacts(NamedTuple):
    """A line with all that partners say of it."""

    line: Line
    partners: Sequence[PartnerLine]
    entries: Sequence[Entry]


class GapRegister(NamedTuple):
    """The gaps, what the program itself fills in for each by its id, and where group and partner differ."""

    gaps: list[Gap]
    filled_in: dict[str, dict[str, str]]
    conflicts: list[Conflict]


def reasons(facts: LineFacts, oldest: datetime.date) -> Reasons:
    """Give the reasons why a line is a gap; ``oldest`` is the first day on which evidence is not yet stale.

    Red, Amber and Not assessed are about the line's rating (agreed if there is one, else suggested); a line that
    nobody rated is not assessed. Evidence is stale when the newest that is dated is older than allowed. Red and green
    stops being a reason once the group has agreed a rating. A line that does not apply is no gap; agreed Not
    applicable without a reason closes none.
    """
    line, partners, entries = facts
    rating = line.counted
    if rating == rag.NOT_APPLICABLE:
        return {}
    because: Reasons = {}
    if line.agreement == RED_AND_GREEN and not line.agreed:
        because[RED_AND_GREEN] = [p.partner for p in partners if p.rating in (rag.RED, rag.GREEN)]
    if rating == rag.RED:
        because[RED] = [p.partner for p in partners if p.rating == rag.RED]
    if rating == rag.AMBER:
        because[AMBER] = [p.partner for p in partners if p.rating == rag.AMBER]
    if rating in _UNRATED:
        because[NOT_ASSESSED] = [p.partner for p in partners if not p.settled or p.rating in _UNRATED]
    if line.evidence == 0:
        because[NO_EVIDENCE] = [p.partner for p in partners if p.rating != rag.NOT_APPLICABLE]
    if without := [p.partner for p in partners if p.green_without_evidence]:
        because[GREEN_WITHOUT_EVIDENCE] = without
    if line.newest_evidence is not None and line.newest_evidence < oldest:
        because[STALE_EVIDENCE] = sorted({e.partner for e in entries if e.evidence and e.evidence_date is not None})
    if stated := [p.partner for p in partners if p.states_gap]:
        because[STATED] = stated
    return because


def find_gaps(
    lines: Sequence[LineFacts], locality: Locality, as_at: datetime.date, decisions: Decisions
) -> GapRegister:
    """Give the gaps among lines, in the lines' order, and settle what will be done about each."""
    rules = locality.settings.rules
    statuses = template_of(locality).statuses
    order = {partner.code: number for number, partner in enumerate(locality.partners)}
    oldest = oldest_allowed(as_at, rules.evidence_max_age_months)
    register = GapRegister([], {}, [])
    for facts in lines:
        if not (because := reasons(facts, oldest)):
            continue
        name = gap_id(facts.line.ref)
        proposals = _proposals(facts)
        register.filled_in[name] = _filled_in(proposals[0]) if proposals else {}
        texts, conflicts = decisions.settle(name, register.filled_in[name])
        register.conflicts.extend(conflicts)
        gap = gap_with_plan(
            id=name,
            ref=facts.line.ref,
            rating=facts.line.rating,
            reasons=list(because),
            partners=sorted({code for codes in because.values() for code in codes}, key=order.__getitem__),
            stated="\n".join(f"{entry.partner}: {entry.gap}" for entry in facts.entries if entry.gap),
            proposed="\n".join(_in_words(entry) for entry in proposals),
            action=action_of(texts, statuses),
            to_be_moderated=RED_AND_GREEN in because,
            plan_required_for=rules.action_plan_required_for,
            as_at=as_at,
        )
        register.gaps.append(gap)
    return register


def _proposals(facts: LineFacts) -> list[Entry]:
    """Give the entries that propose an action, those of the partners with the worst rating first."""
    worst_first = {rating: number for number, rating in enumerate(vocabulary().ordered)}
    weight: Mapping[str, int] = {
        line.partner: worst_first.get(line.rating, len(worst_first)) for line in facts.partners
    }
    with_action = [entry for entry in facts.entries if entry.action]
    return sorted(with_action, key=lambda entry: weight.get(entry.partner, len(worst_first)))


def _filled_in(entry: Entry) -> dict[str, str]:
    """Give what the program fills in from a partner's proposal, as the workbook shows it."""
    due = entry.due_typed if entry.due is None else entry.due.isoformat()
    return {"action": entry.action, "owner": entry.owner, "due": due, "status": entry.status}


def _in_words(entry: Entry) -> str:
    """Give a proposal as ‘partner: action (owner, due, status)’."""
    due = entry.due_typed if entry.due is None else f"{entry.due:%d/%m/%Y}"
    details = "; ".join(part for part in (entry.owner, due and f"by {due}", entry.status) if part)
    return f"{entry.partner}: {entry.action}" + (f" ({details})" if details else "")
