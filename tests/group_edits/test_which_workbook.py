"""Which workbook is the group's word: two laptops, tidied folders, old copies are told first, and nothing is lost."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest

from icsassess.assessment.history.record import records
from icsassess.assessment.merging.model import Merged
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import open_locality
from icsassess.round.merge_and_write import merge_and_write
from icsassess.view.assessment_view import View
from icsassess.view.priorities.worst_first import priorities
from tests.support.register import Table, shown
from tests.support.returns_dsl import fill_in, locality_of

DAYS = [datetime.date(2024, 1, day) for day in (3, 10, 17, 24)]


@pytest.fixture(scope="module")
def merged_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locality whose first merge was made, and nothing typed yet."""
    locality = locality_of(tmp_path_factory.mktemp("which") / "place", {"NORTH": "W1"}, framework="cqc-la-2023")
    fill_in(locality, "Ref | Evidence | RAG | Gap | Action\nW1-PEX | Report | Red | Voices | Ask", file="NORTH.xlsx")
    merge_and_write(locality, DAYS[0])
    return locality.folder


@pytest.fixture
def place(merged_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(merged_once, tmp_path / "place"))


def workbook(place: Path, day: int) -> Path:
    return place / "merged" / f"Anytown {DAYS[day]}.xlsx"


def agree(path: Path, ref: str, rating: str, reason: str = "Because we say so") -> None:
    """Type an agreed rating into a workbook, as somebody does in Excel."""
    book = openpyxl.load_workbook(path)
    table = Table(book["Assessment"], "Ref")
    row = next(row for row in range(5, 45) if shown(table.cell(row, "Ref").value) == ref)
    table.cell(row, "Agreed RAG").value = rating
    table.cell(row, "Reason for agreed RAG").value = reason
    book.save(path)


def merge(place: Path, day: int) -> Merged:
    return merge_and_write(open_locality(place), DAYS[day])[0]


def agreed(merged: Merged) -> dict[str, str]:
    return {line.ref: line.agreed for line in merged.lines if line.agreed}


def first(merged: Merged) -> str:
    """What a person reads first."""
    return priorities(View(merged))[0].sentence


def nobody_is_blamed(merged: Merged) -> bool:
    return not any(problem.code == "group-edit-without-a-place" for problem in merged.problems)


def test_what_was_typed_into_the_workbook_before_after_the_next_merge_is_taken_in_and_told_first(place: Path) -> None:
    merge(place, 1)
    agree(workbook(place, 0), "W1-STF", "Amber")
    merged = merge(place, 2)
    assert agreed(merged) == {"W1-STF": "Amber"}
    assert "it stems from the merge Anytown 2024-01-03 and was typed into since" in first(merged)
    assert nobody_is_blamed(merged)
    assert "typed into since" not in first(merge(place, 3)), "it is told once"


def test_where_the_newest_says_otherwise_the_newest_stands_and_the_other_is_named_until_it_is_settled(
    place: Path,
) -> None:
    merge(place, 1)
    agree(workbook(place, 0), "W1-STF", "Amber")
    agree(workbook(place, 1), "W1-STF", "Red")
    for day in (2, 3):
        merged = merge(place, day)
        assert agreed(merged) == {"W1-STF": "Red"}
        assert "Agreed RAG of W1-STF (Assessment), ‘Amber’ there and ‘Red’ here" in first(merged)


def test_an_old_workbook_that_was_read_in_time_is_no_news(place: Path) -> None:
    agree(workbook(place, 0), "W1-STF", "Amber")
    merge(place, 1)
    agree(workbook(place, 1), "W1-STF", "Green", "Agreed again")
    merged = merge(place, 2)
    assert agreed(merged) == {"W1-STF": "Green"}
    assert "Anytown 2024-01-03" not in " ".join(each.sentence for each in priorities(View(merged)))


def test_an_old_workbook_that_was_saved_again_and_holds_nothing_new_is_no_news(place: Path) -> None:
    merge(place, 1)
    openpyxl.load_workbook(workbook(place, 0)).save(workbook(place, 0))
    assert "Anytown 2024-01-03" not in first(merge(place, 2))


def test_of_two_laptops_the_other_ones_workbook_is_refused_with_what_it_holds_and_nothing_is_written(
    place: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(place, tmp_path / "other"))
    agree(workbook(place, 0), "W1-PEX", "Amber")
    agree(workbook(other, 0), "W1-STF", "Red")
    for folder in (place, other):
        merge(folder, 1)
    shutil.copy(workbook(other, 1), place / "merged" / "Anytown 2024-01-10 (2).xlsx")
    agree(place / "merged" / "Anytown 2024-01-10 (2).xlsx", "W1-PTN", "Green")
    before = sorted(path.name for path in (place / "merged").iterdir())
    with pytest.raises(Refusal) as refusal:
        merge(place, 2)
    assert "written by a merge on another computer" in str(refusal.value)
    assert "W1-PTN" in str(refusal.value)
    assert "W1-STF" in str(refusal.value)
    assert sorted(path.name for path in (place / "merged").iterdir()) == before


def test_under_the_name_of_our_own_workbook_too(place: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(place, tmp_path / "other"))
    agree(workbook(other, 0), "W1-STF", "Red")
    for folder in (place, other):
        merge(folder, 1)
    shutil.copy(workbook(other, 1), workbook(place, 1))
    agree(workbook(place, 1), "W1-PTN", "Green")
    with pytest.raises(Refusal, match="W1-PTN"):
        merge(place, 2)


def test_with_the_other_laptops_history_here_both_are_reconciled_three_ways(place: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(place, tmp_path / "other"))
    agree(workbook(place, 0), "W1-PEX", "Amber")
    agree(workbook(other, 0), "W1-STF", "Red")
    for folder in (place, other):
        merge(folder, 1)
    agree(workbook(other, 1), "W1-PTN", "Green")
    agree(workbook(place, 1), "W1-PRO", "Amber")
    shutil.copy(workbook(other, 1), place / "merged" / "Anytown 2024-01-10 laptop.xlsx")
    for ending in (".json", ".xlsx"):
        shutil.copy(
            other / "history" / f"Anytown 2024-01-10{ending}", place / "history" / f"Anytown 2024-01-10 laptop{ending}"
        )
    merged = merge(place, 2)
    assert agreed(merged) == {"W1-PEX": "Amber", "W1-STF": "Red", "W1-PTN": "Green", "W1-PRO": "Amber"}
    assert nobody_is_blamed(merged)
    assert "was typed into since" in first(merged)


def test_another_localitys_workbook_is_not_read_and_named_first(place: Path, tmp_path: Path) -> None:
    elsewhere = locality_of(tmp_path / "elsewhere", {"NORTH": "W1"}, framework="cqc-la-2023")
    settings = elsewhere.folder / "locality.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Anytown", "Othertown"), encoding="utf-8")
    _, path = merge_and_write(open_locality(elsewhere.folder), DAYS[2])
    agree(path, "W1-STF", "Red")
    shutil.copy(path, place / "merged")
    merged = merge(place, 1)
    assert agreed(merged) == {}
    assert "it is the workbook of Othertown" in first(merged)


def test_what_was_typed_on_a_copy_of_a_sheet_is_taken_in_and_the_copy_goes(place: Path) -> None:
    book = openpyxl.load_workbook(workbook(place, 0))
    copied = book.copy_worksheet(book["Assessment"])
    copied.title = "Assessment (2)"
    Table(copied, "Ref").cell(5, "Agreed RAG").value = "Amber"
    book.save(workbook(place, 0))
    ref = shown(Table(copied, "Ref").cell(5, "Ref").value)
    merged = merge(place, 1)
    assert agreed(merged) == {ref: "Amber"}
    assert "this sheet is a copy of ‘Assessment’" in first(merged)
    assert "Assessment (2)" not in openpyxl.load_workbook(workbook(place, 1)).sheetnames
    assert nobody_is_blamed(merged)


def test_a_copy_of_a_sheet_that_says_otherwise_stays_and_is_named(place: Path) -> None:
    book = openpyxl.load_workbook(workbook(place, 0))
    copied = book.copy_worksheet(book["Assessment"])
    copied.title = "Assessment (2)"
    Table(copied, "Ref").cell(5, "Agreed RAG").value = "Amber"
    Table(book["Assessment"], "Ref").cell(5, "Agreed RAG").value = "Red"
    book.save(workbook(place, 0))
    merged = merge(place, 1)
    assert set(agreed(merged).values()) == {"Red"}
    assert "‘Amber’" in first(merged)
    assert "Assessment (2)" in openpyxl.load_workbook(workbook(place, 1)).sheetnames


def test_a_workbook_that_somebody_has_open_is_told_first(place: Path) -> None:
    (place / "merged" / f"~$Anytown {DAYS[0]}.xlsx").write_bytes(b"somebody")
    assert "somebody has the workbook open" in first(merge(place, 1))


def test_the_newest_workbook_gone_and_put_back_is_read_after_all(place: Path, tmp_path: Path) -> None:
    merge(place, 1)
    agree(workbook(place, 1), "W1-STF", "Red")
    shutil.move(workbook(place, 1), tmp_path / "tidied.xlsx")
    assert "its workbook is not in merged/" in first(merge(place, 2))
    shutil.move(tmp_path / "tidied.xlsx", workbook(place, 1))
    assert agreed(merge(place, 3)) == {"W1-STF": "Red"}
    assert [record.number for record in records(open_locality(place))[0]] == [1, 2, 3, 4]
