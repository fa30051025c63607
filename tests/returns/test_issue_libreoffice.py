"""A blank return in use: filled in, sorted, added to and recalculated, as a partner without Excel would."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain.framework import framework
from icsassess.locality.locality import Locality, Settings
from icsassess.returns.issuing.issue import issue

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
# LibreOffice trusts the values in a workbook unless it is told to work everything out again.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
FIRST = 5  # the first row below the headings of a theme sheet
RAG = 7
Recalculate = Callable[[Path], Path]


@pytest.fixture(scope="module")
def recalculate(tmp_path_factory: pytest.TempPathFactory) -> Recalculate:
    """Open a workbook in LibreOffice, let it recalculate, save it again as an Excel workbook."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def run(path: Path) -> Path:
        folder = tmp_path_factory.mktemp("recalculated")
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=180)
        return folder / path.name

    return run


def issued(folder: Path, framework_id: str = "cqc-ics-2023", statements: list[str] | None = None) -> Path:
    partner = {"code": "AB", "name": 'A & B\'s "Great" Trust'} | ({"statements": statements} if statements else {})
    settings = Settings.model_validate(
        {"name": "Anytown", "deadline": "2024-01-31", "framework": framework_id, "partner": [partner]}
    )
    place = Locality(folder, settings, framework(framework_id))
    (path,) = issue(place, place.partners, datetime.date(2023, 12, 4))
    return path


def values(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def checklist(path: Path) -> dict[object, list[object]]:
    cover = openpyxl.load_workbook(path, data_only=True)["Cover"]
    table = cover.tables["Checklist"]
    return {row[0].value: [cell.value for cell in row[1:]] for row in cover[table.ref][1:]}


def box(path: Path, label: str) -> object:
    cover = openpyxl.load_workbook(path, data_only=True)["Cover"]
    return next(row[1].value for row in cover.iter_rows() if row[0].value == label)


def rate(sheet: Worksheet, rated: dict[str, str]) -> None:
    for row in range(FIRST, sheet.max_row + 1):
        if (ref := str(sheet.cell(row, 1).value)) in rated:
            sheet.cell(row, RAG, rated[ref])


@pytest.mark.parametrize("framework_id", ["cqc-ics-2023", "cqc-la-2023"])
def test_recalculation_changes_nothing_in_a_blank_return(
    tmp_path: Path, recalculate: Recalculate, framework_id: str
) -> None:
    path = issued(tmp_path, framework_id)
    before, after = values(path), values(recalculate(path))
    assert before == after
    assert not [value for value in after.values() if str(value).startswith("#")]


def test_the_checklist_counts_lines_not_rows(tmp_path: Path, recalculate: Recalculate) -> None:
    path = issued(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Integration"]
    rate(
        sheet,
        {
            "I1-PEX": "Red",
            "I1-STF": "green",
            "I1-PTN": "Not assessed",
            "I1-OBS": "Amberish",
            "I2-OUT": "Not applicable",
        },
    )
    below = sheet.max_row + 1
    added = [
        ("I1-PEX", "Amber"),
        ("i1-pro", "Amber"),
        ("I1-PTN", None),
        ("I2-PEX", "Not assessed"),
        ("I2-PEX", "Green"),
    ]
    for offset, (ref, rag) in enumerate([*added, ("Q1-PEX", "Red"), ("Z9-PEX", "Red"), (None, "Red")]):
        sheet.cell(below + offset, 1, ref)
        sheet.cell(below + offset, RAG, rag)
    book.save(path)
    found = checklist(recalculate(path))
    # Rated: I1-PEX (twice), I1-STF, I1-PTN (not assessed), I2-OUT, I1-PRO, I2-PEX (not assessed, then Green).
    assert found["Integration"] == ["Incomplete", 18, 6, 1, 12]
    assert found["Quality and safety"] == ["Incomplete", 36, 0, 0, 36]
    assert found["All themes"] == ["Incomplete", 102, 6, 1, 96]


def test_rows_inserted_and_sorted_are_counted_alike(tmp_path: Path, recalculate: Recalculate) -> None:
    path = issued(tmp_path, statements=["I1", "I2"])
    book = openpyxl.load_workbook(path)
    sheet = book["Integration"]
    rate(sheet, {"I1-PEX": "Red", "I2-OUT": "Green"})
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_col=13)]
    again = rows[0][:]
    again[RAG - 1] = "Amber"
    for number, row in enumerate(sorted([*rows, again], key=lambda row: str(row[2])), FIRST):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(path)
    assert checklist(recalculate(path))["Integration"] == ["Incomplete", 12, 2, 0, 10]


def test_a_line_that_was_taken_out_stays_blank(tmp_path: Path, recalculate: Recalculate) -> None:
    path = issued(tmp_path, statements=["I1"])
    book = openpyxl.load_workbook(path)
    sheet = book["Integration"]
    rate(sheet, {f"I1-{code}": "Green" for code in ("PEX", "STF", "PTN", "OBS", "PRO")})
    for column in range(1, 14):
        sheet.cell(sheet.max_row, column).value = None
    book.save(path)
    assert checklist(recalculate(path))["Integration"] == ["Incomplete", 6, 5, 0, 1]


def test_a_return_with_every_line_rated_and_every_box_filled_is_complete(
    tmp_path: Path, recalculate: Recalculate
) -> None:
    path = issued(tmp_path, "cqc-la-2023")
    book = openpyxl.load_workbook(path)
    for theme in framework("cqc-la-2023").themes:
        sheet = next(sheet for sheet in book.worksheets if theme.title.startswith(sheet.title))
        rate(sheet, {str(cell.value): "Green" for cell in sheet["A"]})
    fill_in(book["Cover"], {"Organisation": "X", "Completed by (role)": "Head", "Contact": "   "})
    book.save(path)
    nearly = recalculate(path)
    assert [row[0] for row in checklist(nearly).values()] == ["Complete"] * 5
    assert box(nearly, "Yellow boxes still empty") == "Date completed, Contact"
    assert box(nearly, "Ready to send?") == "No: lines still blank: 0, yellow boxes still empty: 2"
    # What LibreOffice saved goes on counting.
    book = openpyxl.load_workbook(nearly)
    fill_in(book["Cover"], {"Date completed": datetime.date(2024, 1, 8), "Contact": "team@example.org"})
    book.save(nearly)
    assert box(again := recalculate(nearly), "Ready to send?") == "Yes"
    assert box(again, "Yellow boxes still empty") == "None"
    assert checklist(again)["All themes"] == ["Complete", 36, 36, 0, 0]


def fill_in(cover: Worksheet, boxes: dict[str, object]) -> None:
    for row in cover.iter_rows():
        if row[0].value in boxes:
            row[1].value = boxes[str(row[0].value)]  # type: ignore[assignment]
