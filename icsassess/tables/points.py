"""Points as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable

from icsassess.domain.problems import Problem, title
from icsassess.tables.records import PointRow


def point_rows(
    problems: Iterable[Problem], superseded: Iterable[Problem] = (), answered: Iterable[Problem] = ()
) -> list[PointRow]:
    """Give a row for each point, in their order, then for those ``answered``, then for each of ``superseded`` files.

    Those say so as their severity. What a point does not name is ``""``.
    """
    return [
        *_rows(problems),
        *(row._replace(severity="answered") for row in _rows(answered)),
        *(row._replace(severity="superseded") for row in _rows(superseded)),
    ]


def _rows(problems: Iterable[Problem]) -> list[PointRow]:
    return [
        PointRow(
            severity=problem.severity,
            partner=problem.partner or "",
            title=title(problem.code),
            message=problem.message,
            suggestion=problem.suggestion,
            ref=problem.ref or "",
            file=problem.file or "",
            sheet=problem.sheet or "",
            cell=problem.cell or "",
            code=problem.code,
            answer=problem.answer,
        )
        for problem in problems
    ]
