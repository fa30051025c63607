"""Strengths in three steps: confirmed by the group; all partners agree, with current evidence; one partner only.

Documents that claimed strengths on limited evidence were the main criticism of peer challenges of self-assessments: so
each says how sure it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from icsassess.domain import rag
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.returns.matching.evidence_words import is_evidence
from icsassess.support.text import is_blank
from icsassess.tables.records import Entry
from icsassess.view.assessment_view import ShownLine, View
from icsassess.view.findings.quotations import has_figures

Step = Literal["confirmed", "all agree", "one partner"]
CONFIRMED: Step = "confirmed"
ALL_AGREE: Step = "all agree"
ONE_PARTNER: Step = "one partner"
STEPS: tuple[Step, ...] = (CONFIRMED, ALL_AGREE, ONE_PARTNER)


@dataclass(frozen=True, slots=True)
class Strength:
    """A line that is Green: how sure that is, which partners say so, and the evidence that is current and located."""

    step: Step
    line: ShownLine
    partners: tuple[str, ...]
    evidence: tuple[Entry, ...]

    @property
    def with_figures(self) -> int:
        """How many partners give figures."""
        return len({entry.partner for entry in self.evidence if has_figures(entry.evidence)})


def strengths(view: View) -> dict[Step, list[Strength]]:
    """Give the strengths by step, those first that the largest number of partners share; of equals with most figures.

    Confirmed: the group agreed Green with a reason, and its ground has not moved. All agree: at least two partners have
    rated it, all of them Green. One partner: only one has rated it. A line that is a gap is none of them, nor one
    without evidence of a partner that says Green which has a date within the age allowed, and a place.
    """
    by_step: dict[Step, list[Strength]] = {step: [] for step in STEPS}
    current = _current(view)
    gaps = {gap.line.line.ref for gap in view.gaps}
    for line in view.lines:
        ref = line.line.ref
        if line.counted != rag.GREEN or ref in gaps or line.look_again:
            continue
        rated = {code: word for code, word in line.partners.items() if word in rag.vocabulary().ordered}
        green = tuple(code for code, word in rated.items() if word == rag.GREEN)
        evidence = tuple(entry for entry in current[ref] if entry.partner in green)
        step = _step(line, len(rated), len(green))
        if step and evidence:
            by_step[step].append(Strength(step, line, green, evidence))
    for lines in by_step.values():
        lines.sort(key=lambda strength: (-len(strength.partners), -strength.with_figures))
    return by_step


def _step(line: ShownLine, rated: int, green: int) -> Step | None:
    if line.agreed:
        return CONFIRMED if not is_blank(line.agreed_reason) else None
    if not rated or green < rated:
        return None
    return ONE_PARTNER if rated == 1 else ALL_AGREE


def _current(view: View) -> dict[str, list[Entry]]:
    """Give by line the entries whose evidence is dated, no older than allowed, and said to be kept somewhere."""
    months = view.merged.locality.settings.rules.evidence_max_age_months
    oldest = oldest_allowed(view.merged.as_at, months)
    current: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.merged.entries:
        day = entry.evidence_date
        is_current = day is not None and oldest <= day <= view.merged.as_at
        stands_somewhere = not is_blank(entry.evidence) and not is_blank(entry.kept)
        if is_current and stands_somewhere and is_evidence(entry.evidence, entry.kept):
            current[entry.ref].append(entry)
    return current


def joined_by_statement(found: list[Strength]) -> list[list[Strength]]:
    """Give the strengths of one step by statement, in the order in which each statement first comes."""
    by_statement: dict[str, list[Strength]] = {}
    for strength in found:
        by_statement.setdefault(strength.line.line.statement.code, []).append(strength)
    return list(by_statement.values())
