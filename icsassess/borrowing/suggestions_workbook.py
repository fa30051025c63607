"""The workbook of what another exercise could lend: suggestions by line and partner, to be copied or left."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess.assessment.merging.effective_return import RECEIVED
from icsassess.assessment.merging.merge import merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.borrowing.shared_evidence import Shared, Suggestion, shared_statements, suggestions
from icsassess.domain.problems import Refusal, make_problem
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.locality.locality import Locality, file_name
from icsassess.returns.reading.session import Progress, Reading
from icsassess.support.saving import add_file
from icsassess.support.text import clip, count
from icsassess.tables.titles import CATEGORY, STATEMENT
from icsassess.version import VERSION
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.sheet_kit import register as frame

FOLDER = "borrowed"
KIND = "borrowed evidence"
SUGGESTIONS = "Suggestions"
SHARED = "Shared statements"
COUNTED_NOWHERE = "Suggestions are counted nowhere until a partner puts them into its own return."
_SUGGESTED = (
    Column("Ref", 9, looks.CELL_BOLD),
    Column(STATEMENT, 26, looks.CELL_BOLD),
    Column(CATEGORY, 20),
    Column("Partner here", 11, looks.CELL_CENTRED),
    Column("Evidence", 50),
    Column("Where it is kept", 28),
    Column("Evidence date", 13.5, looks.DATE),
    Column("How it fits", 28),
    Column("From the exercise", 22),
    Column("Their framework", 18),
    Column("Their partner", 11, looks.CELL_CENTRED),
    Column("Their Ref", 10),
    Column("Their rating", 13, looks.CELL_CENTRED),
    Column("Their reason", 30),
    Column("Their file", 34),
    Column("Their sheet", 20),
    Column("Their row", 9, looks.CELL_CENTRED),
)
_SHARED = (
    Column("Code", 9, looks.CELL_BOLD),
    Column(STATEMENT, 36, looks.CELL_BOLD),
    Column("Their code", 10, looks.CELL_CENTRED),
    Column("Their statement", 36),
    Column("How that is known", 24),
    Column("Suggestions", 13, looks.CELL_CENTRED),
    Column("Lines here without evidence", 34),
)


@dataclass(frozen=True)
class Borrowed:
    """What another exercise could lend: both views, what their frameworks share, and its evidence for that."""

    own: Merged
    other: Merged
    shared: list[Shared]
    suggestions: list[Suggestion]

    @property
    def not_shared(self) -> list[str]:
        """Our statements that the other framework does not have."""
        shared_codes = {shared.own.code for shared in self.shared}
        return [code for code in self.own.locality.framework.statement_by_code if code not in shared_codes]


def borrow(own: Locality, other: Locality, progress: Progress | None = None) -> Borrowed:
    """Read both exercises' returns and give what the other could lend. Neither folder is changed.

    Raises ``Refusal`` where it is the same folder, where the frameworks share no statement, or where the other names
    no evidence for those that they share.
    """
    if own.folder.resolve() == other.folder.resolve():
        raise Refusal(make_problem("borrow-from-itself", sheet=str(other.folder)))
    shared = shared_statements(own.framework, other.framework)
    if not shared:
        names = {"mine": own.framework.id, "theirs": other.framework.id}
        raise Refusal(make_problem("borrow-nothing-shared", sheet=str(other.folder), **names))
    views = [merge_folder(place, _day(place), reading=Reading(place, progress)) for place in (own, other)]
    results = suggestions(views[0], views[1])
    if not results:
        received = sum(row.state == RECEIVED for row in views[1].returns)
        raise Refusal(make_problem("borrow-nothing-there", sheet=str(other.folder), returns=count(received, "return")))
    return Borrowed(views[0], views[1], shared, results)


def _day(locality: Locality) -> datetime.date:
    """Give a day to merge as at: what is borrowed does not depend on it, and no clock is asked."""
    return locality.settings.as_at or locality.settings.deadline


def write_borrowed(borrowed: Borrowed) -> Path:
    """Write the workbook into ``borrowed/`` and give its path; where the same one is there already, that one's."""
    locality, other = borrowed.own.locality, borrowed.other.locality
    name = file_name(f"Suggestions from {other.name} {other.framework.id}")
    data = borrowed_workbook(borrowed)
    folder = locality.make_sub_folder(FOLDER)
    for existing in sorted(folder.glob("*.xlsx")):
        if existing.name.startswith(name) and existing.read_bytes() == data:
            return existing
    return add_file(folder / f"{name}.xlsx", data)


def borrowed_workbook(borrowed: Borrowed) -> bytes:
    """Give the workbook's bytes; the same returns give the same bytes."""
    settings, other = borrowed.own.locality.settings, borrowed.other.locality
    headline = clip(f"{settings.name}: suggestions from {other.name}, {other.framework.title}", 120)
    book = WorkbookWriter(
        title=headline,
        subject=COUNTED_NOWHERE,
        heading=headline,
        marking=settings.marking,
        created=settings.deadline,
        custom={"icsassess.kind": KIND, "icsassess.version": VERSION},
    )
    _write_suggestions(book, borrowed, headline)
    _write_shared(book, borrowed, headline)
    return book.to_bytes()


def _begin(book: WorkbookWriter, borrowed: Borrowed, title: str, headline: str, about: str) -> SheetWriter:
    return frame.begin_titled(book, title, f"{title} – {headline}", about, borrowed.own.locality.settings.marking)


def _write_suggestions(book: WorkbookWriter, borrowed: Borrowed, headline: str) -> None:
    about = (
        f"One table follows: another exercise's evidence for the statements that both share. {COUNTED_NOWHERE} The "
        "ratings are theirs."
    )
    sheet = _begin(book, borrowed, SUGGESTIONS, headline, about)
    rows = [_row(suggestion) for suggestion in borrowed.suggestions]
    last = frame.RegisterTable("Suggestions", _SUGGESTED, rows, frozen=3, home=SHARED).write_to(sheet)
    rating = [column.title for column in _SUGGESTED].index("Their rating") + 1
    sheet.colour_words(HEADING_ROW + 1, rating, last, rating, fills())


def _row(suggestion: Suggestion) -> list[Value]:
    return [
        suggestion.ref,
        f"{suggestion.statement.code} {suggestion.statement.title}",
        suggestion.category,
        suggestion.partner_here or "none here",
        suggestion.evidence,
        suggestion.kept,
        _date(suggestion.evidence_date),
        suggestion.fits,
        suggestion.exercise,
        suggestion.framework,
        suggestion.partner,
        suggestion.their_ref,
        suggestion.rating or "not rated",
        suggestion.reason,
        suggestion.file,
        suggestion.sheet,
        suggestion.row,
    ]


def _date(text: str) -> Value:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def _write_shared(book: WorkbookWriter, borrowed: Borrowed, headline: str) -> None:
    about = "One table follows: our statements, the other framework's that are the same, and what is offered for each."
    sheet = _begin(book, borrowed, SHARED, headline, about)
    by_code = {shared.own.code: shared for shared in borrowed.shared}
    offered = Counter(suggestion.statement.code for suggestion in borrowed.suggestions)
    bare: dict[str, list[str]] = {}
    for line in borrowed.own.lines:
        if not line.evidence:
            bare.setdefault(line.ref.rpartition("-")[0], []).append(line.ref)
    rows: list[Sequence[Value]] = []
    for statement in borrowed.own.locality.framework.statements:
        shared = by_code.get(statement.code)
        counterpart = (shared.other.code, shared.other.title, shared.how) if shared else ("", "", "not shared")
        refs = ", ".join(bare.get(statement.code, []))
        rows.append([statement.code, statement.title, *counterpart, offered[statement.code], refs])
    frame.RegisterTable("SharedStatements", _SHARED, rows, frozen=2, home=SUGGESTIONS).write_to(sheet)
