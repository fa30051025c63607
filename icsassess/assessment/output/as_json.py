"""The merged view with the keys of the contract, as plain lists and dictionaries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icsassess.assessment.actions.states import INCOMPLETE, OVERDUE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.score_totals import asks_for_scores, scores_as_json
from icsassess.domain.rag import vocabulary
from icsassess.domain.rated import count_rated
from icsassess.domain.yes_no import read_yes_no
from icsassess.tables.records import Action, Gap


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
            "organisation": row.organisation or None,
        }
        for row in merged.returns
    ]


def _to_settle(merged: Merged) -> list[dict[str, object]]:
    """Give what has to be settled first: whose a return is, which of two counts."""
    return [{"file": problem.file, "question": problem.question, **problem.as_json()} for problem in merged.questions]


def lines_as_json(merged: Merged) -> list[dict[str, object]]:
    """Give the lines with each partner's rating; a partner that was not asked has no key.

    ``organisations`` has the ratings of each organisation of a partner for which several answer.
    """
    ratings: dict[str, dict[str, str | None]] = {}
    organisations: dict[str, dict[str, dict[str, str | None]]] = {}
    permitted = vocabulary().names
    for row in merged.partner_lines:
        ratings.setdefault(row.ref, {})[row.partner] = row.rating or None
        if row.organisations:
            of_partner = {name: rating if rating in permitted else None for name, rating in row.organisations}
            organisations.setdefault(row.ref, {})[row.partner] = of_partner
    return [
        {
            "ref": line.ref,
            "theme": line.theme,
            "statement": line.statement,
            "category": line.category,
            "ratings": ratings.get(line.ref, {}),
            "organisations": organisations.get(line.ref, {}),
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
    """Give gaps with what partners say is missing, the state of their plans and what these lack."""
    return [
        {
            "id": gap.id,
            "ref": gap.ref,
            "rating": gap.rating or None,
            "reasons": list(gap.reasons),
            "partners": list(gap.partners),
            "stated": [{"partner": partner, "text": text} for partner, text in gap.stated],
            "no_proposal_from": list(gap.no_proposal_from),
            "actions": list(gap.actions),
            "covered": bool(read_yes_no(gap.covered)),
            "plan": gap.plan or None,
            "missing": list(gap.missing),
        }
        for gap in gaps
    ]


def actions_as_json(actions: Sequence[Action]) -> list[dict[str, object]]:
    """Give actions, each with who proposed it, its state and where it stands in a return."""
    return [
        {
            "id": action.id,
            "gap": action.gap or None,
            "ref": action.ref or None,
            "proposed_by": action.proposed_by,
            "action": action.action,
            "owner": action.owner or None,
            "accountable": action.accountable or None,
            "due": iso(action.due),
            "status": action.status or None,
            "evidenced_by": action.evidenced_by or None,
            "date_evidenced": iso(action.evidenced_on),
            "update": action.update or None,
            "taken_up": read_yes_no(action.taken_up),
            "why_not": action.why_not or None,
            "state": action.state,
            "missing": list(action.missing),
            "source": {"file": action.file, "sheet": action.sheet, "row": action.row} if action.file else None,
        }
        for action in actions
    ]


def merge_as_json(merged: Merged, workbook: str) -> dict[str, object]:
    """Give what ``merge`` prints with ``--json``; ``workbook`` is its path relative to the folder."""
    return {
        "workbook": workbook,
        "as_at": merged.as_at.isoformat(),
        "framework": merged.locality.framework.id,
        "returns": returns_as_json(merged),
        "to_settle": _to_settle(merged),
        "lines": lines_as_json(merged),
        "gaps": gaps_as_json(merged.gaps),
        "actions": actions_as_json(merged.actions),
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
        "to_settle": _to_settle(merged),
        "lines": len(merged.lines),
        "rated": rated(merged),
        "agreed": sum(bool(line.agreed) for line in merged.lines),
        "gaps": len(merged.gaps),
        "gaps_without_a_plan": sum(gap.plan == NEEDS_A_PLAN for gap in merged.gaps),
        "actions": len(merged.actions),
        "actions_overdue": sum(action.state == OVERDUE for action in merged.actions),
        "actions_incomplete": sum(action.state == INCOMPLETE for action in merged.actions),
    }
