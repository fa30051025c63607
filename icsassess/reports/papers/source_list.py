"""The list of sources beside a paper: every sentence with the files, sheets and cells that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Sheet, as_text
from icsassess.excel.reading.read_workbook import Unreadable, read_workbook
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import Column
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.reports.display_text import display_text
from icsassess.reports.papers.writer import WrittenSentence
from icsassess.view.findings.sentence import Source
from icsassess.workbook.layout import HEADING_ROW
from icsassess.workbook.sheet_kit.register import begin_titled
from icsassess.workbook.signing.latest_merge import NewestMerge

SHEET, TABLE = "Sources", "Sources"
TITLES = ("No", "Part", "Sentence", "File", "Sheet", "Cells", "What stands there")
_WIDTHS = (6, 22, 60, 34, 20, 26, 60)
_LONGEST = 32_000  # characters that a cell can hold, with room
_ABOUT = (
    "A row for each sentence of the paper and each sheet that it came from. Cells of the returns are as the partners "
    "sent them; those of the merged workbook are where the group typed. A sentence without a file says nothing of the "
    "returns, or says that something is not there."
)


class SourceRow(NamedTuple):
    """A sentence by its number, and one sheet that it came from, with the cells and what they hold."""

    number: int
    part: str
    sentence: str
    file: str
    sheet: str
    cells: tuple[str, ...]
    texts: tuple[str, ...]


def source_rows(latest: NewestMerge, sentences: Sequence[WrittenSentence]) -> Iterator[SourceRow]:
    """Give a row for each sentence and sheet; one without a file for a sentence that came from no cell."""
    places = _Places(latest)
    for number, (part, sentence) in enumerate(sentences, 1):
        by_sheet: dict[tuple[str, str], dict[str, str]] = {}
        for source in dict.fromkeys(sentence.sources):
            file, cell = places.of(source)
            by_sheet.setdefault((file, source.sheet), {}).setdefault(cell, source.text)
        for (file, sheet), texts in (by_sheet or {("", ""): {}}).items():
            cells = tuple(cell for cell in texts if cell)
            held = tuple(dict.fromkeys(text for text in texts.values() if text))
            yield SourceRow(number, part, display_text(sentence.whole), file, sheet, cells, held)


class _Places:
    """Finds the cells of the workbook that the group types into, as it is sorted now."""

    def __init__(self, latest: NewestMerge) -> None:
        self._latest = latest
        self._file = f"merged/{latest.name}.xlsx"
        self._sheet = cache(self._read)

    def of(self, source: Source) -> tuple[str, str]:
        """Give the file and the address of a source; in words where the workbook cannot be read."""
        if source.file:
            return source.file, source.cell
        rows, columns = self._sheet(source.sheet)
        if source.row in rows and source.column in columns:
            return self._file, address(rows[source.row], columns[source.column])
        return self._file, f"{source.column} of {source.row}"

    def _read(self, title: str) -> tuple[dict[str, int], dict[str, int]]:
        """Give the rows of a sheet by their first cell, and its columns by their titles."""
        sheet = next((one for one in self._sheets if one.title == title), None)
        if sheet is None:
            return {}, {}
        cells = sheet.cells.items()
        rows = {as_text(cell): row for (row, column), cell in cells if column == 1 and row > HEADING_ROW}
        return rows, {as_text(cell): column for (row, column), cell in cells if row == HEADING_ROW}

    @property
    def _sheets(self) -> Sequence[Sheet]:
        path: Path = self._latest.merged.locality.folder / self._file
        try:
            return read_workbook(path).sheets
        except Unreadable:
            return ()


def source_list(latest: NewestMerge, title: str, sentences: Sequence[WrittenSentence]) -> bytes:
    """Give the list as the bytes of a workbook; the same paper gives the same bytes."""
    settings = latest.merged.locality.settings
    book = WorkbookWriter(title, settings.name, title, settings.marking, latest.merged.as_at)
    sheet = begin_titled(book, SHEET, title, _ABOUT, settings.marking)
    columns = [Column(name, width, styles.CELL) for name, width in zip(TITLES, _WIDTHS, strict=True)]
    rows = [
        (*row[:5], _cut(", ".join(row.cells)), _cut(" · ".join(row.texts))) for row in source_rows(latest, sentences)
    ]
    sheet.table(TABLE, HEADING_ROW, columns, rows)
    sheet.freeze(HEADING_ROW + 1, 1)
    return book.to_bytes()


def _cut(text: str) -> str:
    """Give a text that a cell can hold: behind the last whole item it says that there is more."""
    text = display_text(text)
    return text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " …"
