"""Long tables: written another way than short ones, and no reader can tell."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.excel.writing.model import styles as looks
from icsassess.excel.writing.model.values import Value, WriteError
from icsassess.excel.writing.sheet import Column, Formula, Link
from icsassess.excel.writing.workbook import WorkbookWriter

HOSTILE = (
    "=1+1",
    "+44 161 496 0000",
    "@SUM(A1)",
    "<r><t>not ours</t></r>",
    "<r>",
    "a < b & c > d \"quoted\" 'so'",
    "  spaces at both ends ",
    "two\nlines",
    "tab\there",
    "_x0041_ as typed",
    "http://example.org/",
    "00123",
    "é ü – “quoted” 漢字 🙂",
)
COLUMNS = (
    Column("Text", 20),
    Column("Number", 10, looks.NUMBER),
    Column("Date", 14, looks.DATE),
    Column("Formula", 10, looks.CELL_CENTRED),
)


def rows() -> list[Sequence[Value]]:
    day = datetime.date(2024, 1, 10)
    return [[text, 7, day, Formula(f'=IF(B{at}>1,"more","less")', "more")] for at, text in enumerate(HOSTILE, 5)]


def book_with(rows: Sequence[Sequence[Value]], *, long: bool) -> bytes:
    book = WorkbookWriter("Title", "Subject", "Heading", "OFFICIAL", datetime.date(2024, 1, 10))
    sheet = book.sheet("Sheet")
    sheet.put(1, 1, "Title", looks.TITLE)
    sheet.table("Things", 4, COLUMNS, rows, {(1, 0): looks.CELL_BOLD}, long=long)
    return book.to_bytes()


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def test_a_long_table_reads_the_same_as_a_short_one_by_our_reader_and_by_openpyxl() -> None:
    short, long = book_with(rows(), long=False), book_with(rows(), long=True)
    assert short != long
    assert read_workbook_bytes(long).sheets[0].cells == read_workbook_bytes(short).sheets[0].cells
    ours, theirs = (openpyxl.load_workbook(io.BytesIO(data)).active for data in (long, short))
    assert ours is not None
    assert theirs is not None
    for one, other in zip(ours.iter_rows(), theirs.iter_rows(), strict=True):
        for cell, twin in zip(one, other, strict=True):
            # openpyxl leaves the escape of an underscore in text that stands within its cell; Excel does not.
            value = cell.value.replace("_x005F", "") if isinstance(cell.value, str) else cell.value
            assert (cell.coordinate, value, cell.data_type, cell.number_format) == (
                twin.coordinate,
                twin.value,
                twin.data_type,
                twin.number_format,
            )
            assert (cell.font.b, cell.border.left.style, cell.alignment.horizontal) == (
                twin.font.b,
                twin.border.left.style,
                twin.alignment.horizontal,
            )


@pytest.mark.parametrize("long", [True, False])
def test_text_stays_the_text_it_is_even_where_it_looks_like_a_formula_or_like_xml(long: bool) -> None:
    cells = read_workbook_bytes(book_with(rows(), long=long)).sheets[0].cells
    assert [cells[at, 1].value for at in range(5, 5 + len(HOSTILE))] == list(HOSTILE)
    assert all(cells[at, 1].formula is None for at in range(5, 5 + len(HOSTILE)))


def test_characters_that_no_workbook_can_hold_are_left_out_and_too_long_a_text_is_cut_with_a_mark() -> None:
    data = book_with([["a\x00b\x1fc\ud800d\ufffee", 1, None, None], ["x" * 40_000, 1, None, None]], long=True)
    cells = read_workbook_bytes(data).sheets[0].cells
    assert cells[5, 1].value == "abcde"
    assert str(cells[6, 1].value).endswith("x […]")
    assert len(str(cells[6, 1].value)) == 32_767


def test_the_table_reaches_to_the_last_row_with_its_filter_and_the_sheet_says_how_far_it_reaches() -> None:
    long, short = (book_with([["a", 1, None, None]] * 700, long=long) for long in (True, False))
    for name in ("xl/tables/table1.xml",):
        assert part(long, name) == part(short, name)
    found = [re.findall(r'<dimension ref="([^"]+)"', part(data, "xl/worksheets/sheet1.xml")) for data in (long, short)]
    assert found[0] == found[1] == ["A1:D704"]


def test_rows_are_as_high_as_in_a_short_table() -> None:
    told = [["word " * number, 1, None, None] for number in (1, 5, 20, 60, 400, 3000)]
    heights = [
        re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', part(book_with(told, long=long), "xl/worksheets/sheet1.xml"))
        for long in (True, False)
    ]
    assert heights[0] == heights[1]
    assert len(heights[0]) >= 5


def test_nothing_can_be_put_into_the_rows_of_a_long_table_and_no_link_can_stand_there() -> None:
    book = WorkbookWriter("Title", "Subject", "Heading", "OFFICIAL", datetime.date(2024, 1, 10))
    sheet = book.sheet("Sheet")
    last = sheet.table("Things", 4, COLUMNS, rows(), long=True)
    for row in (5, last):
        with pytest.raises(WriteError):
            sheet.put(row, 1, "over it")
    sheet.put(last + 1, 1, "below it")
    with pytest.raises(WriteError):
        book_with([[Link("Sheet!A1", "there"), 1, None, None]], long=True)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert book_with(rows(), long=True) == book_with(rows(), long=True)


def test_the_rows_are_asked_for_once_and_not_before_the_book_closes() -> None:
    asked = []

    class Rows(list[Sequence[Value]]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            asked.append(1)
            return super().__iter__()

    book = WorkbookWriter("Title", "Subject", "Heading", "OFFICIAL", datetime.date(2024, 1, 10))
    book.sheet("Sheet").table("Things", 4, COLUMNS, Rows(rows()), long=True)
    assert asked == []
    book.to_bytes()
    assert asked == [1]
