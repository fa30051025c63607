"""The feedback sheet: whether the return can be used, what has become of the last points, and the list of points."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from icsassess.domain import personal_data
from icsassess.domain.problems import Severity
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, Link, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import Locality
from icsassess.returns.checking.settle import cell_contents, content_of
from icsassess.returns.feedback.causes import Cause, causes_of
from icsassess.returns.feedback.progress import (
    ANSWERED,
    FINGERPRINT,
    KINDS,
    NUMBER,
    ORGANISATION,
    PARTNER,
    RESOLVED,
    ListedPoint,
    Progress,
    sender_of,
)
from icsassess.returns.marks.feedback_table import (
    ANSWER,
    CODE,
    CONTENT,
    KIND,
    LINE,
    NO_ANSWER,
    SHEET,
    SHEET_BEGINS,
    SINCE,
    TITLES,
    WHERE,
)
from icsassess.returns.marks.own_marks import NOTE_BEGINS
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count, listing

TABLE = "Feedback_points"
_WIDTHS = (12.0, 26.0, 10.0, 52.0, 46.0, 34.0, 13.0, 26.0, 16.0)
_FIRST_HEADING = 12
_KIND_FILLS = {
    KINDS[Severity.BLOCKER]: looks.PALE_RED,
    KINDS[Severity.WARNING]: looks.PALE_AMBER,
    KINDS[Severity.NOTE]: looks.NHS_PALE_GREY,
}
_SINCE_FILLS = {RESOLVED: looks.PALE_GREEN, ANSWERED: looks.PALE_GREEN}
_MEANS = {
    Severity.BLOCKER: "to correct (not used as it stands)",
    Severity.WARNING: "to check (used, but please look)",
    Severity.NOTE: "to know (for your information)",
}
_STANDS_BACK = looks.CELL.with_(colour=looks.DARK_GREY)
_CAUSE_TITLES = (KIND, "What it is", "How many", WHERE, "What to do")
_HOW_TO_ANSWER = (
    f"Where a point is right as it is, type why under ‘{ANSWER}’: it is then settled until the cell changes. "
    "A point ‘to correct’ cannot be answered."
)
_NO_LINES = "Nothing could be read from it."


@dataclass(frozen=True)
class Feedback:
    """Feedback on one return. ``why_no_copy`` says why it is a list alone, ``""`` for a marked copy."""

    locality: Locality
    read: ReadReturn
    name: str
    progress: Progress
    created: datetime.date
    why_no_copy: str = ""

    @property
    def properties(self) -> dict[str, str]:
        """The document properties by which feedback is known again next time."""
        properties = {
            PARTNER: self.read.partner or "",
            NUMBER: str(self.progress.number),
            FINGERPRINT: self.read.sha256,
        }
        organisation = self.sender.partition("/")[2]
        return properties | ({ORGANISATION: organisation} if organisation else {})

    @property
    def sender(self) -> str:
        """Who it is for, as the points of the last feedback are looked for."""
        partner = self.locality.partner_by_code.get(self.read.partner or "")
        several = partner is not None and partner.returns == "many"
        return sender_of(self.read.partner, self.read.organisation, several=several)

    @property
    def listed(self) -> tuple[ListedPoint, ...]:
        """Its points as they are listed: those that are open, those that are answered, those that are resolved."""
        contents = cell_contents(self.read)
        statuses = self.progress.statuses
        listed = [
            ListedPoint.of(point, status, content_of(point, contents))
            for point, status in zip(self.read.problems, statuses, strict=True)
        ]
        listed += [ListedPoint.of(point, content=content_of(point, contents)) for point in self.read.answered]
        return (
            *listed,
            *(
                replace(point, to_do="Nothing: it is resolved.", status=RESOLVED, answer="")
                for point in self.progress.resolved
            ),
        )


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
    answered = f" You have answered {count(len(read.answered), 'point')}." if read.answered else ""
    if not number:
        return f"{entries} There are no open points.{answered}"
    each = listing([f"{number[severity]} {_MEANS[severity]}" for severity in Severity if number[severity]])
    return f"{entries} Points: {each}.{answered}"


def feedback_workbook(feedback: Feedback, links: Mapping[int, str]) -> bytes:
    """Make a workbook that holds the feedback sheet alone.

    ``links`` gives the place that the listed point of that number, from 0, leads to. The same feedback gives the same
    bytes.
    """
    read, settings = feedback.read, feedback.locality.settings
    whose = _whose(feedback)
    heading = f"{SHEET_BEGINS}{whose}"
    properties = {**feedback.properties, "icsassess.kind": "feedback"}
    book = WorkbookWriter(heading, feedback.locality.name, heading, settings.marking, feedback.created, properties)
    sheet = book.sheet(SHEET, tab=looks.NHS_BLUE)
    sheet.put(1, 1, heading, looks.TITLE)
    listed = feedback.listed
    causes = causes_of(read.problems)
    sheet.put(2, 1, _about(len(listed), bool(causes)), looks.SUBTITLE)
    sheet.put(3, 1, settings.marking, looks.MARKING)
    sheet.put(4, 1, verdict(read), looks.SECTION)
    sentences = (counts(read), feedback.progress.sentence(), *_how(feedback), personal_data.CANNOT_SEE)
    for row, sentence in enumerate(sentences, 5):
        sheet.put(row, 1, personal_data.mask(sentence), looks.PLAIN.with_(wrap=False))
    heading_row = first_row(causes)
    if causes:
        _write_causes(sheet, causes)
    in_bold = {KIND: looks.CELL_BOLD, LINE: looks.CELL_BOLD, ANSWER: looks.INPUT, CONTENT: _STANDS_BACK}
    columns = [
        Column(
            title,
            width,
            in_bold.get(title, _STANDS_BACK if title == CODE else looks.CELL),
            looks.INPUT_HEADING if title == ANSWER else looks.HEADING,
        )
        for title, width in zip(TITLES, _WIDTHS, strict=True)
    ]
    rows = [_row(point, links.get(number)) for number, point in enumerate(listed)]
    special = {(number, 1): looks.LINK.with_(border=True) for number in links}
    at = TITLES.index(ANSWER)
    special |= {(number, at): _STANDS_BACK for number, point in enumerate(listed) if not _can_be_answered(point)}
    last = sheet.table(TABLE, heading_row, columns, rows, special, filtered=False)
    sheet.colour_words(heading_row + 1, 1, last, 1, _KIND_FILLS)
    since = TITLES.index(SINCE) + 1
    sheet.colour_words(heading_row + 1, since, last, since, _SINCE_FILLS)
    sheet.height(heading_row, 34)
    sheet.page.set_up(repeat=(heading_row, heading_row))
    return book.to_bytes()


def first_row(causes: Sequence[Cause]) -> int:
    """Give the row of the titles of the table of points: below the causes in short, where there are any."""
    return _FIRST_HEADING + (len(causes) + 2 if causes else 0)


def answer_cells(feedback: Feedback) -> tuple[int, int, int]:
    """Give the first and the last row of the table of points, and the column of the answers."""
    first = first_row(causes_of(feedback.read.problems)) + 1
    return first, first + max(len(feedback.listed), 1) - 1, TITLES.index(ANSWER) + 1


def _about(points: int, in_short: bool) -> str:
    if not points:
        return "One table follows. It is empty: there is nothing to put right."
    if in_short:
        return "First what there is, in short. One table follows: each point, with room for your answer."
    return "One table follows: the points on this return, the most important first, with room for your answer."


def _write_causes(sheet: SheetWriter, causes: Sequence[Cause]) -> None:
    """Write the causes above the table: rows of cells, since a sheet that everybody can use has one table."""
    looks_of = (looks.CELL_BOLD, looks.CELL_BOLD, looks.NUMBER, looks.CELL, looks.CELL)
    for column, title in enumerate(_CAUSE_TITLES, 1):
        sheet.put(_FIRST_HEADING, column, title, looks.HEADING)
    sheet.widths(_WIDTHS)
    for row, cause in enumerate(causes, _FIRST_HEADING + 1):
        values: tuple[Value, ...] = (KINDS[cause.severity], cause.title, cause.number, cause.places, cause.to_do)
        for column, (value, look) in enumerate(zip(values, looks_of, strict=True), 1):
            sheet.put(row, column, value, look)
    sheet.colour_words(_FIRST_HEADING + 1, 1, _FIRST_HEADING + len(causes), 1, _KIND_FILLS)


def _whose(feedback: Feedback) -> str:
    partner = feedback.locality.partner_by_code.get(feedback.read.partner or "")
    return partner.name if partner else f"‘{personal_data.mask(feedback.name)}’"


def _how(feedback: Feedback) -> Sequence[str]:
    """Say which file this is on, and how to go on."""
    on = f"Feedback number {feedback.progress.number}, on the file ‘{feedback.name}’."
    if feedback.why_no_copy:
        cells = any(point.cell for point in feedback.read.problems)
        where = " The cells named are those of your own file: put them right there." if cells else ""
        return on, f"This is a list, without your workbook: {feedback.why_no_copy}.{where}"
    return (
        on,
        f"Cells that need something are framed in purple and have a note that begins ‘{NOTE_BEGINS}’; the links below "
        "lead there. Put them right in this workbook and send it back. The colour goes when the cell changes.",
        _HOW_TO_ANSWER,
    )


def _can_be_answered(point: ListedPoint) -> bool:
    return point.kind != KINDS[Severity.BLOCKER] and point.status != RESOLVED


def _row(point: ListedPoint, link: str | None) -> list[Value]:
    where = Link(link, point.where) if link else point.where
    answer = point.answer if _can_be_answered(point) or point.status == RESOLVED else NO_ANSWER
    return [
        point.kind,
        where,
        point.ref,
        point.finding,
        point.to_do,
        answer,
        point.status,
        point.content,
        point.code,
    ]
