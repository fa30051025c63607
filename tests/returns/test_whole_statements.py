"""A partner says once on the cover that a quality statement does not apply to it, and why: its lines are settled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from icsassess.locality.locality import Locality
from icsassess.tables.records import Entry
from tests.support.libreoffice import recalculated
from tests.support.returns_dsl import SHEET, checked, codes, fill_in, locality_of, merged, only, points

REASON = "We run no wards."
HEADING = "It does not apply to us, because"
Q1_ANSWERED = """
    Ref    | Evidence | Where it is kept | RAG
    Q1-PEX | Report   | Shared drive     | Green
"""


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    return locality_of(tmp_path, {"NORTH": "Q1 Q2"})


def saying(**reasons: object) -> Callable[[Workbook], None]:
    """Type reasons beside statements, by their code, into the table on the cover."""

    def change(book: Workbook) -> None:
        cover = book["Cover"]
        for row in cover.iter_rows(min_row=heading_row(book) + 1):
            if row[2].value in reasons:
                row[1].value = reasons[str(row[2].value)]  # type: ignore[assignment]

    return change


def heading_row(book: Workbook) -> int:
    return next(row[1].row for row in book["Cover"].iter_rows() if row[1].value == HEADING)


def of_lines(entries: list[Entry], statement: str) -> list[tuple[str, str, str, str]]:
    found = [entry for entry in entries if entry.ref.startswith(f"{statement}-")]
    return [(entry.ref, entry.rating, entry.reason, entry.sheet) for entry in found]


def test_the_blank_lists_the_statements_asked_for_with_room_for_a_reason(place: Locality) -> None:
    cover = openpyxl.load_workbook(fill_in(place))["Cover"]
    first = next(row[0].row for row in cover.iter_rows() if row[1].value == HEADING) + 1
    assert [cover.cell(row, 3).value for row in (first, first + 1)] == ["Q1", "Q2"]
    assert [cover.cell(row, 2).value for row in (first, first + 1)] == [None, None]
    assert cover.cell(first + 2, 3).value is None


def test_its_lines_are_not_applicable_with_that_reason(place: Locality) -> None:
    fill_in(place, Q1_ANSWERED, change=saying(Q2=REASON))
    found = checked(place)
    settled = of_lines(found.entries, "Q2")
    assert len(settled) == 6
    assert {entry[1:] for entry in settled} == {("Not applicable", REASON, "Cover")}
    blank = {point.ref for point in points(found, "line-left-blank")}
    assert blank == {"Q1-STF", "Q1-PTN", "Q1-OBS", "Q1-PRO", "Q1-OUT"}
    assert not codes(found) & {"not-applicable-without-reason", "cover-remark", "sheet-not-read", "text-outside-table"}


def test_evidence_and_assessment_lead_to_the_cell_of_the_reason(place: Locality) -> None:
    path = fill_in(place, Q1_ANSWERED, change=saying(Q2=REASON))
    row = heading_row(openpyxl.load_workbook(path)) + 2
    view = merged(place)
    lines = [line for line in view.partner_lines if line.ref.startswith("Q2-")]
    assert {(line.rating, line.settled, line.sheet, line.cell) for line in lines} == {
        ("Not applicable", True, "Cover", f"B{row}")
    }
    assert {(entry.sheet, entry.row) for entry in view.entries if entry.ref.startswith("Q2-")} == {("Cover", row)}
    assert {line.rating for line in view.lines if line.ref.startswith("Q2-")} == {"Not applicable"}
    (received,) = view.returns
    assert (received.lines_asked, received.lines_to_rate, received.lines_rated) == (12, 6, 1)


@pytest.mark.parametrize("nothing", ["x", "Yes", "N/A", "Not applicable", "-"])
def test_without_a_reason_nothing_is_settled_and_one_point_asks_for_it(place: Locality, nothing: str) -> None:
    fill_in(place, Q1_ANSWERED, change=saying(Q2=nothing))
    found = checked(place)
    (point,) = points(found, "whole-statement-without-reason")
    assert (point.sheet, point.cell is not None and point.cell.startswith("B")) == ("Cover", True)
    assert of_lines(found.entries, "Q2") == []
    assert len([p for p in points(found, "line-left-blank") if (p.ref or "").startswith("Q2")]) == 6


def test_a_line_that_is_answered_all_the_same_keeps_its_answer_and_is_pointed_at(place: Locality) -> None:
    fill_in(place, Q1_ANSWERED, change=saying(Q1=REASON))
    found = checked(place)
    assert [rating for _, rating, _, _ in of_lines(found.entries, "Q1")].count("Not applicable") == 5
    (point,) = points(found, "whole-statement-answered")
    assert (point.sheet, point.cell, point.ref) == (SHEET, "G5", "Q1-PEX")
    assert "‘Green’" in point.message


def test_not_applicable_in_the_row_as_well_is_no_contradiction(place: Locality) -> None:
    text = "Ref | RAG | Reason for rating\nQ1-PEX | Not applicable | No wards"
    fill_in(place, text, change=saying(Q1=REASON))
    assert not points(checked(place), "whole-statement-answered")


def test_a_statement_that_nobody_knows_is_told(place: Locality) -> None:
    def change(book: Workbook) -> None:
        row = heading_row(book) + 3
        book["Cover"].cell(row, 1).value = "Catering for astronauts"
        book["Cover"].cell(row, 2).value = REASON

    fill_in(place, Q1_ANSWERED, change=change)
    (point,) = points(checked(place), "whole-statement-unknown")
    assert "Catering for astronauts" in point.message


def test_a_statement_may_be_typed_by_its_title_below_the_table(place: Locality) -> None:
    def change(book: Workbook) -> None:
        row = heading_row(book) + 2
        title = book["Cover"].cell(row, 1).value
        for column in (1, 2, 3):
            book["Cover"].cell(row, column).value = None
        book["Cover"].cell(row, 1).value = f" {str(title).upper()} "
        book["Cover"].cell(row, 2).value = REASON

    fill_in(place, Q1_ANSWERED, change=change)
    assert len(of_lines(checked(place).entries, "Q2")) == 6


def test_an_nhs_number_in_a_reason_is_masked_and_told(place: Locality) -> None:
    fill_in(place, Q1_ANSWERED, change=saying(Q2="Only patient 943 476 5919 stayed."))
    found = checked(place)
    assert {entry[2] for entry in of_lines(found.entries, "Q2")} == {"Only patient [NHS number] stayed."}
    assert [point.sheet for point in points(found, "personal-data")] == ["Cover"]


def test_a_return_with_nothing_but_such_a_statement_is_no_blank_one(place: Locality) -> None:
    fill_in(place, change=saying(Q1=REASON, Q2=REASON))
    read = only(checked(place))
    assert not read.refused
    assert len(read.entries) == 12


def test_a_return_of_an_earlier_version_without_the_table_is_read_as_ever(place: Locality) -> None:
    def change(book: Workbook) -> None:
        first = heading_row(book) - 1
        book["Cover"].delete_rows(first, 5)

    fill_in(place, Q1_ANSWERED, change=change)
    assert not [code for code in codes(checked(place)) if code.startswith("whole-statement")]


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_cover_counts_a_statement_that_does_not_apply_as_answered(place: Locality, tmp_path: Path) -> None:
    first = fill_in(place, Q1_ANSWERED, file="one.xlsx", change=saying(Q2=REASON))
    second = fill_in(place, Q1_ANSWERED, file="two.xlsx", change=saying(Q1=REASON, Q2=REASON))
    out = recalculated([first, second], tmp_path / "lo")
    totals = []
    for name in ("one.xlsx", "two.xlsx"):
        cover = openpyxl.load_workbook(out / name, data_only=True)["Cover"]
        row = next(row for row in cover.iter_rows() if row[0].value == "All themes")
        ready = next(row[1].value for row in cover.iter_rows() if row[0].value == "Ready to send?")
        totals.append(([cell.value for cell in row[1:6]], ready))
    assert totals[0][0] == ["Incomplete", 12, 7, 0, 5]
    assert totals[1] == (["Complete", 12, 12, 0, 0], totals[1][1])
    assert str(totals[0][1]).startswith("No: lines still blank: 5")
