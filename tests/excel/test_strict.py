"""A workbook can be read in one way only: what two programs read differently, and what acts, is named with its part."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.excel.strict.oddity import Oddity
from icsassess.excel.strict.package import oddities
from icsassess.excel.strict.second_reading import misreadings
from tests.support.package_tricks import (
    ACTS,
    BOOK,
    MARKING,
    SHEET,
    TRICKS,
    Parts,
    packed,
    parts_of,
    replace,
    small_workbook,
    with_another_name_in_a_further_field,
    with_another_name_in_the_local_header,
)

PLAIN = small_workbook()
WORKBOOK = read_workbook_bytes(PLAIN)
"""What the small workbook says: charts are held against it."""


def odd(data: bytes) -> list[Oddity]:
    return oddities(data, GENEROUS_LIMITS, WORKBOOK, MARKING)


def as_excel_saves(parts: dict[str, bytes]) -> None:
    """Add what Excel 365 writes into a workbook that it saves again: revisions, the last folder, a label, a printer."""
    microsoft = "http://schemas.microsoft.com/office"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    replace(
        parts,
        SHEET,
        main,
        f'{main} xmlns:mc="{compatibility}" mc:Ignorable="x14ac xr" xmlns:xr="{microsoft}/spreadsheetml/2014/revision" '
        f'xmlns:x14ac="{microsoft}/spreadsheetml/2009/9/ac" xr:uid="{{0000}}"',
    )
    replace(parts, SHEET, '<row r="2"', '<row r="2" x14ac:dyDescent="0.25"')
    replace(parts, BOOK, main, f'{main} xmlns:mc="{compatibility}" xmlns:xr="{microsoft}/spreadsheetml/2014/revision"')
    folder = f'<x15ac:absPath url="folder" xmlns:x15ac="{microsoft}/spreadsheetml/2010/11/ac"/>'
    choice = f'<mc:Choice Requires="x15" xmlns:x15="{microsoft}/spreadsheetml/2010/11/main">{folder}</mc:Choice>'
    replace(parts, BOOK, "<bookViews>", f"<mc:AlternateContent>{choice}</mc:AlternateContent><bookViews>")
    replace(parts, BOOK, "<bookViews>", '<xr:revisionPtr revIDLastSave="0" documentId="x"/><bookViews>')
    name = "docMetadata/LabelInfo.xml"
    parts[name] = b'<clbl:labelList xmlns:clbl="urn:x"/>'
    label = f'<Relationship Id="rId9" Type="{microsoft}/2020/02/relationships/classificationlabels" Target="{name}"/>'
    replace(parts, "_rels/.rels", "</Relationships>", label + "</Relationships>")
    kind = f'<Override PartName="/{name}" ContentType="application/vnd.ms-office.classificationlabels+xml"/>'
    replace(parts, "[Content_Types].xml", "</Types>", kind + "</Types>")


def test_what_this_program_writes_has_one_meaning_and_nothing_in_it_acts() -> None:
    assert odd(PLAIN) == []
    assert misreadings(PLAIN, WORKBOOK) == []


def test_so_has_what_openpyxl_saves_again() -> None:
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(PLAIN)).save(file)
    assert odd(file.getvalue()) == []
    assert misreadings(file.getvalue(), WORKBOOK) == []


def test_so_has_what_excel_adds_when_it_saves_again() -> None:
    parts = parts_of(PLAIN)
    as_excel_saves(parts)
    assert odd(packed(parts)) == []


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS.keys())
def test_what_two_programs_read_differently_is_named(trick: Callable[[Parts], None]) -> None:
    parts = parts_of(PLAIN)
    trick(parts)
    assert odd(packed(parts)), trick.__name__


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_what_acts_or_lies_over_the_cells_is_named(act: Callable[[Parts], None]) -> None:
    parts = parts_of(PLAIN)
    act(parts)
    assert any(oddity.acts for oddity in odd(packed(parts))), act.__name__


def test_a_field_that_gives_a_part_another_name_is_named() -> None:
    assert Oddity(SHEET, "the archive has further fields for it, such as another name") in odd(
        with_another_name_in_a_further_field(PLAIN, SHEET)
    )


def test_two_headers_of_a_part_that_differ_are_named() -> None:
    assert Oddity(SHEET, "its two headers in the archive differ") in odd(
        with_another_name_in_the_local_header(PLAIN, SHEET)
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04 rubbish" + PLAIN, PLAIN + b"PK\x05\x06" + b"\0" * 18])
def test_what_stands_around_the_archive_is_named_or_cannot_be_read(data: bytes) -> None:
    assert odd(data)


def test_a_cell_that_a_second_program_reads_otherwise_is_named_with_both() -> None:
    sheet = WORKBOOK.sheets[0]
    cells = {**sheet.cells, (2, 2): sheet.cells[2, 2]._replace(value="Green")}
    (misreading,) = misreadings(PLAIN, WORKBOOK._replace(sheets=(sheet._replace(cells=cells),))) or []
    assert misreading == ("Assessment", "B2", "Green", "Red")


def test_what_is_no_archive_is_named() -> None:
    assert odd(b"no archive at all")[0].why == "its ZIP archive is damaged"
