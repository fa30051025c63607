"""The sheets Evidence, Returns and Points to fix: the tables of the merge, as their models describe them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from icsassess import problems, tables
from icsassess.excel import looks
from icsassess.excel.looks import Look
from icsassess.excel.writing import Book, Column, SheetWriter, Value
from icsassess.tables import each_row
from icsassess.workbook import frame
from icsassess.workbook.places import CATEGORY, EVIDENCE, HEADING_ROW, POINTS, RETURNS, STATEMENT
from icsassess.workbook.shown import fills
from icsassess.workbook.view import View, as_date

if TYPE_CHECKING:
    from icsassess.problems import Problem

_EVIDENCE_ABOUT = (
    "One table follows: every row of evidence, as the partners typed it and as it was understood, with the file, sheet "
    "and row it came from."
)
_RETURNS_ABOUT = (
    "One table follows: a row for each file received, and one for each partner of whom nothing was received."
)
_POINTS_ABOUT = "One table follows: what should be put right in the returns, the weightiest first."
_NO_POINTS = "One table follows. It is empty: there is nothing to put right in the returns."
_EVIDENCE_WIDTHS: dict[str, float] = {
    "partner": 11, "ref": 9, "evidence": 50, "kept": 26, "evidence_date": 13.5, "rating": 12, "reason": 30, "gap": 34,
    "action": 34, "owner": 20, "due": 13.5, "status": 13, "evidence_date_typed": 14, "rag_typed": 14, "due_typed": 14,
    "status_typed": 14, "own_columns": 28, "notes": 28, "file": 30, "sheet": 18, "row": 8, "completed_on": 13.5,
    "same_as": 26, "like": 26, "alike": 9,
}  # fmt: skip
_RETURNS_WIDTHS: dict[str, float] = {
    "partner": 11, "name": 34, "state": 14, "file": 34, "completed_on": 13.5, "completed_by": 28, "lines_asked": 10,
    "lines_rated": 10, "entries": 10, "blockers": 10, "warnings": 11, "notes": 9, "remark": 44, "sha256": 36,
}  # fmt: skip
_POINTS_WIDTHS: dict[str, float] = {
    "severity": 11, "partner": 11, "title": 26, "message": 60, "suggestion": 44, "ref": 9, "file": 30, "sheet": 18,
    "cell": 8, "code": 26,
}  # fmt: skip
_USUAL_WIDTH = 20.0
# What only the program uses: a way to compute addresses, no text.
_NOT_SHOWN = frozenset({"place"})
_SEVERITY_FILLS = {"blocker": "FFC7CE", "warning": "FFEB9C", "note": "E8EDEE"}
_STATE_FILLS = {"received": "C6EFCE", "outstanding": "FFEB9C", "refused": "FFC7CE", "superseded": "E8EDEE"}


def evidence(book: Book, view: View) -> SheetWriter:
    """Write every entry of every return, with the partner, file, sheet and row it came from."""
    sheet = frame.begin(book, view, EVIDENCE, _EVIDENCE_ABOUT)
    columns = _columns(tables.Entries, _EVIDENCE_WIDTHS)
    columns[2:2] = [Column(STATEMENT, 24), Column(CATEGORY, 18)]
    last = frame.register(sheet, columns, _EvidenceRows(view), frozen=4)
    rating = [column.title for column in columns].index("RAG") + 1
    sheet.colour_words(HEADING_ROW + 1, rating, last, rating, fills())
    return sheet


class _EvidenceRows(Collection[Sequence[Value]]):
    """The rows of the Evidence sheet, made as they are asked for: there may be hundreds of thousands."""

    def __init__(self, view: View) -> None:
        self._entries = view.merged.entries.drop(columns=list(_NOT_SHOWN))
        self._titles = {
            ref: (found.line.statement.title, found.line.category.title) for ref, found in view.line_by_ref.items()
        }

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        names = list(self._entries.columns[2:])
        dates = [place for place, name in enumerate(names) if self._entries[name].dtype.kind == "M"]
        for partner, ref, *others in each_row(self._entries):
            for place in dates:
                others[place] = as_date(others[place])
            yield [partner, ref, *self._titles.get(ref, ("", "")), *others]


def returns(book: Book, view: View) -> SheetWriter:
    """Write who has returned what, and who has not."""
    sheet = frame.begin(book, view, RETURNS, _RETURNS_ABOUT)
    rows = [[_value(value) for value in row] for row in each_row(view.merged.returns)]
    last = frame.register(sheet, _columns(tables.Returns, _RETURNS_WIDTHS), rows, frozen=2)
    sheet.colour_words(HEADING_ROW + 1, 3, last, 3, _STATE_FILLS)
    return sheet


def points(book: Book, view: View) -> SheetWriter:
    """Write the points to put right, the weightiest first."""
    found = problems.in_order(view.merged.problems)
    sheet = frame.begin(book, view, POINTS, _POINTS_ABOUT if found else _NO_POINTS)
    columns = _columns(tables.Points, _POINTS_WIDTHS)
    last = frame.register(sheet, columns, [_point(problem) for problem in found], frozen=3)
    sheet.colour_words(HEADING_ROW + 1, 1, last, 1, _SEVERITY_FILLS)
    return sheet


def _point(problem: Problem) -> list[Value]:
    return [
        problem.severity.value,
        problem.partner,
        problems.title(problem.code),
        problem.message,
        problem.suggestion,
        problem.ref,
        problem.file,
        problem.sheet,
        problem.cell,
        problem.code,
    ]


def _columns(model: type[tables._Table], widths: dict[str, float]) -> list[Column]:
    titles = tables.titles(model)
    schema = model.to_schema().columns
    return [
        Column(title, widths.get(name, _USUAL_WIDTH), _look(name, str(schema[name].dtype)))
        for name, title in titles.items()
        if name not in _NOT_SHOWN
    ]


def _look(name: str, dtype: str) -> Look:
    if dtype.startswith("datetime"):
        return looks.DATE
    if dtype.startswith("int"):
        return looks.NUMBER.with_(right=False, centred=True)
    return looks.CELL_BOLD if name in ("ref", "severity", "state", "rating") else looks.CELL


def _value(value: object) -> Value:
    if isinstance(value, str | int):
        return value
    return as_date(value)
