"""Gaps: the lines that need something, why, and what partners propose to do about them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from icsassess.assessment.gaps.plans import lacks, state_of
from icsassess.assessment.group_edits.decisions import Decisions, action_of
from icsassess.assessment.group_edits.outcome import Conflict
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.gap_ids import gap_id
from icsassess.domain.rag import Vocabulary
from icsassess.locality.locality import Locality
from icsassess.tables.frames import frame
from icsassess.tables.models import Gaps
from icsassess.tables.rows import each_row, in_step

RED = "red"
AMBER = "amber"
NOT_ASSESSED = "not assessed"
NO_EVIDENCE = "no evidence"
GREEN_WITHOUT_EVIDENCE = "green without evidence"
STALE_EVIDENCE = "stale evidence"
STATED = "stated by partner"


# What is asked of a partner's line, and of an entry, for the reasons of a gap and for what partners propose.
_OF_A_PARTNER = ["ref", "partner", "rating", "settled", "green_without_evidence", "states_gap"]
_OF_AN_ENTRY = ["ref", "partner", "evidence", "evidence_date", "gap", "action", "owner", "due", "due_typed", "status"]


class Found(NamedTuple):
    """The gaps (a table of ``Gaps``), what the program fills in for each, and where group and partner differ."""

    gaps: pd.DataFrame
    filled_in: dict[str, dict[str, str]]
    conflicts: list[Conflict]


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that is known of one line when its gap is looked for.

    ``line`` is its row of ``Lines``, ``partners`` its rows of ``PartnerLines``, ``entries`` its rows of ``Entries``.
    """

    line: Any
    partners: list[Any]
    entries: list[Any]


def oldest_allowed(as_at: datetime.date, months: int) -> datetime.date:
    """Give the day before which evidence is older than so many months."""
    year, month = divmod(as_at.year * 12 + as_at.month - 1 - months, 12)
    last = (datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(as_at.day, last))


def reasons(found: Line, oldest: datetime.date) -> dict[str, list[str]]:
    """Give the reasons why a line is a gap, weightiest first, each with the codes of the partners it comes from.

    Red, Amber and Not assessed are about the line's rating (agreed if there is one, else suggested); a line that
    nobody rated is not assessed. Evidence is stale when the newest that is dated is older than allowed. Red and green
    stops being a reason once the group has agreed a rating. A line that does not apply is no gap.
    """
    line, partners = found.line, found.partners
    if line.rating == rag.NOT_APPLICABLE:
        return {}
    because: dict[str, list[str]] = {}
    if line.agreement == RED_AND_GREEN and not line.agreed:
        because[RED_AND_GREEN] = [p.partner for p in partners if p.rating in (rag.RED, rag.GREEN)]
    for reason, rating in ((RED, rag.RED), (AMBER, rag.AMBER)):
        if line.rating == rating:
            because[reason] = [p.partner for p in partners if p.rating == rating]
    unrated = ("", rag.NOT_ASSESSED, rag.NO_RETURN)
    if line.rating in unrated:
        because[NOT_ASSESSED] = [p.partner for p in partners if not p.settled or p.rating in unrated]
    if line.evidence == 0:
        because[NO_EVIDENCE] = [p.partner for p in partners if p.rating != rag.NOT_APPLICABLE]
    if without := [p.partner for p in partners if p.green_without_evidence]:
        because[GREEN_WITHOUT_EVIDENCE] = without
    if not pd.isna(line.newest_evidence) and line.newest_evidence.date() < oldest:
        because[STALE_EVIDENCE] = sorted(
            {e.partner for e in found.entries if e.evidence and not pd.isna(e.evidence_date)}
        )
    if stated := [p.partner for p in partners if p.states_gap]:
        because[STATED] = stated
    return because


class GapFinder:
    """Finds the gaps of a locality as at a date, and settles what will be done about them."""

    def __init__(
        self,
        locality: Locality,
        as_at: datetime.date,
        decisions: Decisions,
        vocabulary: Vocabulary,
        statuses: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._rules = locality.settings.rules
        self._order = {partner.code: number for number, partner in enumerate(locality.partners)}
        self._as_at = as_at
        self._oldest = oldest_allowed(as_at, self._rules.evidence_max_age_months)
        self._decisions = decisions
        self._vocabulary = vocabulary
        self._statuses = statuses
        self._filled_in: dict[str, dict[str, str]] = {}
        self._conflicts: list[Conflict] = []

    def find(self, lines: pd.DataFrame, partner_lines: pd.DataFrame, entries: pd.DataFrame) -> Found:
        """Give the gaps in the framework's order, which is that of lines and entries."""
        refs = lines["ref"].tolist()
        number = {ref: number for number, ref in enumerate(refs)}
        by_line = partner_lines.iloc[partner_lines["ref"].map(number).to_numpy().argsort(kind="stable")]
        partners = in_step(refs, each_row(by_line[_OF_A_PARTNER]), itemgetter(0))
        said = in_step(refs, each_row(entries[_OF_AN_ENTRY]), itemgetter(0))
        rows = []
        for line, of_partners, of_entries in zip(each_row(lines), partners, said, strict=True):
            found = Line(line, of_partners, of_entries)
            if because := reasons(found, self._oldest):
                rows.append(self._gap(found, because))
        return Found(frame(Gaps, rows), self._filled_in, self._conflicts)

    def _gap(self, found: Line, because: dict[str, list[str]]) -> tuple[object, ...]:
        name = gap_id(found.line.ref)
        rating_of = {p.partner: p.rating for p in found.partners}
        proposals = _proposals(found.entries, rating_of, self._vocabulary)
        self._filled_in[name] = _filled_in(proposals[0]) if proposals else {}
        texts, conflicts = self._decisions.settle(name, self._filled_in[name])
        self._conflicts.extend(conflicts)
        action = action_of(texts, self._statuses)
        demanded = bool(set(because) & set(self._rules.action_plan_required_for))
        state = state_of(action, to_be_moderated=RED_AND_GREEN in because, demanded=demanded, as_at=self._as_at)
        lacking = lacks(action, demanded=demanded)
        return (
            name,
            found.line.ref,
            found.line.rating,
            list(because),
            sorted({code for codes in because.values() for code in codes}, key=self._order.__getitem__),
            "\n".join(f"{entry.partner}: {entry.gap}" for entry in found.entries if entry.gap),
            "\n".join(_proposal_in_words(entry) for entry in proposals),
            action.action,
            action.owner,
            action.accountable,
            action.due,
            action.due_typed,
            action.status,
            action.evidenced_by,
            action.evidenced_on,
            action.update,
            state,
            lacking,
        )


def _proposals(entries: list[Any], rating_of: dict[str, str], vocabulary: Vocabulary) -> list[Any]:
    """Give the entries that propose an action, those of the partners with the worst rating first."""
    worst_first = {rating: number for number, rating in enumerate(vocabulary.ordered)}
    with_action = [entry for entry in entries if entry.action]
    return sorted(with_action, key=lambda entry: worst_first.get(rating_of.get(entry.partner, ""), len(worst_first)))


def _filled_in(entry: Any) -> dict[str, str]:
    """Give what the program fills in from a partner's proposal, as the workbook shows it."""
    due = entry.due_typed if pd.isna(entry.due) else entry.due.date().isoformat()
    return {"action": entry.action, "owner": entry.owner, "due": due, "status": entry.status}


def _proposal_in_words(entry: Any) -> str:
    due = entry.due_typed if pd.isna(entry.due) else f"{entry.due:%d/%m/%Y}"
    parts = [entry.owner, due and f"by {due}", entry.status]
    beside = "; ".join(part for part in parts if part)
    return f"{entry.partner}: {entry.action}" + (f" ({beside})" if beside else "")
