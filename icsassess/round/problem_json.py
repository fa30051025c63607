"""A point with the contract's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icsassess.domain.problems import Problem


def problem_as_json(problem: Problem) -> dict[str, object]:
    """Give a point as the contract's ``PROBLEM``; ``None`` where a part is not known."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "sheet": problem.sheet,
        "cell": problem.cell,
        "ref": problem.ref,
        "found": problem.found,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }
