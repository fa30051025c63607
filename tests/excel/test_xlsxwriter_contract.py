"""What the program uses of xlsxwriter and zipfile that their makers do not promise: each name, and how it is called.

Where this fails after an update, the module named needs another way, or ``setup.cfg`` an older upper bound.
"""

from __future__ import annotations

import inspect
import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

OURS = "icsassess/excel/writing"
METHODS: list[tuple[type, str, tuple[Any, ...], str]] = [
    (Worksheet, "_write_rows", (), f"{OURS}/streaming/worksheet.py leaves room for rows in it"),
    (Worksheet, "_write_row", (0, "1:1", None), f"{OURS}/streaming/worksheet.py notes which row is being written"),
    (Worksheet, "_prepare_formula", ("=A1", True), f"{OURS}/streaming/worksheet.py skips it for plain formulas"),
    (Worksheet, "_xml_start_tag_unencoded", ("row", [("r", 1)]), f"{OURS}/streaming/worksheet.py takes heights out"),
    (Worksheet, "_xml_empty_tag_unencoded", ("row", [("r", 1)]), f"{OURS}/streaming/worksheet.py takes heights out"),
    (Worksheet, "_check_dimensions", (0, 0), f"{OURS}/sheet.py counts streamed rows into the sheet's size"),
    (Format, "_get_xf_index", (), f"{OURS}/sheet.py writes the formats of streamed cells"),
]


@pytest.mark.parametrize(("owner", "name", "arguments", "use"), METHODS, ids=[method[1] for method in METHODS])
def test_xlsxwriter_has_the_private_method_and_it_takes_what_it_is_called_with(
    owner: type, name: str, arguments: tuple[Any, ...], use: str
) -> None:
    method = getattr(owner, name, None)
    assert method is not None, f"xlsxwriter {xlsxwriter.__version__} has no {owner.__name__}.{name}: {use}"
    try:
        inspect.signature(method).bind(None, *arguments)
    except TypeError as error:
        pytest.fail(f"xlsxwriter {xlsxwriter.__version__}, {owner.__name__}.{name}: {error}; {use}")


@pytest.fixture
def book() -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(4, 2, "text")
    sheet.add_table(4, 2, 6, 3, {"name": "Things", "autofilter": True})
    return book


def test_a_worksheet_counts_its_rows_in_these_attributes(book: xlsxwriter.Workbook) -> None:
    (sheet,) = book.worksheets()
    assert (sheet.dim_rowmin, sheet.dim_rowmax) == (4, 4), f"{OURS}/streaming/worksheet.py writes rows in two parts"
    sheet._check_dimensions(9, 0)
    assert sheet.dim_rowmax == 9, f"{OURS}/sheet.py counts streamed rows into the sheet's size"
    assert sheet._check_dimensions(1_048_576, 0) != 0, f"{OURS}/sheet.py refuses more rows than a sheet has"


def test_a_table_keeps_its_range_under_these_keys(book: xlsxwriter.Workbook) -> None:
    (sheet,) = book.worksheets()
    table = sheet.tables[-1]
    assert (table["range"], table["a_range"], table["autofilter"]) == ("C5:D7",) * 3, f"{OURS}/sheet.py widens it"


def test_the_first_format_of_a_workbook_is_its_default(book: xlsxwriter.Workbook) -> None:
    assert isinstance(book.formats[0], Format), f"{OURS}/formats.py sets its font"
    assert book.formats[0]._get_xf_index() == 0


def test_a_worksheet_writes_its_part_through_fh(book: xlsxwriter.Workbook) -> None:
    (sheet,) = book.worksheets()
    assert hasattr(sheet, "fh"), f"{OURS}/streaming/worksheet.py writes a mark into it"


def test_an_entry_of_an_archive_has_a_level_of_compression_of_its_own() -> None:
    entry = zipfile.ZipInfo("part.xml")
    assert hasattr(entry, "_compresslevel") or hasattr(entry, "compress_level"), f"{OURS}/streaming/rows.py sets it"
