"""What has become of the points of the last feedback: resolved, still there, or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.domain.problems import Problem
from icsassess.excel.cells.model import Sheet
from icsassess.returns.marks.own_marks import TITLES, heading_row
from icsassess.returns.marks.wording import WHOLE_FILE, finding, to_do, where
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import fold

NEW = "New"
UNRESOLVED = "Still there"
RESOLVED = "Resolved"
PARTNER, NUMBER, FINGERPRINT = "icsassess.feedback_partner", "icsassess.feedback_number", "icsassess.feedback_on"


@dataclass(frozen=True, slots=True)
class ListedPoint:
    """A point as a feedback sheet lists it; ``status`` is one of ``NEW``, ``UNRESOLVED`` and ``RESOLVED``."""

    severity: str
    where: str
    ref: str
    finding: str
    to_do: str
    status: str
    code: str

    @classmethod
    def of(cls, point: Problem, status: str = NEW) -> ListedPoint:
        """Give a point as it is listed."""
        severity = point.severity.capitalize()
        return cls(severity, where(point), point.ref or "", finding(point), to_do(point), status, point.code)


@dataclass(frozen=True, slots=True)
class EarlierFeedback:
    """Feedback written before: its file, partner, number, the fingerprint of the return it is on, and its points."""

    name: str
    partner: str
    number: int
    sha256: str
    listed: tuple[ListedPoint, ...]

    @property
    def points(self) -> list[ListedPoint]:
        """The points of that feedback."""
        return [point for point in self.listed if point.status != RESOLVED]

    @property
    def previous_points(self) -> list[ListedPoint] | None:
        """The points of the feedback before that one; None where that one was the first."""
        return [point for point in self.listed if point.status != NEW] if self.number > 1 else None


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of this feedback, the status of each of its points, and which of the last ones are resolved."""

    number: int
    statuses: tuple[str, ...]
    resolved: tuple[ListedPoint, ...]

    def sentence(self) -> str:
        """Say how many of the last points are resolved."""
        if self.number == 1:
            return "This is the first feedback on this return."
        still, new = (self.statuses.count(word) for word in (UNRESOLVED, NEW))
        last = still + len(self.resolved)
        if not last:
            return f"The last feedback had no points; {new} {_are(new)} new."
        points = "the one point" if last == 1 else f"the {last} points"
        done = len(self.resolved)
        return (
            f"Of {points} of the last feedback, {done} {_are(done)} resolved, {still} {_are(still)} still there, "
            f"{new} {_are(new)} new."
        )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def earlier_feedback(folder: Path) -> list[EarlierFeedback]:
    """Read the feedback in a folder; files that are no feedback or cannot be read are skipped."""
    read = (_read(path) for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(("~$", ".")))
    return [last for last in read if last is not None]


def _read(path: Path) -> EarlierFeedback | None:
    workbook = open_file(path).workbook
    if workbook is None:
        return None
    number = workbook.custom_properties.get(NUMBER, "")
    sheet, row = next(((sheet, row) for sheet in workbook.sheets if (row := heading_row(sheet))), (None, 0))
    if sheet is None or not number.isdecimal():
        return None
    properties = workbook.custom_properties
    return EarlierFeedback(
        path.name, properties.get(PARTNER, ""), int(number), properties.get(FINGERPRINT, ""), tuple(_listed(sheet, row))
    )


def _listed(sheet: Sheet, heading: int) -> Iterable[ListedPoint]:
    for row in range(heading + 1, max((row for row, _ in sheet.cells), default=0) + 1):
        values = [sheet.text(row, column) for column in range(1, len(TITLES) + 1)]
        if values[-1]:
            yield ListedPoint(*values)


def earlier_feedback_for(
    earlier: Sequence[EarlierFeedback], partner: str | None, name: str, sha256: str
) -> EarlierFeedback | None:
    """Give the last feedback for a partner: the one on this very file if there is one, else the newest.

    Where the partner is not known, it is the one in the file that will be replaced.
    """
    candidates = [last for last in earlier if (last.partner == partner if partner else fold(last.name) == fold(name))]
    return max(candidates, key=lambda last: (last.sha256 == sha256, last.number, last.name), default=None)


def progress_since(points: Sequence[Problem], last: EarlierFeedback | None, sha256: str) -> Progress:
    """Compare points with those of the last feedback.

    Feedback on the same file, written again, compares with what it compared with before: so a second run neither
    counts as a next time nor changes anything.
    """
    current = [ListedPoint.of(point) for point in points]
    same_file = last is not None and last.sha256 == sha256
    number = 1 if last is None else last.number + (not same_file)
    previous = None if last is None else last.previous_points if same_file else last.points
    unresolved, resolved = match(current, previous or [])
    return Progress(
        number, tuple(UNRESOLVED if is_unresolved else NEW for is_unresolved in unresolved), tuple(resolved)
    )


# A point of the whole file has its code alone.
_SAME: tuple[Callable[[ListedPoint], Hashable | None], ...] = (
    lambda point: (point.code, point.ref, point.where),
    lambda point: (point.code, point.ref) if point.ref else None,
    lambda point: None if point.ref else (point.code, point.finding),
    lambda point: None if point.ref or point.where != WHOLE_FILE else point.code,
)
"""What two points have in common that are the same: their place, else their line, their words, or their code."""


def match(current: Sequence[ListedPoint], previous: Sequence[ListedPoint]) -> tuple[list[bool], list[ListedPoint]]:
    """Tell for each current point whether it is a previous one, and give the previous ones that are resolved.

    The same point has the same code and stands at the same place; else its cell has moved: the same code and line, or,
    where there is no line, the same code and words. A point of the whole file has its code alone.
    """
    unresolved = [False] * len(current)
    resolved = list(previous)
    for same in _SAME:
        waiting: dict[Hashable, list[ListedPoint]] = defaultdict(list)
        for point in resolved:
            if (key := same(point)) is not None:
                waiting[key].append(point)
        for number, point in enumerate(current):
            if not unresolved[number] and (key := same(point)) is not None and waiting[key]:
                resolved.remove(waiting[key].pop(0))
                unresolved[number] = True
    return unresolved, resolved
