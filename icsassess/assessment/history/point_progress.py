"""The points of a partner's last return, followed: which of them are resolved, which are still there, which are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from icsassess.assessment.merging.effective_return import RECEIVED
from icsassess.assessment.merging.model import Merged
from icsassess.domain.problems import Problem
from icsassess.support.text import count
from icsassess.tables.records import ReturnRow

Point = Mapping[str, str | None]
# The same point has the same code and place; else it has moved: the same code and line, or the same code and words.
_SAME: tuple[Callable[[Point], tuple[str | None, ...] | None], ...] = (
    lambda point: (point["code"], point["ref"], point["sheet"], point["cell"]),
    lambda point: (point["code"], point["ref"]) if point["ref"] else None,
    lambda point: (point["code"], point["found"]) if point["found"] and not point["ref"] else None,
)


def as_kept(problem: Problem) -> dict[str, str | None]:
    """Give a point as the history keeps it."""
    return {
        "code": problem.code,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "ref": problem.ref,
        "found": problem.found,
    }


def since_last(now: Sequence[Point], then: Sequence[Point]) -> dict[str, int]:
    """Count the points that are resolved, still there and new."""
    left_now, left_then = list(now), list(then)
    for same in _SAME:
        waiting = Counter(same(point) for point in left_now)
        waiting.pop(None, None)
        still: Counter[tuple[str | None, ...] | None] = Counter()
        remaining = []
        for point in left_then:
            if waiting[same(point)] > still[same(point)]:
                still[same(point)] += 1
            else:
                remaining.append(point)
        left_then, matched, left = remaining, Counter(still), []
        for point in left_now:
            if matched[same(point)] > 0:
                matched[same(point)] -= 1
            else:
                left.append(point)
        left_now = left
    return {"resolved": len(left_then), "still_there": len(then) - len(left_then), "new": len(left_now)}


def sentence(found: Mapping[str, int]) -> str:
    """Say what became of the points of the last return."""
    last = found["resolved"] + found["still_there"]
    if not last:
        return f"The last return had no points; {found['new']} new."
    return (
        f"Of {count(last, 'point')} of the last return: {found['resolved']} resolved, "
        f"{found['still_there']} still there; {found['new']} new."
    )


def followed(merged: Merged, last: Mapping[str, Any] | None) -> Merged:
    """Give the merged view with the points of each return that counts, and what became of those of the one before.

    What became of them stands in the return's remark until the partner sends another one. Of a partner with several
    returns each is compared with the one of its name.
    """
    files = {row.file: row for row in merged.returns if row.state == RECEIVED}
    points: dict[str, list[dict[str, str | None]]] = {file: [] for file in files}
    for problem in merged.problems:
        if problem.file in points:
            points[problem.file].append(as_kept(problem))
    before = [found for found in last["read"]["returns"] if found["state"] == RECEIVED] if last else []
    since: dict[str, dict[str, int]] = {}
    for file, row in files.items():
        if (then := _before(row, before)) is None:
            continue
        known = then.get("since") if then["sha256"] == row.sha256 else None
        if known:
            since[file] = known
        elif then["sha256"] != row.sha256 and "points" in then:
            since[file] = since_last(points[file], then["points"])
    returns = [
        row._replace(remark=f"{row.remark} {sentence(since[row.file])}".strip()) if row.file in since else row
        for row in merged.returns
    ]
    return replace(merged, returns=returns, points_of=points, points_since=since)


def _before(row: ReturnRow, before: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Give the partner's return in the last merge: the same file if it is there, else the one of its name or its only
    one.
    """
    theirs = [found for found in before if found["partner"] == row.partner]
    for found in theirs:
        if found["sha256"] == row.sha256:
            return found
    for found in theirs:
        if found["file"] == row.file:
            return found
    return theirs[0] if len(theirs) == 1 else None
