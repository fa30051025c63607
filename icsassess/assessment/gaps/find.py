"""Gaps: the lines that need something, why, and how far the plans are."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from icsassess.assessment.gaps.gap import make_gap
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.domain.gap_ids import gap_id
from icsassess.domain.states import GapReason
from icsassess.locality.locality import Locality
from icsassess.returns.matching.evidence_words import is_evidence
from icsassess.tables.records import Action, Entry, Gap, Line, PartnerLine

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
        because[STALE_EVIDENCE] = sorted(
            {e.partner for e in entries if is_evidence(e.evidence, e.kept) and e.evidence_date is not None}
        )
    if stated := [p.partner for p in partners if p.states_gap]:
        because[STATED] = stated
    return because


def gap_reasons(lines: Sequence[LineFacts], locality: Locality, as_at: datetime.date) -> dict[str, Reasons]:
    """Give why each line that is a gap is one, by line and in the lines' order."""
    oldest = oldest_allowed(as_at, locality.settings.rules.evidence_max_age_months)
    return {facts.line.ref: because for facts in lines if (because := reasons(facts, oldest))}


def find_gaps(
    lines: Sequence[LineFacts],
    because: Mapping[str, Reasons],
    actions: Sequence[Action],
    covered: Mapping[str, str],
    locality: Locality,
    organisations: Mapping[str, str] | None = None,
) -> list[Gap]:
    """Give the gaps among lines, in the lines' order, with the plans that their actions make.

    ``because`` has the reasons of each line that is one, ``covered`` what the group typed under Covered, by gap.
    ``organisations`` has that of each return, by file, where several answer for its partner: each says for itself what
    is missing.
    """
    senders = organisations or {}
    order = {partner.code: number for number, partner in enumerate(locality.partners)}
    of_gap: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        of_gap[action.gap].append(action)
    gaps = []
    for facts in lines:
        if why := because.get(facts.line.ref):
            name = gap_id(facts.line.ref)
            gaps.append(
                make_gap(
                    id=name,
                    ref=facts.line.ref,
                    rating=facts.line.rating,
                    stated=[
                        (entry.partner, f"{senders[entry.file]}: {entry.gap}" if entry.file in senders else entry.gap)
                        for entry in facts.entries
                        if entry.gap
                    ],
                    reasons=list(why),
                    partners=sorted({code for codes in why.values() for code in codes}, key=order.__getitem__),
                    actions=of_gap[name],
                    covered=covered.get(name, ""),
                    plan_required_for=locality.settings.rules.action_plan_required_for,
                )
            )
    return gaps
