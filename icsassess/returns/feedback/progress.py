"""What has become of the points of the last feedback: resolved, still there, or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.domain.problems import Problem, Severity
from icsassess.excel.cells.model import Workbook
from icsassess.returns.marks import feedback_table as titles
from icsassess.returns.marks.feedback_table import Answer, answers_in, feedback_table
from icsassess.returns.marks.wording import WHOLE_FILE, finding, to_do, where
from icsassess.returns.reading.file.open_file import open_file
from icsassess.support.text import fold, words

NEW = "New"
UNRESOLVED = "Still there"
RESOLVED = "Resolved"
ANSWERED = "Answered"
KINDS = {Severity.BLOCKER: "To correct", Severity.WARNING: "To check", Severity.NOTE: "To know"}
"""What a severity is called on a feedback sheet."""
PARTNER, NUMBER, FINGERPRINT, ORGANISATION = (
    "icsassess.feedback_partner",
    "icsassess.feedback_number",
    "icsassess.feedback_on",
    "icsassess.feedback_organisation",
)


@dataclass(frozen=True, slots=True)
class ListedPoint:
    """A point as a feedback sheet lists it; ``status`` is one of ``NEW``, ``UNRESOLVED``, ``RESOLVED``, ``ANSWERED``.

    ``content`` is what stood in its cell, ``answer`` what the partner said of it.
    """

    kind: str
    where: str
    ref: str
    finding: str
    to_do: str
    status: str
    code: str
    answer: str = ""
    content: str = ""

    @classmethod
    def of(cls, point: Problem, status: str = NEW, content: str = "") -> ListedPoint:
        """Give a point as it is listed."""
        return cls(
            KINDS[point.severity],
            where(point),
            point.ref or "",
            finding(point),
            to_do(point),
            ANSWERED if point.answer else status,
            point.code,
            point.answer,
            content,
        )


@dataclass(frozen=True, slots=True)
class EarlierFeedback:
    """Feedback written before: its file, partner, number, the fingerprint of the return it is on, and its points.

    ``organisation`` is that of the cover where several answer for the partner.
    """

    name: str
    partner: str
    organisation: str
    number: int
    sha256: str
    listed: tuple[ListedPoint, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def sender(self) -> str:
        """Who the feedback is for: the partner, and the organisation where there are several."""
        return f"{self.partner}/{self.organisation}" if self.organisation else self.partner

    @property
    def points(self) -> list[ListedPoint]:
        """The points of that feedback."""
        return [point for point in self.listed if point.status not in (RESOLVED, ANSWERED)]

    @property
    def previous_points(self) -> list[ListedPoint] | None:
        """The points of the feedback before that one; None where that one was the first."""
        return [point for point in self.listed if point.status in (UNRESOLVED, RESOLVED)] if self.number > 1 else None


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


class _AllButFeedback(Container[str]):
    """The titles of the sheets that need not be read."""

    def __contains__(self, title: object) -> bool:
        return not str(title).startswith(titles.SHEET)


def earlier_feedback(folder: Path) -> list[EarlierFeedback]:
    """Read the feedback in a folder; files that are no feedback or cannot be read are skipped."""
    read = (_read(path) for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(("~$", ".")))
    return [last for last in read if last is not None]


def earlier_answers(folder: Path) -> list[tuple[str, Answer]]:
    """Give what partners answered, as the feedback in a folder shows it, with who did; the newest feedback last."""
    feedback = sorted(earlier_feedback(folder), key=lambda last: (last.number, last.name))
    return [(last.sender, answer) for last in feedback for answer in last.answers]


def _read(path: Path) -> EarlierFeedback | None:
    workbook = open_file(path, _AllButFeedback()).workbook
    if workbook is None:
        return None
    properties = workbook.custom_properties
    number = properties.get(NUMBER, "")
    if not number.isdecimal() or not any(feedback_table(sheet) for sheet in workbook.sheets):
        return None
    return EarlierFeedback(
        path.name,
        properties.get(PARTNER, ""),
        properties.get(ORGANISATION, ""),
        int(number),
        properties.get(FINGERPRINT, ""),
        tuple(_listed(workbook)),
        answers_in(workbook),
    )


def _listed(workbook: Workbook) -> Iterable[ListedPoint]:
    for table in filter(None, map(feedback_table, workbook.sheets)):
        for _, texts in table.rows():
            yield ListedPoint(
                kind=texts.get(titles.KIND, ""),
                where=texts[titles.WHERE],
                ref=texts.get(titles.LINE, ""),
                finding=texts[titles.FINDING],
                to_do=texts.get(titles.TO_DO, ""),
                status=texts.get(titles.SINCE, ""),
                code=texts[titles.CODE],
                content=texts.get(titles.CONTENT, ""),
            )


def earlier_feedback_for(
    earlier: Sequence[EarlierFeedback], sender: str, name: str, sha256: str
) -> EarlierFeedback | None:
    """Give the last feedback for a sender: the one on this very file if there is one, else the newest.

    Where the sender is not known (``""``), it is the one in the file that will be replaced.
    """
    candidates = [last for last in earlier if (last.sender == sender if sender else fold(last.name) == fold(name))]
    return max(candidates, key=lambda last: (last.sha256 == sha256, last.number, last.name), default=None)


def sender_of(partner: str | None, organisation: str, *, several: bool) -> str:
    """Give who feedback is for, ``""`` where that is not known; ``several`` organisations may answer for a partner."""
    return f"{partner}/{words(organisation)}" if partner and several and words(organisation) else partner or ""


def progress_since(
    points: Sequence[Problem], last: EarlierFeedback | None, sha256: str, answered: Sequence[Problem] = ()
) -> Progress:
    """Compare points with those of the last feedback. One that is ``answered`` is neither open nor resolved.

    Feedback on the same file, written again, compares with what it compared with before: so a second run neither
    counts as a next time nor changes anything.
    """
    current = [ListedPoint.of(point) for point in (*points, *answered)]
    same_file = last is not None and last.sha256 == sha256
    number = 1 if last is None else last.number + (not same_file)
    previous = None if last is None else last.previous_points if same_file else last.points
    unresolved, resolved = match(current, previous or [])
    statuses = [UNRESOLVED if is_unresolved else NEW for is_unresolved in unresolved[: len(points)]]
    return Progress(number, tuple(statuses), tuple(resolved))


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
