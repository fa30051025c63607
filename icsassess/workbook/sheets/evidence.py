"""The sheet Evidence: every entry of every return, with the partner, file, sheet and row it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from icsassess.excel.writing.sheet import Column, SheetWriter, Value
from icsassess.tables import titles
from icsassess.tables.models import Entries
from icsassess.view.assessment_view import View
from icsassess.view.rating_words import fills
from icsassess.workbook.layout import EVIDENCE, HEADING_ROW
from icsassess.workbook.sheet_kit.model_columns import model_columns
from icsassess.workbook.sheet_kit.pagination import PrintLayout
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import LocalityWorkbook, Sheet

ABOUT = (
    "One table follows: every row of evidence, and the file, sheet and row it came from. What stands to the right of "
    "Action status is not printed."
)
_EMPTY = "One table follows. It is empty: no return has any evidence yet."
_WIDTHS: dict[str, float] = {
    "partner": 9.5, "ref": 8, "evidence": 54, "kept": 24, "evidence_date": 12, "rating": 12, "reason": 28, "gap": 32,
    "action": 32, "owner": 18, "due": 12, "status": 12, "evidence_date_typed": 14, "rag_typed": 14, "due_typed": 14,
    "status_typed": 14, "own_columns": 28, "notes": 28, "file": 30, "sheet": 18, "row": 8, "completed_on": 12,
    "same_as": 26, "like": 26, "alike": 9,
}  # fmt: skip


def write(workbook: LocalityWorkbook, view: View) -> SheetWriter:
    """Write the sheet."""
    sheet = begin(workbook, SHEET, ABOUT if len(view.merged.entries) else _EMPTY)
    columns = model_columns(Entries, _WIDTHS)
    columns[2:2] = [Column(titles.STATEMENT, 22), Column(titles.CATEGORY, 17)]
    if view.merged.organisations:
        columns.insert(1, Column(titles.ORGANISATION, 18))
    headings = [column.title for column in columns]
    layout = PrintLayout(up_to=headings.index(titles.ENTRY_STATUS) + 1)
    frozen = headings.index(titles.CATEGORY) + 1
    last = RegisterTable(SHEET.table_name, columns, _EvidenceRows(view), frozen=frozen, layout=layout).write_to(sheet)
    rating = headings.index(titles.ENTRY_RAG) + 1
    sheet.colour_words(HEADING_ROW + 1, rating, last, rating, fills())
    return sheet


class _EvidenceRows(Collection[Sequence[Value]]):
    """The rows of the sheet, made as they are asked for: there may be hundreds of thousands."""

    def __init__(self, view: View) -> None:
        self._entries = view.merged.entries
        self._organisations = view.merged.organisations
        self._titles = {
            ref: (line.line.statement.title, line.line.category.title) for ref, line in view.line_by_ref.items()
        }

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for entry in self._entries:
            organisation = [self._organisations.get(entry.file, "")] if self._organisations else []
            yield (
                entry.partner,
                *organisation,
                entry.ref,
                *self._titles.get(entry.ref, ("", "")),
                *entry[2:-1],  # the last is the place
            )


SHEET = Sheet(
    title=EVIDENCE,
    table_name="EvidenceRegister",
    about=ABOUT,
    meaning="Every row of evidence that the partners sent, with the file, sheet and row it came from.",
    write=write,
    long=True,
)
