"""The merged view with the keys of the contract, as plain lists and dictionaries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.score_totals import asks_for_scores, scores_as_json
from icsassess.domain.rated import count_rated
from icsassess.tables.records import Gap


def iso(day: datetime.date | None) -> str | None:
    """Give a date as ISO 8601, None where there is none."""
    return None if day is None else day.isoformat()


def returns_as_json(merged: Merged) -> list[dict[str, object]]:
    """Give the returns: received, outstanding, refused and superseded."""
    return [
        {
            "partner": row.partner or None,
            "state": row.state,
            "file": row.file or None,
            "entries": row.entries,
            "problems": row.blockers + row.warnings + row.notes,
            "completed_on": iso(row.completed_on),
            "remark": row.remark or None,
        }
        for row in merged.returns
    ]


def lines_as_json(merged: Merged) -> list[dict[str, object]]:
    """Give the lines with each partner's rating; a partner that was not asked has no key."""
    ratings: dict[str, dict[str, str | None]] = {}
    for row in merged.partner_lines:
        ratings.setdefault(row.ref, {})[row.partner] = row.rating or None
    return [
        {
            "ref": line.ref,
            "theme": line.theme,
            "statement": line.statement,
            "category": line.category,
            "ratings": ratings.get(line.ref, {}),
            "suggested": line.suggested or None,
            "agreed": line.agreed or None,
            "rating": line.rating or None,
            "agreement": line.agreement,
            "evidence": line.evidence,
            "changed_since_agreed": line.changed_since_agreed,
        }
        for line in merged.lines
    ]


def gaps_as_json(gaps: Sequence[Gap]) -> list[dict[str, object]]:
    """Give gaps with the state of their plans and what these lack."""
    return [
        {
            "id": gap.id,
            "ref": gap.ref,
            "rating": gap.rating or None,
            "reasons": list(gap.reasons),
            "partners": list(gap.partners),
            "plan": gap.plan or None,
            "missing": list(gap.missing),
            "action": gap.action or None,
            "owner": gap.owner or None,
            "due": iso(gap.due),
            "status": gap.status or None,
        }
        for gap in gaps
    ]


def merge_as_json(merged: Merged, workbook: str) -> dict[str, object]:
    """Give what ``merge`` prints with ``--json``; ``workbook`` is its path relative to the folder."""
    return {
        "workbook": workbook,
        "as_at": merged.as_at.isoformat(),
        "framework": merged.locality.framework.id,
        "returns": returns_as_json(merged),
        "lines": lines_as_json(merged),
        "gaps": gaps_as_json(merged.gaps),
        "carried": merged.carried.as_json(),
        **({"indicative_scores": scores_as_json(merged)} if asks_for_scores(merged) else {}),
    }


def rated(merged: Merged) -> int:
    """Count the lines that are rated."""
    return count_rated(line.counted for line in merged.lines).rated


def status_as_json(merged: Merged) -> dict[str, object]:
    """Give what ``status`` prints with ``--json``."""
    return {
        "name": merged.locality.name,
        "as_at": merged.as_at.isoformat(),
        "deadline": merged.locality.settings.deadline.isoformat(),
        "days_left": merged.days_to_deadline,
        "returns": returns_as_json(merged),
        "lines": len(merged.lines),
        "rated": rated(merged),
        "gaps": len(merged.gaps),
        "gaps_without_a_plan": sum(gap.plan == NEEDS_A_PLAN for gap in merged.gaps),
    }
