"""What has become of the points of the last feedback: resolved, still there, or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.domain.problems import Problem
from icsassess.excel.cells.model import Sheet
from icsassess.returns.marks.own_marks import TITLES, heading_row
from icsassess.returns.marks.wording import WHOLE_FILE, to_do, what_stands_there, where
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import fold

NEW = "New"
STILL_THERE = "Still there"
RESOLVED = "Resolved"
PARTNER, NUMBER, FINGERPRINT = "icsassess.feedback_partner", "icsassess.feedback_number", "icsassess.feedback_on"


@dataclass(frozen=True, slots=True)
class Listed:
    """A point as a feedback sheet lists it."""

    severity: str
    where: str
    ref: str
    found: str
    to_do: str
    since: str
    code: str

    @classmethod
    def of(cls, point: Problem, since: str = NEW) -> Listed:
        """Give a point as it is listed."""
        severity = point.severity.capitalize()
        return cls(severity, where(point), point.ref or "", what_stands_there(point), to_do(point), since, point.code)


@dataclass(frozen=True, slots=True)
class Last:
    """A feedback that was given: its file, partner, number, the fingerprint of the return it is on, and its points."""

    name: str
    partner: str
    number: int
    sha256: str
    listed: tuple[Listed, ...]

    @property
    def then(self) -> list[Listed]:
        """The points of that feedback."""
        return [point for point in self.listed if point.since != RESOLVED]

    @property
    def before(self) -> list[Listed] | None:
        """The points of the feedback before that one; None where that one was the first."""
        return [point for point in self.listed if point.since != NEW] if self.number > 1 else None


@dataclass(frozen=True, slots=True)
class Since:
    """The number of this feedback, what each of its points is since the last, and which of the last are resolved."""

    number: int
    of_each: tuple[str, ...]
    resolved: tuple[Listed, ...]

    def sentence(self) -> str:
        """Say how many of the last points are resolved."""
        if self.number == 1:
            return "This is the first feedback on this return."
        still, new = (self.of_each.count(word) for word in (STILL_THERE, NEW))
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


def feedback_given(folder: Path) -> list[Last]:
    """Read the feedback that was written into this folder; what is not ours or cannot be read is left out."""
    found = (_read(path) for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(("~$", ".")))
    return [last for last in found if last is not None]


def _read(path: Path) -> Last | None:
    workbook = open_file(path).workbook
    if workbook is None:
        return None
    number = workbook.custom_properties.get(NUMBER, "")
    sheet, row = next(((sheet, row) for sheet in workbook.sheets if (row := heading_row(sheet))), (None, 0))
    if sheet is None or not number.isdecimal():
        return None
    given = workbook.custom_properties
    return Last(path.name, given.get(PARTNER, ""), int(number), given.get(FINGERPRINT, ""), tuple(_listed(sheet, row)))


def _listed(sheet: Sheet, heading: int) -> Iterable[Listed]:
    for row in range(heading + 1, max((row for row, _ in sheet.cells), default=0) + 1):
        values = [sheet.text(row, column) for column in range(1, len(TITLES) + 1)]
        if values[-1]:
            yield Listed(*values)


def last_for(given: Sequence[Last], partner: str | None, name: str, sha256: str) -> Last | None:
    """Give the last feedback for a partner: the one on this very file if there is one, else the newest.

    Where the partner is not known, it is the one in the file that will be replaced.
    """
    theirs = [last for last in given if (last.partner == partner if partner else fold(last.name) == fold(name))]
    return max(theirs, key=lambda last: (last.sha256 == sha256, last.number, last.name), default=None)


def since(points: Sequence[Problem], last: Last | None, sha256: str) -> Since:
    """Compare points with those of the last feedback.

    Feedback on the same file, written again, compares with what it compared with before: so a second run neither
    counts as a next time nor changes anything.
    """
    now = [Listed.of(point) for point in points]
    same_file = last is not None and last.sha256 == sha256
    number = 1 if last is None else last.number + (not same_file)
    before = None if last is None else last.before if same_file else last.then
    kept, resolved = match(now, before or [])
    return Since(number, tuple(STILL_THERE if is_kept else NEW for is_kept in kept), tuple(resolved))


def match(now: Sequence[Listed], before: Sequence[Listed]) -> tuple[list[bool], list[Listed]]:
    """Tell of each point whether it was there before, and give those of before that are there no more.

    The same point has the same code and stands at the same place; else it has moved: the same code and line, or,
    where there is no line, the same code and words. A point of the whole file has its code alone.
    """
    kept = [False] * len(now)
    left = list(before)
    for same in (_by_place, _by_line, _by_words, _by_code):
        waiting: dict[Hashable, list[Listed]] = defaultdict(list)
        for point in left:
            if (key := same(point)) is not None:
                waiting[key].append(point)
        for number, point in enumerate(now):
            if not kept[number] and (key := same(point)) is not None and waiting[key]:
                left.remove(waiting[key].pop(0))
                kept[number] = True
    return kept, left


Same = Callable[[Listed], Hashable | None]


def _by_place(point: Listed) -> Hashable | None:
    return point.code, point.ref, point.where


def _by_line(point: Listed) -> Hashable | None:
    return (point.code, point.ref) if point.ref else None


def _by_words(point: Listed) -> Hashable | None:
    return None if point.ref else (point.code, point.found)


def _by_code(point: Listed) -> Hashable | None:
    return None if point.ref or point.where != WHOLE_FILE else point.code
