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


def point_record(problem: Problem) -> dict[str, str | None]:
    """Give a point as the history keeps it."""
    return {
        "code": problem.code,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "ref": problem.ref,
        "found": problem.found,
    }


def since_last(current: Sequence[Point], previous: Sequence[Point]) -> dict[str, int]:
    """Count the points that are resolved, still there and new."""
    unmatched_current, unmatched_previous = list(current), list(previous)
    for same in _SAME:
        waiting = Counter(same(point) for point in unmatched_current)
        waiting.pop(None, None)
        still: Counter[tuple[str | None, ...] | None] = Counter()
        remaining = []
        for point in unmatched_previous:
            if waiting[same(point)] > still[same(point)]:
                still[same(point)] += 1
            else:
                remaining.append(point)
        unmatched_previous, matched, unmatched = remaining, Counter(still), []
        for point in unmatched_current:
            if matched[same(point)] > 0:
                matched[same(point)] -= 1
            else:
                unmatched.append(point)
        unmatched_current = unmatched
    resolved = len(unmatched_previous)
    return {"resolved": resolved, "still_there": len(previous) - resolved, "new": len(unmatched_current)}


def sentence(counts: Mapping[str, int]) -> str:
    """Say what became of the points of the last return."""
    last = counts["resolved"] + counts["still_there"]
    if not last:
        return f"The last return had no points; {counts['new']} new."
    return (
        f"Of {count(last, 'point')} of the last return: {counts['resolved']} resolved, "
        f"{counts['still_there']} still there; {counts['new']} new."
    )


def track_points(merged: Merged, last: Mapping[str, Any] | None) -> Merged:
    """Give the merged view with the points of each return that counts, and what became of those of the one before.

    What became of them stands in the return's remark until the partner sends another one. Of a partner with several
    returns each is compared with the one of its name.
    """
    files = {row.file: row for row in merged.returns if row.state == RECEIVED}
    points: dict[str, list[dict[str, str | None]]] = {file: [] for file in files}
    for problem in merged.counted_problems:
        if problem.file in points:
            points[problem.file].append(point_record(problem))
    before = [reported for reported in last["read"]["returns"] if reported["state"] == RECEIVED] if last else []
    since: dict[str, dict[str, int]] = {}
    for file, row in files.items():
        if (previous := _before(row, before)) is None:
            continue
        counts = previous.get("since") if previous["sha256"] == row.sha256 else None
        if counts:
            since[file] = counts
        elif previous["sha256"] != row.sha256 and "points" in previous:
            since[file] = since_last(points[file], previous["points"])
    returns = [
        row._replace(remark=f"{row.remark} {sentence(since[row.file])}".strip()) if row.file in since else row
        for row in merged.returns
    ]
    return replace(merged, returns=returns, points_of=points, points_since=since)


def _before(row: ReturnRow, before: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Give the partner's return in the last merge: the same file if it is there, else the one of its name or its only
    one.
    """
    of_partner = [candidate for candidate in before if candidate["partner"] == row.partner]
    for candidate in of_partner:
        if candidate["sha256"] == row.sha256:
            return candidate
    for candidate in of_partner:
        if candidate["file"] == row.file:
            return candidate
    return of_partner[0] if len(of_partner) == 1 else None
