"""What a partner answers on the Feedback sheet settles the point, as long as the cell holds what it held."""

from __future__ import annotations

import datetime
import itertools
import json
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from icsassess.assessment.merging.merge import merge_folder
from icsassess.cli import cli
from icsassess.domain.problems import Problem
from icsassess.locality.locality import Locality
from icsassess.returns.checking.check import Checked, check_all
from icsassess.returns.feedback.write import write_feedback
from icsassess.returns.reading.session import read_all
from tests.support.libreoffice import saved_by_libreoffice
from tests.support.returns_dsl import AS_AT, COMPLETED, SHEET, fill_in, locality_of

NORTH = """
    Ref    | Evidence          | Where it is kept | Evidence date | RAG    | Gap     | Action   | Owner | Due date
    Q1-PEX | Audit of our care | Shared drive     | 2019-01-31    | Green  |         |          |       |
    Q1-STF | Staff survey      | Shared drive     | 2023-11-01    | Amber  | Too few | Ask more |       | 2024-03-01
    Q1-PTN | Minutes           | Shared drive     | 2023-11-01    | Ambrish |        |          |       |
"""
REASON = "This date is right: the audit was in 2019."


def put_return(place: Locality, partner: str, text: str, name: str, on: datetime.date = COMPLETED) -> None:
    fill_in(place, text, partner=partner, file=name, cover={"Date completed": on})


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    locality = locality_of(tmp_path)
    put_return(locality, "NORTH", NORTH, name="First.xlsx")
    return locality


def checked(place: Locality) -> Checked:
    return check_all(read_all(place.return_files(), place), place, AS_AT)


def copies(place: Locality) -> list[Path]:
    """Mark all returns, as they are checked; gives the copies in the returns' order."""
    files = place.return_files()
    return write_feedback(list(zip(files, checked(place).returns, strict=True)), place)


def sent_back(copy: Path, edit: Callable[[Workbook], None], name: str = "Second.xlsx") -> Path:
    """Let a partner work in its marked copy, and send it back in the place of what it sent before."""
    book = openpyxl.load_workbook(copy)
    edit(book)
    target = copy.parent.parent / "returns" / name
    for earlier in target.parent.iterdir():
        earlier.unlink()
    book.save(target)
    return target


def points_on(book: Workbook) -> dict[tuple[str, str], int]:
    """Give the row of each point on the Feedback sheet, by code and line."""
    sheet = book["Feedback"]
    heading = next(row for row in range(1, 60) if sheet.cell(row, 6).value == "Your answer")
    rows = range(heading + 1, sheet.max_row + 1)
    return {(str(sheet.cell(row, 9).value), str(sheet.cell(row, 3).value or "")): row for row in rows}


def answering(
    answers: Mapping[tuple[str, str], object], *further: Callable[[Workbook], None]
) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        rows = points_on(book)
        for point, text in answers.items():
            book["Feedback"].cell(rows[point], 6).value = text  # type: ignore[assignment]
            if str(text).startswith("="):
                book["Feedback"].cell(rows[point], 6).data_type = "s"
        for change in further:
            change(book)

    return edit


def typed(address: str, value: object) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[SHEET][address].value = value

    return edit


def codes(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.code, problem.ref or "") for problem in problems}


OWNER = ("action-without-owner", "Q1-STF")
BLOCKER = ("rating-not-understood", "Q1-PTN")


def test_an_answered_point_is_settled_and_shown_with_its_answer(place: Locality) -> None:
    assert OWNER in codes(checked(place).returns[0].problems)
    sent_back(copies(place)[0], answering({OWNER: "Our chief nurse has been asked."}))
    (read,) = checked(place).returns
    assert OWNER not in codes(read.problems)
    (point,) = read.answered
    assert (point.code, point.cell, point.answer) == (OWNER[0], "K6", "Our chief nurse has been asked.")
    told = CliRunner().invoke(cli, ["check", str(place.folder)]).output
    assert "3 entries; 1 point answered by the partner" in told
    (file,) = json.loads(CliRunner().invoke(cli, ["check", str(place.folder), "--json"]).output)["files"]
    (in_json,) = [problem for problem in file["problems"] if problem.get("answer")]
    assert (in_json["code"], in_json["answer"]) == (OWNER[0], "Our chief nurse has been asked.")


def test_the_next_marked_copy_shows_the_answer_and_marks_the_cell_no_more(place: Locality) -> None:
    first = openpyxl.load_workbook(copies(place)[0])
    assert first[SHEET]["K6"].comment is not None
    sent_back(copies(place)[0], answering({OWNER: "Our chief nurse."}))
    (copy,) = copies(place)
    assert copy.name == "Second - NORTH - feedback 2.xlsx"
    book = openpyxl.load_workbook(copy)
    row = points_on(book)[OWNER]
    assert [book["Feedback"].cell(row, column).value for column in (6, 7)] == ["Our chief nurse.", "Answered"]
    assert book[SHEET]["K6"].comment is None
    assert "K6" not in {str(area.sqref) for area in book[SHEET].conditional_formatting}
    assert "You have answered 1 point." in str(book["Feedback"]["A5"].value)


def test_a_cell_that_changed_is_asked_anew(place: Locality) -> None:
    date = ("evidence-stale-for-green", "Q1-PEX")
    before = codes(checked(place).returns[0].problems)
    stale = next(point for point in before if point[1] == "Q1-PEX")
    sent_back(copies(place)[0], answering({stale: REASON}, typed("F5", "2018-01-31"), typed("G5", "Green")))
    assert stale in codes(checked(place).returns[0].problems), date


def test_a_later_return_from_their_own_file_is_not_asked_either(place: Locality) -> None:
    sent_back(copies(place)[0], answering({OWNER: "Our chief nurse."}))
    put_return(place, "NORTH", NORTH.replace("Ambrish", "Amber"), name="Third.xlsx", on=datetime.date(2024, 1, 9))
    for read in checked(place).returns:
        assert OWNER not in codes(read.problems), read.file


def test_the_answer_outlives_the_file_it_came_in(place: Locality) -> None:
    sent_back(copies(place)[0], answering({OWNER: "Our chief nurse."}))
    copies(place)
    for path in place.return_files():
        path.unlink()
    put_return(place, "NORTH", NORTH, name="First.xlsx")
    (read,) = checked(place).returns
    assert [point.answer for point in read.answered] == ["Our chief nurse."]
    put_return(place, "NORTH", NORTH.replace("Ask more |       |", "Ask more | TBC   |"), name="First.xlsx")
    assert not checked(place).returns[0].answered


def test_a_blocker_cannot_be_answered_away(place: Locality) -> None:
    copy = copies(place)[0]
    book = openpyxl.load_workbook(copy)
    assert "cannot be answered" in str(book["Feedback"].cell(points_on(book)[BLOCKER], 6).value)
    sent_back(copy, answering({BLOCKER: "We always write it so."}))
    (read,) = checked(place).returns
    assert BLOCKER in codes(read.problems)
    (told,) = [point for point in read.problems if point.code == "blocker-answered"]
    assert "We always write it so." in told.message
    assert (told.sheet, told.cell) == (SHEET, "G7")


def test_another_partners_answer_counts_for_nobody_else(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1", "SOUTH": "Q1"})
    put_return(place, "NORTH", NORTH, name="NORTH.xlsx")
    put_return(place, "SOUTH", NORTH, name="SOUTH.xlsx")
    copy = next(path for path in copies(place) if "NORTH" in path.name)
    book = openpyxl.load_workbook(copy)
    answering({OWNER: "Our chief nurse."})(book)
    book.save(place.folder / "returns" / "NORTH.xlsx")
    north, south = checked(place).returns
    assert (len(north.answered), len(south.answered)) == (1, 0)


def test_an_answer_is_text_and_an_nhs_number_in_it_is_masked_and_told(place: Locality) -> None:
    sent_back(copies(place)[0], answering({OWNER: "=HYPERLINK(1) for 943 476 5919"}))
    (read,) = checked(place).returns
    assert [point.answer for point in read.answered] == ["=HYPERLINK(1) for [NHS number]"]
    assert [(p.sheet, p.code) for p in read.problems if p.code == "personal-data"] == [("Feedback", "personal-data")]
    book = openpyxl.load_workbook(copies(place)[0])
    cell = book["Feedback"].cell(points_on(book)[OWNER], 6)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1) for [NHS number]", "s")


def test_the_workbook_lists_what_is_answered_apart_and_counts_it_nowhere(place: Locality) -> None:
    before = merge_folder(place, AS_AT)
    sent_back(copies(place)[0], answering({OWNER: "Our chief nurse."}))
    after = merge_folder(place, AS_AT)
    assert OWNER in codes(before.counted_problems)
    assert OWNER not in codes(after.counted_problems)
    assert [point.answer for point in after.answered] == ["Our chief nurse."]
    assert after.returns[0].warnings == before.returns[0].warnings - 1


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 12))])
def test_over_any_rounds_an_answer_stands_until_its_cell_changes(place: Locality, seed: int) -> None:
    """A partner answers what it likes and changes what it likes, always in the newest marked copy."""
    chance = random.Random(seed)
    for path in place.return_files():
        path.unlink()
    put_return(place, "NORTH", NORTH.replace("Ambrish", "Amber"), name="First.xlsx")
    settled: dict[tuple[str, str], str] = {}
    for week in range(4):
        (copy,) = copies(place)
        (read,) = checked(place).returns
        assert settled.keys() == codes(read.answered), week
        open_points = sorted(codes([p for p in read.problems if p.severity != "blocker" and p.cell]))
        picked = chance.sample(open_points, min(2, len(open_points)))
        cells = {(p.code, p.ref or ""): p.cell for p in [*read.problems, *read.answered] if p.cell}
        changed = chance.choice(sorted(settled)) if settled and chance.random() < 0.5 else None
        edits = [] if changed is None else [typed(str(cells[changed]), f"Changed in week {week}")]
        sent_back(copy, answering(dict.fromkeys(picked, f"Answer {week}"), *edits), f"Week {week}.xlsx")
        settled |= dict.fromkeys(picked, f"Answer {week}")
        if changed is not None:
            touched = cells[changed]
            settled = {point: text for point, text in settled.items() if cells[point] != touched}
        (after,) = checked(place).returns
        assert {(p.code, p.ref or ""): p.answer for p in after.answered} == settled, week


def test_of_two_points_alike_the_one_that_was_answered_is_settled(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    two = NORTH + "    Q1-STF | Rota | Shared drive | 2023-11-01 | Amber | Too few | Ask again | | 2024-03-01\n"
    put_return(place, "NORTH", two, name="First.xlsx")
    alike = [p for p in checked(place).returns[0].problems if (p.code, p.ref) == OWNER]
    assert len(alike) == 2
    sent_back(copies(place)[0], answering({OWNER: "The second of the two."}))  # the later row is the one in the mapping
    (read,) = checked(place).returns
    ((still,), (answered,)) = [[p for p in some if (p.code, p.ref) == OWNER] for some in (read.problems, read.answered)]
    assert {still.cell, answered.cell} == {p.cell for p in alike}
    assert answered.cell == max((str(p.cell) for p in alike), key=lambda cell: int(cell[1:]))


def test_what_a_partner_writes_beside_the_table_or_as_a_note_is_its_answer(place: Locality) -> None:
    def edit(book: Workbook) -> None:
        row = points_on(book)[OWNER]
        book["Feedback"].cell(row, 11).value = "Our chief nurse,"
        book["Feedback"].cell(row, 2).comment = Comment("since May.", "Somebody")

    sent_back(copies(place)[0], edit)
    assert {point.answer for point in checked(place).returns[0].answered} == {"since May.\nOur chief nurse,"}


def test_a_feedback_sheet_whose_columns_were_moved_is_still_ours(place: Locality) -> None:
    def edit(book: Workbook) -> None:
        answering({OWNER: "Our chief nurse."})(book)
        book["Feedback"].insert_cols(1)
        book["Feedback"].insert_rows(1)

    sent_back(copies(place)[0], edit)
    (read,) = checked(place).returns
    assert [point.answer for point in read.answered] == ["Our chief nurse."]
    assert "sheet-not-read" not in {point.code for point in read.problems}


def test_a_copy_of_a_copy_of_a_copy_is_a_marked_copy(place: Locality) -> None:
    for week, rating in zip(itertools.count(), ("Amber", "Gren", "Green")):
        (copy,) = copies(place)
        book = openpyxl.load_workbook(copy)
        assert book.sheetnames[:2] == ["Feedback", "Cover"], week
        assert len(book.sheetnames) == len(set(book.sheetnames)) == 4
        sent_back(copy, answering({}, typed("G7", rating), typed("K6", f"Role {week}")), f"Week {week}.xlsx")
    assert openpyxl.load_workbook(copies(place)[0]).sheetnames[:2] == ["Feedback", "Cover"]


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_copy_answered_and_saved_in_libreoffice_comes_back_marked(place: Locality, tmp_path: Path) -> None:
    back = sent_back(copies(place)[0], answering({OWNER: "Our chief nurse."}, typed("G7", "Amber")))
    saved_by_libreoffice(back, tmp_path / "profile")
    (read,) = checked(place).returns
    assert [point.answer for point in read.answered] == ["Our chief nurse."]
    book = openpyxl.load_workbook(copies(place)[0])
    assert book.sheetnames[:2] == ["Feedback", "Cover"]
    assert [cell.comment for cell in (book[SHEET]["G7"], book[SHEET]["K6"])] == [None, None]
