"""The feedback sheet: whether the return can be used, what has become of the last points, and the list of points."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from icsassess.domain import personal_data
from icsassess.domain.problems import Severity
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Link, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import Locality
from icsassess.returns.feedback.progress import FINGERPRINT, NUMBER, PARTNER, RESOLVED, ListedPoint, Progress
from icsassess.returns.marks.own_marks import NOTE_BEGINS, SHEET, SHEET_BEGINS, TITLES
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count, listing

TABLE = "Feedback_points"
_WIDTHS = (12.0, 26.0, 10.0, 56.0, 46.0, 14.0, 24.0)
_HEADING_ROW = 11
_SEVERITY_FILLS = {"Blocker": looks.PALE_RED, "Warning": looks.PALE_AMBER, "Note": looks.NHS_PALE_GREY}
_SINCE_FILLS = {RESOLVED: "C6EFCE"}
_MEANS = {
    Severity.BLOCKER: "blocker: it cannot be used as it is",
    Severity.WARNING: "warning: it was used, but please look",
    Severity.NOTE: "note: for your information",
}
_NO_LINES = "Nothing could be read from it."


@dataclass(frozen=True)
class Feedback:
    """Feedback on one return.

    ``why_no_copy`` says why it is a list alone, ``""`` for a marked copy; ``lost_in_copy`` what a copy could not hold.
    """

    locality: Locality
    read: ReadReturn
    name: str
    progress: Progress
    created: datetime.date
    why_no_copy: str = ""
    lost_in_copy: tuple[str, ...] = ()

    @property
    def properties(self) -> dict[str, str]:
        """The document properties by which feedback is known again next time."""
        return {PARTNER: self.read.partner or "", NUMBER: str(self.progress.number), FINGERPRINT: self.read.sha256}


def verdict(read: ReadReturn) -> str:
    """Say in one sentence whether the return can be used."""
    counts = Counter(problem.severity for problem in read.problems)
    if read.refused:
        return "This return cannot be used as it is: please put right what stands first in the list below."
    if blockers := counts[Severity.BLOCKER]:
        which = "one point stands" if blockers == 1 else f"{blockers} points stand"
        return f"This return can be used with points: {which} in the way of using all of it."
    if warnings := counts[Severity.WARNING]:
        return f"This return can be used with points: please look at {count(warnings, 'warning')}."
    return "This return can be used as it is: there is nothing to put right."


def counts(read: ReadReturn) -> str:
    """Say how much was read, how many points there are, and what their severities mean."""
    entries = f"We read {count(len(read.entries), 'entry', 'entries')}." if read.entries else _NO_LINES
    number = Counter(problem.severity for problem in read.problems)
    if not number:
        return f"{entries} There are no points."
    each = listing([count(number[severity], severity.value) for severity in Severity])
    means = "; ".join(_MEANS[severity] for severity in Severity if number[severity])
    return f"{entries} There {'is' if len(read.problems) == 1 else 'are'} {each} ({means})."


def feedback_workbook(feedback: Feedback, links: Mapping[int, str]) -> bytes:
    """Make a workbook that holds the feedback sheet alone.

    ``links`` gives the place that the point of that number, from 0, leads to. The same feedback gives the same bytes.
    """
    read, settings = feedback.read, feedback.locality.settings
    whose = _whose(feedback)
    heading = f"{SHEET_BEGINS}{whose}"
    properties = {**feedback.properties, "icsassess.kind": "feedback"}
    book = WorkbookWriter(heading, feedback.locality.name, heading, settings.marking, feedback.created, properties)
    sheet = book.sheet(SHEET, tab=looks.NHS_BLUE)
    sheet.put(1, 1, heading, looks.TITLE)
    about = "One table follows: the points on this return, the most important first."
    empty = "One table follows. It is empty: there is nothing to put right."
    pairs = zip(read.problems, feedback.progress.statuses, strict=True)
    listed = [ListedPoint.of(point, status) for point, status in pairs]
    listed += [
        replace(point, to_do="Nothing: it is resolved.", status=RESOLVED) for point in feedback.progress.resolved
    ]
    sheet.put(2, 1, about if listed else empty, looks.SUBTITLE)
    sheet.put(3, 1, settings.marking, looks.MARKING)
    sheet.put(4, 1, verdict(read), looks.SECTION)
    sentences = (counts(read), feedback.progress.sentence(), *_how(feedback), personal_data.CANNOT_SEE)
    for row, sentence in enumerate(sentences, 5):
        sheet.put(row, 1, personal_data.mask(sentence), looks.PLAIN.with_(wrap=False))
    in_bold = {"Severity": looks.CELL_BOLD, "Line": looks.CELL_BOLD}
    columns = [
        Column(title, width, in_bold.get(title, looks.CELL)) for title, width in zip(TITLES, _WIDTHS, strict=True)
    ]
    rows = [_row(point, links.get(number)) for number, point in enumerate(listed)]
    link = looks.LINK.with_(border=True)
    last = sheet.table(TABLE, _HEADING_ROW, columns, rows, {(number, 1): link for number in links}, filtered=False)
    sheet.colour_words(_HEADING_ROW + 1, 1, last, 1, _SEVERITY_FILLS)
    sheet.colour_words(_HEADING_ROW + 1, 6, last, 6, _SINCE_FILLS)
    sheet.height(_HEADING_ROW, 34)
    sheet.page.set_up(repeat=(_HEADING_ROW, _HEADING_ROW))
    return book.to_bytes()


def _whose(feedback: Feedback) -> str:
    partner = feedback.locality.partner_by_code.get(feedback.read.partner or "")
    return partner.name if partner else f"‘{personal_data.mask(feedback.name)}’"


def _how(feedback: Feedback) -> Sequence[str]:
    """Say which file this is on, and how to go on."""
    on = f"Feedback number {feedback.progress.number}, on the file ‘{feedback.name}’."
    if feedback.why_no_copy:
        cells = any(point.cell for point in feedback.read.problems)
        where = " The cells named are those of your file." if cells else ""
        return on, f"This is the list alone, without your answers: {feedback.why_no_copy}.{where}"
    lost = f" This copy lacks {listing(list(feedback.lost_in_copy))} of your file." if feedback.lost_in_copy else ""
    return (
        on,
        f"Cells that need something have a note that begins ‘{NOTE_BEGINS}’; the links below lead there. Put them "
        f"right here or in your own file, and send that back.{lost}",
    )


def _row(point: ListedPoint, link: str | None) -> list[Value]:
    where = Link(link, point.where) if link else point.where
    return [point.severity, where, point.ref, point.finding, point.to_do, point.status, point.code]
