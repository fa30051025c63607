"""A sheet is one file: its line in the registry has it written, listed in the Key, and known as the program's own."""

from __future__ import annotations

import importlib
import io
from pathlib import Path

import openpyxl
import pytest

from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.tables import titles
from icsassess.workbook.layout import partner_headings_of
from icsassess.workbook.read_back.reader import Reader
from icsassess.workbook.sheet_kit.sheet import Sheet
from icsassess.workbook.sheets import registry
from icsassess.workbook.write import locality_workbook
from tests.support.sample_view import sample_view

MERGED = sample_view(partners=2)
MODULE = '''
"""The sheet Meetings: a row for each partner that comes."""

from icsassess.excel.writing.sheet import Column
from icsassess.workbook.sheet_kit.register import RegisterTable, begin
from icsassess.workbook.sheet_kit.sheet import Sheet


def write(workbook, view):
    sheet = begin(workbook, SHEET)
    RegisterTable(SHEET.table_name, [Column("Partner", 30)], [[name] for name in view.codes]).write_to(sheet)
    return sheet


SHEET = Sheet("Meetings", "WhoComes", "One table follows: who comes.", "Who comes to the meeting.", write)
'''


@pytest.fixture
def meetings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sheet:
    """Give a sheet from a module of its own, which is in no list yet."""
    (tmp_path / "meetings_sheet.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    sheet: Sheet = importlib.import_module("meetings_sheet").SHEET
    return sheet


@pytest.fixture
def written(meetings: Sheet, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(registry, "SHEETS", (*registry.SHEETS, meetings))
    return locality_workbook(MERGED)


def titles_of_own_sheets(data: bytes) -> list[str]:
    codes = [partner.code for partner in MERGED.locality.partners]
    reader = Reader(partner_headings_of(codes), list(MERGED.locality.framework.line_by_ref), "the.xlsx")
    return [sheet.title for sheet in reader.read(read_workbook_bytes(data, GENEROUS_LIMITS), None).own_sheets]


def test_a_sheet_in_the_registry_is_written_with_its_table(written: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written))["Meetings"]
    assert list(sheet.tables) == ["WhoComes"]
    assert [cell.value for cell in sheet["A"][3:]] == ["Partner", "P01", "P02"]
    assert sheet["A2"].value == "One table follows: who comes."


def test_a_sheet_in_the_registry_is_explained_in_the_key_before_the_key_itself(written: bytes) -> None:
    rows = list(openpyxl.load_workbook(io.BytesIO(written))["Key"].iter_rows(min_row=5, values_only=True))
    sheets = [row[1:3] for row in rows if row[0] == "Sheet"]
    assert len(set(sheets)) == len(sheets)
    assert sheets[-2:] == [("Meetings", "Who comes to the meeting."), ("Key", "This sheet.")]


def test_a_sheet_in_the_registry_is_not_taken_for_the_groups_own(written: bytes) -> None:
    assert titles_of_own_sheets(written) == []


def test_a_sheet_that_is_not_in_the_registry_is_the_groups_own(written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert titles_of_own_sheets(written) == ["Meetings"]


def test_titles_and_names_of_tables_are_all_different() -> None:
    for names in ([sheet.title for sheet in registry.SHEETS], [sheet.table_name for sheet in registry.SHEETS]):
        assert len({name.casefold() for name in names}) == len(names)


def test_the_sheets_that_the_group_types_in_say_which_columns() -> None:
    typed = {sheet.title: sheet.typed_columns for sheet in registry.SHEETS if sheet.typed_columns}
    assert typed == {
        "Assessment": tuple(titles.AGREED_TITLES.values()),
        "Gaps": ("Covered",),
        "Actions": tuple(titles.ACTION_TITLES.values()),
    }
    book = openpyxl.load_workbook(io.BytesIO(locality_workbook(MERGED)))
    for title, columns in typed.items():
        assert set(columns) <= {cell.value for cell in book[title][4]}
