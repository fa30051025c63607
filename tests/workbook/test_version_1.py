"""A workbook of version 1, with the one sheet ‘Gaps and actions’, is read back with all that a group typed into it.

``samples/version 1`` is a folder as version 1 left it: merged once, and then the group typed.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.locality.locality import Locality, open_locality
from icsassess.round.gaps import gaps
from icsassess.round.merge_and_write import merge_and_write
from tests.support.register import ACTIONS, GAPS, KEPT, Table, shown

SAMPLE = Path(__file__).parents[1] / "samples" / "version 1"
OLD = "Gaps and actions"


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    return open_locality(Path(shutil.copytree(SAMPLE, tmp_path / "place")))


def sorted_backwards(book: Any) -> None:
    sheet = book[OLD]
    rows = [[(cell.value, cell.comment) for cell in row] for row in sheet.iter_rows(min_row=5)]
    for row, cells in zip(sheet.iter_rows(min_row=5), reversed(rows), strict=True):
        for cell, (value, note) in zip(row, cells, strict=True):
            cell.value, cell.comment = value, note and note.__class__(note.text, "Group")


def renamed(book: Any) -> None:
    book[OLD].title = "Our plan"


def with_a_heading_changed(book: Any) -> None:
    table = Table(book[OLD], "Gap")
    table.sheet.cell(table.heading, table.columns["Owner"]).value = "Who does it"


def left_alone(book: Any) -> None:
    pass


@pytest.mark.parametrize("work", [left_alone, sorted_backwards, renamed, with_a_heading_changed])
def test_all_that_the_group_typed_is_with_its_action_now(work: Callable[[Any], None], place: Locality) -> None:
    (path,) = (place.folder / "merged").glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    work(book)
    book.save(path)
    merged, renewed = merge_and_write(place, datetime.date(2024, 1, 10))
    book = openpyxl.load_workbook(renewed)
    table = Table(book[ACTIONS], "No")
    rows = table.by_key()

    def of(name: str, *titles: str) -> list[str]:
        return [shown(table.cell(rows[name], title).value) for title in titles]

    typed = of("A-Q1-PEX-NORTH", "Action", "Owner", "Delivery status", "Update")
    assert typed == ["Ask them", "Chief Nurse", "In progress", "Begun"]
    assert table.cell(rows["A-Q1-PEX-NORTH"], "Owner").comment.text == "Ask her"
    assert of("A-Q1-PEX-SOUTH", "Action", "Owner") == ["Phone the clinics", "Matron"]
    assert of("A-Q1-OBS-GROUP", "Action", "Owner", "Due date") == ["Visit at night", "Chair", "2024-03-01"]
    assert of("A-Q1-PTN-GROUP", "Action", "Owner", "Risk") == ["Hold a café", "Secretary", "4"]
    of_gaps = Table(book[GAPS], "Gap")
    assert of_gaps.cell(of_gaps.by_key()["G-Q1-PEX"], "Risk").value == 16
    assert OLD not in book.sheetnames
    assert "Our plan" not in book.sheetnames
    kept = [row[3:5] for row in book[KEPT].iter_rows(min_row=5, values_only=True)] if KEPT in book.sheetnames else []
    assert kept in ([], [("Gap", "Ours")])
    assert not [problem for problem in merged.problems if problem.code.startswith("history")]
    again, _ = merge_and_write(place, datetime.date(2024, 1, 17))
    assert [action.owner for action in again.actions if action.id == "A-Q1-PEX-NORTH"] == ["Chief Nurse"]


def test_without_its_folder_its_gaps_and_actions_are_read_from_the_sheet_alone(tmp_path: Path) -> None:
    (path,) = (SAMPLE / "merged").glob("*.xlsx")
    found = gaps(Path(shutil.copy(path, tmp_path / "alone.xlsx")))
    actions = {action.id: action for action in found.actions}
    assert (actions["A-Q1-PEX-GROUP"].action, actions["A-Q1-PEX-GROUP"].owner) == ("Ask them", "Chief Nurse")
    assert actions["A-Q1-PTN-GROUP"].action == "Hold a café"
    of_gap = {gap.id: gap for gap in found.gaps}
    assert of_gap["G-Q1-PEX"].actions == ("A-Q1-PEX-GROUP",)
    assert dict(of_gap["G-Q1-PEX"].stated) == {"NORTH": "No voices", "SOUTH": "Too few"}
    assert "Ours" not in of_gap
