"""Every sentence of a paper has its sources: what it quotes stands in the cells that it names, in the files as sent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import as_text
from icsassess.excel.reading.read_workbook import read_workbook
from icsassess.locality.locality import open_locality
from icsassess.reports.papers.board_paper import write_board_paper
from icsassess.reports.papers.flash_report import write_flash_report
from icsassess.reports.papers.source_list import TITLES, SourceRow, source_list, source_rows
from icsassess.reports.papers.writer import Writer
from icsassess.workbook.signing.latest_merge import NewestMerge, newest_merge

pytestmark = pytest.mark.begins_early
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "trafford-three-weeks"
FIGURE = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b")
QUOTED = re.compile(r"‘(.+?)(?: …)?’(?=[;:.,)\s]|$)")


@pytest.fixture(scope="module")
def latest() -> NewestMerge:
    return newest_merge(open_locality(EXAMPLE))


@pytest.fixture(scope="module", params=[write_board_paper, write_flash_report], ids=["board paper", "flash report"])
def writer(latest: NewestMerge, request: pytest.FixtureRequest) -> Writer:
    written: Writer = request.param(latest)
    return written


@pytest.fixture(scope="module")
def rows(latest: NewestMerge, writer: Writer) -> list[SourceRow]:
    return list(source_rows(latest, writer.sentences))


@cache
def sheets(file: str) -> dict[str, dict[str, str]]:
    """Give the cells of a file by sheet and address, as our own reading has them: partners send more than xlsx."""

    book = read_workbook(EXAMPLE / file)
    return {
        sheet.title: {address(*place): " ".join(as_text(cell).split()) for place, cell in sheet.cells.items()}
        for sheet in book.sheets
    }


def test_every_sentence_with_a_figure_or_a_quotation_has_a_source(rows: list[SourceRow]) -> None:
    bare = [row.sentence for row in rows if not row.file and (FIGURE.search(row.sentence) or "‘" in row.sentence)]
    of_the_paper_itself = ("Table D", "Sources of the framework", "Words in quotation")
    assert [text for text in bare if not text.startswith(of_the_paper_itself)] == []


def test_every_quotation_stands_in_a_cell_that_is_named(rows: list[SourceRow]) -> None:
    by_sentence: dict[int, list[SourceRow]] = {}
    for row in rows:
        by_sentence.setdefault(row.number, []).append(row)
    quotations = 0
    for of_sentence in by_sentence.values():
        cells = [
            sheets(row.file)[row.sheet].get(cell, "")
            for row in of_sentence
            if row.file.endswith((".xlsx", ".xls", ".ods", ".xlsm")) and row.sheet
            for cell in row.cells
        ]
        for words in QUOTED.findall(of_sentence[0].sentence):
            quotations += 1
            assert any(words in cell for cell in cells), of_sentence[0].sentence
    assert quotations > 12


def test_every_cell_that_is_named_holds_what_the_list_says(rows: list[SourceRow]) -> None:
    checked = 0
    for row in rows:
        if row.sheet and row.cells and row.file.startswith("returns/"):
            held = {sheets(row.file)[row.sheet].get(cell, "") for cell in row.cells}
            assert held, row
            checked += len(row.cells)
    assert checked > 500


def test_the_list_is_a_workbook_with_a_row_for_each_sentence_and_sheet(
    latest: NewestMerge, writer: Writer, rows: list[SourceRow], tmp_path: Path
) -> None:
    path = tmp_path / "sources.xlsx"
    data = source_list(latest, "Sources", writer.sentences)
    path.write_bytes(data)
    sheet: Any = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[4]] == list(TITLES)
    assert sheet.max_row == 4 + len(rows)
    assert data == source_list(latest, "Sources", writer.sentences)
