"""The roll-up with the keys of the contract."""

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.gaps.plans import NEEDS_A_PLAN
from icsassess.assessment.output.as_json import iso
from icsassess.domain.rag import vocabulary
from icsassess.rollup.comparison import Rollup, Row
from icsassess.rollup.locality_summary import LocalitySummary, SkippedWorkbook
from icsassess.rollup.write import Written


def rollup_as_json(rollup: Rollup, written: Written) -> dict[str, object]:
    """Give what ``rollup`` prints with ``--json``, but for the points."""
    return {
        "workbook": written.workbook.as_posix(),
        "record": written.record.as_posix(),
        "as_at": rollup.as_at.isoformat(),
        "localities": localities_as_json(rollup),
        "lines": [_line(row, rollup) for row in rollup.lines],
        "shared_gaps": [_shared(row) for row in rollup.shared_gaps],
        "strengths": [
            {**_named(row), "localities": row.strengths, "lacking": row.lacking, "of": row.out_of}
            for row in rollup.strengths
        ],
        "since": written.last.name if written.last is not None else None,
        "changes": [{"locality": one.locality, **one.change.as_json()} for one in written.changes],
    }


def _shared(row: Row) -> dict[str, object]:
    """Give a shared gap: in how many localities it is one, is Red, has no plan, and has an action that is late."""
    weights = {"localities": row.gaps, "red": row.reds, "without_a_plan": row.without_plan, "late": row.late}
    return {**_named(row), **weights, "of": row.out_of}


def localities_as_json(rollup: Rollup) -> list[dict[str, object]]:
    """Give the contract's ``localities``: those rolled up, then those of which nothing could be taken."""
    return [*map(_locality, rollup.localities), *map(_absent, rollup.absent)]


def _locality(locality: LocalitySummary) -> dict[str, object]:
    counts, states = locality.counts, [gap.plan for gap in locality.gaps]
    return {
        "name": locality.name,
        "label": locality.label,
        "workbook": locality.file,
        "as_at": iso(locality.as_at),
        "verdict": locality.state,
        "returns_received": locality.returns.received,
        "returns_expected": locality.returns.expected,
        "returns_missing": list(locality.returns.missing),
        "agreed": locality.agreed,
        "accepted": len(locality.accepted),
        "accepted_conditions": list(locality.accepted),
        "lines": counts.lines,
        "rated": counts.rated,
        "gaps": len(states),
        "out_of": counts.out_of,
        "ratings": counts.by_word,
        "gaps_without_a_plan": states.count(NEEDS_A_PLAN),
        "actions": locality.actions.total(),
        "overdue": locality.actions[OVERDUE],
        "framework": locality.framework.id or None,
        "framework_version": locality.framework.version or None,
        "template": locality.template or None,
        "signed": locality.signed or None,
        "changed": list(locality.changed),
    }


def _absent(one: SkippedWorkbook) -> dict[str, object]:
    return {
        "name": one.name,
        "label": one.name,
        **dict.fromkeys(("workbook", "as_at", "verdict")),
        **dict.fromkeys(("lines", "rated", "gaps"), 0),
        "why": one.problem.message,
    }


def _named(row: Row) -> dict[str, object]:
    return {"framework": row.framework or None, "ref": row.ref, "statement": row.statement, "category": row.category}


def _line(row: Row, rollup: Rollup) -> dict[str, object]:
    """Give a line with its rating in each locality that has it in its framework; null where there is none."""
    ratings = {
        label: lines[0].rating if lines[0].rating in vocabulary().names else None
        for label, lines in zip(rollup.labels, row.lines, strict=True)
        if lines is not None
    }
    return {**_named(row), "theme": row.theme, "ratings": ratings}
