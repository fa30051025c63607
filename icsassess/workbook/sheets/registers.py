"""The sheets Evidence, Returns and Points to fix: the tables of the merge, as their models describe them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from icsassess.domain import problems
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.styles import Look
from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.excel.writing.workbook import Book
from icsassess.tables import models as tables
from icsassess.tables.points import point_rows
from icsassess.tables.validation import titles as titles_of
from icsassess.view.view import View
from icsassess.view.wording import fills
from icsassess.workbook.layout import CATEGORY, EVIDENCE, HEADING_ROW, POINTS, RETURNS, STATEMENT
from icsassess.workbook.sheet_kit import register as frame
from icsassess.workbook.sheet_kit.pagination import Layout

_EVIDENCE_ABOUT = (
    "One table follows: every row of evidence, and the file, sheet and row it came from. What stands to the right of "
    "Action status is not printed."
)
_NO_EVIDENCE = "One table follows. It is empty: no return has any evidence yet."
_RETURNS_ABOUT = (
    "One table follows: a row for each file received, and one for each partner of whom nothing was received. "
    "SHA-256, the file's fingerprint, is not printed."
)
_POINTS_ABOUT = "One table follows: what should be put right in the returns, the weightiest first."
_NO_POINTS = "One table follows. It is empty: there is nothing to put right in the returns."
_EVIDENCE_WIDTHS: dict[str, float] = {
    "partner": 9.5, "ref": 8, "evidence": 54, "kept": 24, "evidence_date": 12, "rating": 12, "reason": 28, "gap": 32,
    "action": 32, "owner": 18, "due": 12, "status": 12, "evidence_date_typed": 14, "rag_typed": 14, "due_typed": 14,
    "status_typed": 14, "own_columns": 28, "notes": 28, "file": 30, "sheet": 18, "row": 8, "completed_on": 12,
    "same_as": 26, "like": 26, "alike": 9,
}  # fmt: skip
_RETURNS_WIDTHS: dict[str, float] = {
    "partner": 9.5, "name": 30, "state": 13, "file": 32, "completed_on": 12, "completed_by": 24, "lines_asked": 9.5,
    "lines_rated": 9.5, "entries": 9, "blockers": 10, "warnings": 11, "notes": 8, "remark": 36, "sha256": 72,
}  # fmt: skip
_POINTS_WIDTHS: dict[str, float] = {
    "severity": 10, "partner": 9.5, "title": 22, "message": 56, "suggestion": 40, "ref": 8, "file": 26, "sheet": 14,
    "cell": 7.5, "code": 22,
}  # fmt: skip
_USUAL_WIDTH = 20.0
# What only the program uses: a way to compute addresses, no text.
_NOT_SHOWN = frozenset({"place"})
_SEVERITY_FILLS = {"blocker": "FFC7CE", "warning": "FFEB9C", "note": "E8EDEE"}
_STATE_FILLS = {"received": "C6EFCE", "outstanding": "FFEB9C", "refused": "FFC7CE", "superseded": "E8EDEE"}


def evidence(book: Book, view: View) -> SheetWriter:
    """Write every entry of every return, with the partner, file, sheet and row it came from."""
    sheet = frame.begin(book, view, EVIDENCE, _EVIDENCE_ABOUT if len(view.merged.entries) else _NO_EVIDENCE)
    columns = _columns(tables.Entries, _EVIDENCE_WIDTHS)
    columns[2:2] = [Column(STATEMENT, 22), Column(CATEGORY, 17)]
    titles = [column.title for column in columns]
    layout = Layout(up_to=titles.index(titles_of(tables.Entries)["status"]) + 1)
    last = frame.register(sheet, columns, _EvidenceRows(view), frozen=4, layout=layout)
    rating = titles.index("RAG") + 1
    sheet.colour_words(HEADING_ROW + 1, rating, last, rating, fills())
    return sheet


class _EvidenceRows(Collection[Sequence[Value]]):
    """The rows of the Evidence sheet, made as they are asked for: there may be hundreds of thousands."""

    def __init__(self, view: View) -> None:
        self._entries = view.merged.entries
        self._titles = {
            ref: (found.line.statement.title, found.line.category.title) for ref, found in view.line_by_ref.items()
        }

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for entry in self._entries:
            yield (*entry[:2], *self._titles.get(entry.ref, ("", "")), *entry[2:-1])  # the last is the place


def returns(book: Book, view: View) -> SheetWriter:
    """Write who has returned what, and who has not."""
    sheet = frame.begin(book, view, RETURNS, _RETURNS_ABOUT)
    columns = _columns(tables.Returns, _RETURNS_WIDTHS)
    last = frame.register(sheet, columns, view.merged.returns, frozen=2, layout=Layout(up_to=len(columns) - 1))
    sheet.colour_words(HEADING_ROW + 1, 3, last, 3, _STATE_FILLS)
    return sheet


def points(book: Book, view: View) -> SheetWriter:
    """Write the points to put right, the weightiest first."""
    found = problems.in_order(view.merged.problems)
    sheet = frame.begin(book, view, POINTS, _POINTS_ABOUT if found else _NO_POINTS)
    columns = _columns(tables.Points, _POINTS_WIDTHS)
    last = frame.register(sheet, columns, point_rows(found), frozen=3)
    sheet.colour_words(HEADING_ROW + 1, 1, last, 1, _SEVERITY_FILLS)
    return sheet


def _columns(model: type[tables.Table], widths: dict[str, float]) -> list[Column]:
    return [
        Column(str(schema.title), widths.get(name, _USUAL_WIDTH), _look(name, str(schema.dtype)))
        for name, schema in model.to_schema().columns.items()
        if name not in _NOT_SHOWN
    ]


def _look(name: str, kind: str) -> Look:
    if kind.startswith("datetime"):
        return looks.DATE
    if kind.startswith("int"):
        return looks.NUMBER.with_(right=False, centred=True)
    return looks.CELL_BOLD if name in ("ref", "severity", "state", "rating") else looks.CELL
