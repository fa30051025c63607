"""The rows of the tables: one typed record for each pandera model in ``tables.models``, with the same fields.

All that flows inside the program are these records, in lists; ``tables.validation`` makes a data frame of them to check
them, and nobody else does. No data frame library is imported here.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple, Protocol

from icsassess.domain.rated import counted_rating
from icsassess.domain.states import ActionState, Agreement, GapReason, PlanPart, PlanState, ReturnState


class CellPlace(Protocol):
    """Gives the address of each cell of a row in a return."""

    @property
    def row(self) -> int:
        """The row on its sheet, from 1."""
        ...

    def cell(self, name: str) -> str:
        """Give the address of a field's cell, such as ``G5``."""
        ...


class TypedEntry(NamedTuple):
    """An entry as typed; see :class:`icsassess.tables.models.TypedEntries`."""

    partner: str
    file: str
    sheet: str
    row: int
    ref: str
    evidence: str
    kept: str
    evidence_date: str
    rag: str
    reason: str
    gap: str
    action: str
    owner: str
    due: str
    action_status: str
    rag_fill: str
    rag_doubt: str
    own_columns: str
    notes: str
    completed_on: datetime.date | None
    place: CellPlace


class Entry(NamedTuple):
    """An entry as understood; see :class:`icsassess.tables.models.Entries`."""

    partner: str
    ref: str
    evidence: str
    kept: str
    evidence_date: datetime.date | None
    rating: str
    reason: str
    gap: str
    action: str
    owner: str
    due: datetime.date | None
    status: str
    evidence_date_typed: str
    rag_typed: str
    due_typed: str
    status_typed: str
    own_columns: str
    notes: str
    same_as: str
    like: str
    alike: int
    file: str
    sheet: str
    row: int
    completed_on: datetime.date | None
    place: CellPlace


class ReturnLine(NamedTuple):
    """A line of a return; see :class:`icsassess.tables.models.ReturnLines`."""

    partner: str
    file: str
    ref: str
    asked: bool
    rows: int
    entries: int
    rating: str
    ratings: tuple[str, ...]
    understood: bool
    has_reason: bool
    evidence: int
    newest_evidence: datetime.date | None
    placed: bool
    states_gap: bool
    has_action: bool
    sheet: str
    place: CellPlace | None


class PartnerLine(NamedTuple):
    """A partner's rating of a line; see :class:`icsassess.tables.models.PartnerLines`."""

    partner: str
    ref: str
    rating: str
    settled: bool
    rows: int
    evidence: int
    green_without_evidence: bool
    states_gap: bool
    file: str
    sheet: str
    cell: str
    understood: bool
    organisations: tuple[tuple[str, str], ...]


class Line(NamedTuple):
    """A line of the framework; see :class:`icsassess.tables.models.Lines`."""

    ref: str
    theme: str
    statement: str
    category: str
    suggested: str
    agreed: str
    agreed_reason: str
    agreed_on: datetime.date | None
    rating: str
    agreement: Agreement
    evidence: int
    newest_evidence: datetime.date | None
    changed_since_agreed: bool

    @property
    def counted(self) -> str:
        """The rating that counts: agreed Not applicable without a reason counts as if it were not agreed."""
        return counted_rating(self.rating, self.agreed_reason or not self.agreed, self.suggested)


class Gap(NamedTuple):
    """A gap with the state of its plan; see :class:`icsassess.tables.models.Gaps`."""

    id: str
    ref: str
    rating: str
    stated: tuple[tuple[str, str], ...]
    reasons: tuple[GapReason, ...]
    partners: tuple[str, ...]
    no_proposal_from: tuple[str, ...]
    actions: tuple[str, ...]
    late: int
    plan: PlanState
    missing: tuple[PlanPart, ...]
    covered: str


class Action(NamedTuple):
    """One thing that will be done, proposed by a partner or the group; see :class:`icsassess.tables.models.Actions`."""

    id: str
    gap: str
    ref: str
    rating: str
    proposed_by: str
    action: str
    owner: str
    accountable: str
    due: datetime.date | None
    due_typed: str
    status: str
    evidenced_by: str
    evidenced_on: datetime.date | None
    update: str
    taken_up: str
    why_not: str
    state: ActionState
    missing: tuple[PlanPart, ...]
    file: str
    sheet: str
    row: int
    cell: str


class ReturnRow(NamedTuple):
    """A file received, or a partner without one; see :class:`icsassess.tables.models.Returns`."""

    partner: str
    name: str
    organisation: str
    state: ReturnState
    file: str
    completed_on: datetime.date | None
    completed_by: str
    lines_asked: int
    lines_to_rate: int
    lines_rated: int
    entries: int
    blockers: int
    warnings: int
    notes: int
    remark: str
    sha256: str


class PointRow(NamedTuple):
    """A point to put right; see :class:`icsassess.tables.models.Points`."""

    severity: str
    partner: str
    title: str
    message: str
    suggestion: str
    answer: str
    ref: str
    file: str
    sheet: str
    cell: str
    code: str
