"""Several localities in one workbook: its sums are theirs, what is signed is verified, nothing is mixed silently."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.domain.framework import Framework
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality
from icsassess.returns.reading.file.open_file import open_file
from icsassess.rollup.comparison import Rollup, roll_up, worst_in_words, worst_rating
from icsassess.rollup.find_workbooks import WorkbookToRead, find
from icsassess.rollup.layout import LINES, NOT_IN_ITS_FRAMEWORK, TABLE_NAMES
from icsassess.rollup.locality_summary import LocalitySummary, SkippedWorkbook
from icsassess.rollup.read_locality import _difference, read
from icsassess.rollup.reading import read_all
from icsassess.rollup.write import rollup_workbook, write_rollup
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.signing.content import Difference
from tests.support.frameworks import small_framework
from tests.support.libreoffice import recalculated, values
from tests.support.ready_locality import NAME, accept, answer, run, sign, signed_workbook, type_in
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

pytestmark = pytest.mark.begins_early

TEXT = '=HYPERLINK("http://example.org","Win")'
"""A locality's name, and a folder's, that would be a formula and a link."""


def locality(folder: Path, changes: dict[str, dict[str, str]] | None = None, name: str = "") -> Locality:
    """Make a locality of 36 lines, all Green with evidence but for the changes, and merge it."""
    place = locality_of(folder, {"NORTH": ""}, framework="cqc-la-2023", name=name or folder.name)
    answer(place, changes)
    merge_and_write(place, AS_AT)
    return place


def on_version(folder: Path, version: str, titles: dict[str, str]) -> Locality:
    """Make a locality on another version of a framework of one statement; ``titles`` rename statements."""
    place = locality_of(folder, {"NORTH": "W1"}, framework="cqc-la-2023", name=folder.name)
    made = small_framework(place.framework, {"W1"}, version)
    themes = [
        theme.model_copy(
            update={
                "statements": tuple(
                    found.model_copy(update={"title": titles.get(found.code, found.title)})
                    for found in theme.statements
                )
            }
        )
        for theme in made.themes
    ]
    place = Locality(place.folder, place.settings, Framework.model_construct(**{**dict(made), "themes": tuple(themes)}))
    fill_in(place, "Ref | Evidence | RAG\nW1-PEX | Survey | Green")
    merge_and_write(place, AS_AT)
    return place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of localities: one signed, one signed and tampered with, one Red, one on another version."""
    made = tmp_path_factory.mktemp("system")
    red = {"W1-PEX": {"RAG": "Red", "Gap": "No survey", "Action": "Ask people", "Owner": "Engagement lead"}}
    sign(locality_named(made / "Ashford", "Anytown"))
    tampered = locality_named(made / "Brook", "Brook")
    sign(tampered, *accept("actions-without-due-date"))
    unexplained = {
        "W1-STF": {"RAG": "N/A", "Reason for rating": "", "Evidence": ""},
        "S1-PEX": {"RAG": "N/A", "Reason for rating": "Another service does this"},
    }
    locality(made / "Clay", red | unexplained)
    locality(made / "Dell", red)
    on_version(made / "Elm", "2019-1", {"W1": "Assessing what people need"})
    (path,) = (made / "Brook" / "signed-off").glob("*.xlsx")
    type_in(path, "Assessment", "W1-PEX", {"Rating": "Amber"})
    return made


def locality_named(path: Path, name: str) -> Locality:
    return locality(path, name=name)


@pytest.fixture(scope="module")
def rolled(folder: Path) -> Rollup:
    return roll_up([folder], None)


@pytest.fixture(scope="module")
def book(rolled: Rollup, tmp_path_factory: pytest.TempPathFactory) -> Any:
    written = write_rollup(rolled, tmp_path_factory.mktemp("out") / "rollup.xlsx")
    return openpyxl.load_workbook(written.workbook, data_only=True)


def rows(book: Any, title: str) -> list[dict[str, Any]]:
    """Give the rows of a sheet's table by their headings."""
    sheet = book[title]
    (table,) = sheet.tables.values()
    headings, *below = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(headings, row, strict=True)) for row in below]


def row(book: Any, title: str, column: str, value: str) -> dict[str, Any]:
    return next(found for found in rows(book, title) if found[column] == value)


# --- Sums


def test_the_figures_of_a_locality_are_those_of_its_own_workbook(folder: Path, rolled: Rollup) -> None:
    for found in (one for one in rolled.localities if one.state != "changed"):
        place = folder / ("Ashford" if found.name == "Anytown" else found.name)
        (path,) = (place / "merged").glob("*.xlsx")
        theirs = rows(openpyxl.load_workbook(path, data_only=True), "Summary")[-1]
        counts = found.counts
        assert {word: theirs[word] for word in counts.by_word} == counts.by_word
        assert (theirs["Lines"], theirs["Rated"]) == (counts.lines, counts.rated)


def test_lines_rated_and_gaps_are_those_that_status_tells(folder: Path, tmp_path: Path) -> None:
    result = run("rollup", folder, "--output", tmp_path / "out.xlsx", "--json")
    by_name = {found["name"]: found for found in json.loads(result.stdout)["localities"]}
    for name in ("Clay", "Dell"):
        told = json.loads(run("status", folder / name, "--as-at", AS_AT.isoformat(), "--json").stdout)
        keys = ("lines", "rated", "gaps", "gaps_without_a_plan")
        assert {key: by_name[name][key] for key in keys} == {key: told[key] for key in keys}


def test_the_last_row_sums_up_the_localities_but_for_what_was_changed_after_signing(book: Any) -> None:
    *localities, total = rows(book, "Localities")
    assert total["Locality"] == "4 of 5 on cqc-la-2023"
    for title in ("Lines", "Red", "Green", "Rated", "Out of", "Gaps"):
        assert total[title] == sum(each[title] for each in localities if not each["State"].startswith("CHANGED"))


def test_only_not_applicable_with_a_reason_leaves_the_denominator(book: Any) -> None:
    clay = row(book, "Localities", "Locality", "Clay")
    assert (clay["Lines"], clay["Out of"]) == (36, 35)
    assert row(book, "Statements", "Code", "S1")["Clay"] == "Green – 3 of 3"
    assert row(book, "Statements", "Quality statement", "Assessing needs")["Clay"] == "Red – 1 of 4"


def test_a_blank_is_never_green(rolled: Rollup) -> None:
    by_word = {line.rating: line for found in rolled.localities for line in found.lines}
    green, blank = by_word["Green"], by_word["Left blank"]
    assert worst_in_words([green, green]) == "Green – 2 of 2"
    assert worst_in_words([green, blank]) == "Not all rated – 1 of 2 Green"
    assert worst_in_words([blank, blank]) == "Left blank – 0 of 2"
    assert [worst_rating(lines) for lines in ([green, green], [green, blank], [blank, blank])] == ["Green", None, None]


# --- Signed


def test_a_cell_that_was_or_is_empty_is_told_as_nothing() -> None:
    assert _difference(Difference("cell", "Assessment", "G5", None, "Red")) == "Assessment, G5: was ‘nothing’, is ‘Red’"
    assert _difference(Difference("cell", "Assessment", "G5", "Red", "")) == "Assessment, G5: was ‘Red’, is ‘nothing’"


def test_a_signed_locality_is_verified_and_says_by_whom(book: Any) -> None:
    found = row(book, "Signatures", "Locality", "Anytown")
    assert found["State"] == "Signed and verified"
    assert NAME in found["Signed by"]
    assert "cells on" in found["What was looked at, and what to know"]


def test_one_tampered_locality_shows_as_tampered_with_its_changed_cells(rolled: Rollup, book: Any) -> None:
    found = row(book, "Signatures", "Locality", "Brook")
    assert found["State"] == "CHANGED since it was signed"
    assert re.search(r"Assessment, [A-Z]+5: was ‘Green’, is ‘Amber’", found["First changes since it was signed"])
    assert [one.name for one in rolled.localities if one.state == "changed"] == ["Brook"]
    assert "Brook (CHANGED since signed)" in rows(book, "Statements")[0]
    assert [problem.code for problem in rolled.problems] == ["rollup-changed-since-signed"]


def test_what_was_changed_after_signing_stands_in_no_total(rolled: Rollup, book: Any) -> None:
    honest = [locality for locality in rolled.localities if locality.state != "changed"]
    assert 0 < len(honest) < len(rolled.localities)
    framework = honest[0].framework.id
    of_framework = [locality for locality in rolled.localities if locality.framework.id == framework]
    counted = [locality for locality in honest if locality.framework.id == framework]
    total = row(book, "Localities", "Locality", f"{len(counted)} of {len(of_framework)} on {framework}")
    for word in ("Red", "Amber", "Green"):
        assert total[word] == sum(locality.counts.by_word[word] for locality in counted)
    assert all(line.gaps <= len(honest) for line in rolled.lines)


def test_a_locality_that_merged_again_after_signing_is_not_signed(tmp_path: Path) -> None:
    place = locality_named(tmp_path / "place", "Anytown")
    sign(place)
    answer(place, {"W1-PEX": {"RAG": "Red"}})
    merge_and_write(place, AS_AT + datetime.timedelta(weeks=1))
    (found,) = roll_up([place.folder], None).localities
    assert (found.state, found.counts.by_word["Red"]) == ("not signed", 1)
    assert "merged again after it was signed" in found.remarks[0]


def test_a_signed_workbook_that_left_its_folder_is_checked_against_its_own_code(folder: Path, tmp_path: Path) -> None:
    (path,) = (folder / "Ashford" / "signed-off").glob("*.xlsx")
    shutil.copy(path, tmp_path / "sent.xlsx")
    (found,) = roll_up([tmp_path / "sent.xlsx"], None).localities
    assert (found.name, found.state) == ("Anytown", "as signed")
    assert any("Compare it with the minutes" in remark for remark in found.remarks)


def test_a_manifest_that_was_taken_away_or_broken_hides_no_signed_workbook(tmp_path: Path) -> None:
    place = locality_named(tmp_path / "place", "Anytown")
    sign(place)
    signed_workbook(place).with_suffix(".json").write_text('{"history": 5}', encoding="utf-8")
    (found,) = roll_up([place.folder], None).localities
    assert found.file.startswith("Anytown/signed-off/")
    assert found.state == "changed"


# --- Frameworks


def test_a_statement_that_another_version_words_differently_is_another_row(book: Any) -> None:
    old = row(book, "Statements", "Quality statement", "Assessing what people need")
    new = row(book, "Statements", "Quality statement", "Assessing needs")
    assert (old["Code"], new["Code"]) == ("W1", "W1")
    assert old["Clay"] == new["Elm"] == NOT_IN_ITS_FRAMEWORK
    assert (old["Red in"], new["Red in"]) == ("0 of 1", "2 of 3")
    assert row(book, "Localities", "Locality", "Elm")["Framework"] == "cqc-la-2023, version 2019-1"


def test_two_exercises_of_one_name_stay_two_and_are_not_counted_together(folder: Path, tmp_path: Path) -> None:
    system = locality_of(tmp_path / "ics", {"NORTH": "Q1"}, name="Clay")
    fill_in(system, "Ref | Evidence | RAG\nQ1-PEX | Survey | Green")
    merge_and_write(system, AS_AT)
    found = roll_up([folder / "Clay", system.folder], None)
    assert found.labels == ("Clay (cqc-ics-2023)", "Clay (cqc-la-2023)")
    written = write_rollup(found, tmp_path / "out.xlsx")
    totals = [one["Locality"] for one in rows(openpyxl.load_workbook(written.workbook), "Localities")[-2:]]
    assert totals == ["All 1 on cqc-ics-2023", "All 1 on cqc-la-2023"]


def test_rows_that_were_taken_out_of_a_workbook_count_as_not_rated(folder: Path, tmp_path: Path) -> None:
    (path,) = (folder / "Dell" / "merged").glob("*.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Assessment"].delete_rows(6)
    workbook.save(tmp_path / "Dell 2024-01-10.xlsx")
    found = roll_up([tmp_path / "Dell 2024-01-10.xlsx"], None)
    assert [problem.code for problem in found.problems] == ["rollup-lines-missing"]
    assert found.localities[0].counts.lines == found.localities[0].counts.out_of == 36


# --- What localities have in common


def test_gaps_that_several_share_and_strengths_that_one_lacks_come_with_their_denominators(book: Any) -> None:
    (gap,) = [found for found in rows(book, "Shared gaps") if found["Ref"] == "W1-PEX"]
    assert (gap["Gap in"], gap["Clay"], gap["Anytown"]) == ("2 of 3", "Red – plan incomplete", "Green – no gap")
    (strength,) = [found for found in rows(book, "Strengths to share") if found["Ref"] == "W1-PEX"]
    assert (strength["Green with evidence in"], strength["Lacking in"]) == ("1 of 3", "2 of 3")
    assert (strength["Anytown"], strength["Dell"]) == ("Green – 1 piece of evidence", "Red – gap")


def test_every_cell_leads_to_the_locality_s_own_line(rolled: Rollup, tmp_path: Path, folder: Path) -> None:
    workbook = openpyxl.load_workbook(write_rollup(rolled, tmp_path / "out.xlsx").workbook)
    register = {cell.value: cell.row for cell in workbook[LINES]["A"]}
    led = 0
    for title in ("Statements", "Themes", "Shared gaps", "Strengths to share"):
        for cells in workbook[title].iter_rows(min_row=5):
            for cell in cells:
                found = re.search(r'MATCH\("([^"]+)"', str(cell.value))
                if found is not None:
                    assert found.group(1) in register
                    led += 1
    assert led > 60
    line = row(workbook, LINES, "No. and Ref", f"{rolled.labels.index('Dell') + 1}/W1-PEX")
    assert (line["Locality"], line["Sheet"]) == ("Dell", "Assessment")
    theirs = openpyxl.load_workbook(folder / line["Workbook"], data_only=True)
    assert theirs["Assessment"][line["Cell"]].value == line["Rating"] == "Red"
    assert (line["Actions"], line["Late"]) == (1, 0)


# --- Since the last one


def test_the_next_roll_up_tells_what_moved_and_is_kept_beside_the_last(folder: Path, tmp_path: Path) -> None:
    place = locality(tmp_path / "places" / "Fern")
    locality(tmp_path / "places" / "Gorse")
    first = write_rollup(roll_up([tmp_path / "places"], None), tmp_path / "out.xlsx")
    assert first.last is None
    again = write_rollup(roll_up([tmp_path / "places"], None), tmp_path / "out.xlsx")
    assert (again.workbook.name, again.changes) == ("out (2).xlsx", [])
    answer(place, {"W1-PEX": {"RAG": "Red"}})
    merge_and_write(place, AS_AT + datetime.timedelta(weeks=1))
    shutil.rmtree(tmp_path / "places" / "Gorse")
    third = write_rollup(roll_up([tmp_path / "places"], None), tmp_path / "out.xlsx")
    told = [(one.locality, one.change.kind) for one in third.changes]
    assert ("Fern", "rating fell") in told
    assert ("Gorse", "locality left") in told
    assert third.last is not None
    assert third.last.name == "out (2).json"


def test_a_return_that_came_since_the_last_roll_up_lets_no_rating_fall(tmp_path: Path) -> None:
    place = locality_of(tmp_path / "Fern", {"NORTH": "W1", "SOUTH": "W1"}, framework="cqc-la-2023", name="Fern")
    for day, partner, rating in ((AS_AT, "NORTH", "Green"), (AS_AT + datetime.timedelta(weeks=1), "SOUTH", "Red")):
        fill_in(place, f"Ref | Evidence | RAG\nW1-PEX | Survey | {rating}", partner=partner, file=f"{partner}.xlsx")
        merge_and_write(place, day)
        rolled = write_rollup(roll_up([tmp_path / "Fern"], None), tmp_path / "out.xlsx")
    assert [(one.change.kind, one.change.partner, one.change.cause) for one in rolled.changes] == [
        ("return received", "SOUTH", "return came")
    ]
    assert rolled.changes[0].change.sentence == (
        "SOUTH has returned; with it 1 line is worse than the others had put it."
    )


def test_a_record_that_was_changed_is_told_of_and_not_compared_with(folder: Path, tmp_path: Path) -> None:
    first = write_rollup(roll_up([folder / "Dell"], None), tmp_path / "out.xlsx")
    first.record.write_text(first.record.read_text("utf-8").replace('"Red"', '"Green"'), encoding="utf-8")
    second = write_rollup(roll_up([folder / "Dell"], None), tmp_path / "out.xlsx")
    assert second.last is None
    assert [problem.code for problem in second.problems] == ["rollup-record-broken"]


def test_the_same_workbooks_give_the_same_bytes_in_whatever_order_they_are_named(folder: Path) -> None:
    paths = [folder / name for name in ("Clay", "Dell", "Elm")]
    both = (rollup_workbook(roll_up(order, None)) for order in (paths, paths[::-1]))
    assert len({hashlib.sha256(data).hexdigest() for data in both}) == 1


def test_workbooks_read_side_by_side_say_the_same(folder: Path) -> None:
    found = find([folder])
    assert read_all(found, processes=2) == read_all(found, processes=0)


@pytest.mark.skipif(sys.platform != "linux", reason="what is simulated here is inherited by forking")
def test_a_workbook_that_brings_its_process_down_costs_only_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbooks = find([folder])
    each_alone = read_all(workbooks, processes=0)
    victim = next(number for number, result in enumerate(each_alone) if isinstance(result, LocalitySummary))

    def crash(workbook: WorkbookToRead) -> object:
        return os._exit(9) if workbook == workbooks[victim] else read(workbook)

    monkeypatch.setattr("icsassess.rollup.reading.read", crash)
    results = read_all(workbooks, processes=2)
    lost = results[victim]
    assert isinstance(lost, SkippedWorkbook)
    assert lost.problem.code == "rollup-unreadable"
    assert [*results[:victim], *results[victim + 1 :]] == [*each_alone[:victim], *each_alone[victim + 1 :]]


# --- What cannot be used


def test_a_bad_workbook_is_refused_with_a_point_and_the_others_go_on(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "Dell", tmp_path / "Dell")
    (tmp_path / "cut off.xlsx").write_bytes(b"PK\x03\x04 and no more")
    locality_of(tmp_path / "Nothing yet", name="Nothing yet")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "locality.toml").write_text("name = ", encoding="utf-8")
    (a_return,) = (folder / "Dell" / "returns").glob("*.xlsx")
    shutil.copy(a_return, tmp_path / "a return.xlsx")
    result = run("rollup", tmp_path, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {found["name"]: found["verdict"] for found in told["localities"]} == {
        "Dell": "not signed", "broken": None, "cut off": None, "Nothing yet": None,
    }  # fmt: skip
    codes = sorted(problem["code"] for problem in told["problems"])
    assert codes == ["data-line-faulty", "rollup-left-out", "rollup-nothing-merged", "rollup-unreadable"]
    again = run("rollup", tmp_path, "--json")
    assert sorted(problem["code"] for problem in json.loads(again.stdout)["problems"]) == codes, "not its own output"


def test_where_nothing_can_be_used_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_bytes(b"")
    result = run("rollup", tmp_path, tmp_path / "not there")
    assert result.exit_code == 2
    assert "Nothing was written" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.xlsx"]


def test_an_output_that_is_no_workbook_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"ends in \.xlsx"):
        write_rollup(roll_up([folder / "Dell"], None), tmp_path / "out.pdf")


def test_of_two_workbooks_of_one_locality_the_newer_counts_and_the_other_is_told_of(tmp_path: Path) -> None:
    place = locality(tmp_path / "Fern")
    answer(place, {"W1-PEX": {"RAG": "Red"}})
    merge_and_write(place, AS_AT + datetime.timedelta(weeks=1))
    found = roll_up(sorted((place.folder / "merged").iterdir()), None)
    assert [one.as_at for one in found.localities] == [AS_AT + datetime.timedelta(weeks=1)]
    assert [problem.code for problem in found.problems] == ["rollup-same-locality"]


# --- Text stays text


def test_a_copy_that_was_tampered_with_never_takes_the_place_of_the_signed_workbook(
    folder: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(folder / "Ashford", tmp_path / "Ashford"))
    (signed,) = (place / "signed-off").glob("*.xlsx")
    forged = tmp_path / "forged.xlsx"
    shutil.copy(signed, forged)
    type_in(forged, "Assessment", "W1-PEX", {"Reason for agreed RAG": "Forged"})
    rolled = roll_up([tmp_path], None)
    assert [one.state for one in rolled.localities] == ["as signed"]
    assert [problem.sheet for problem in rolled.problems if problem.code == "rollup-same-locality"] == ["forged.xlsx"]


def test_names_that_would_be_formulas_or_links_stay_text(tmp_path: Path) -> None:
    place = locality(tmp_path / "place", name=TEXT)
    (path,) = (place.folder / "merged").glob("*.xlsx")
    shutil.move(path, tmp_path / "=cmd 2024-01-10.xlsx")
    data = write_rollup(roll_up([tmp_path / "=cmd 2024-01-10.xlsx"], None), tmp_path / "out.xlsx").workbook
    workbook = openpyxl.load_workbook(data)
    formulas = [
        str(cell.value) for sheet in workbook for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"
    ]
    assert formulas
    assert not [text for text in formulas if "example.org" in text or "cmd" in text]
    targets = [link.target for sheet in workbook for link in sheet._hyperlinks if link.target]
    assert targets == []
    opened = open_file(data)
    assert opened.workbook is not None
    assert opened.workbook.external_links == ()


# --- The workbook as a whole


def test_every_sheet_has_one_named_table_a_title_and_no_merged_cell(book: Any) -> None:
    assert [next(iter(sheet.tables)) for sheet in book] == list(TABLE_NAMES.values())
    for sheet in book:
        assert len(sheet.tables) == 1
        assert sheet["A1"].value.startswith(f"{sheet.title} – Roll-up of 5 localities")
        assert sheet["A3"].value == "OFFICIAL-SENSITIVE"
        assert not sheet.merged_cells.ranges


def test_the_long_register_of_evidence_is_not_read(folder: Path) -> None:
    (path,) = (folder / "Dell" / "merged").glob("*.xlsx")
    whole, part = open_file(path).workbook, open_file(path, {"Evidence"}).workbook
    assert whole is not None
    assert part is not None
    assert {sheet.title for sheet in whole.sheets} - {sheet.title for sheet in part.sheets} == {"Evidence"}


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_links_and_sums_give_the_same_when_worked_out_again(rolled: Rollup, tmp_path: Path) -> None:
    path = write_rollup(rolled, tmp_path / "rollup.xlsx").workbook
    again = recalculated([path], tmp_path) / path.name
    now, then = (values(openpyxl.load_workbook(one, data_only=True)) for one in (again, path))
    assert now == then


def test_a_green_line_for_which_an_expected_partner_has_not_answered_is_no_strength(tmp_path: Path) -> None:
    place = locality_of(tmp_path / "Elm", {"NORTH": "", "SOUTH": "W1"}, framework="cqc-la-2023", name="Elm")
    answer(place)
    silent = place.folder / "returns"
    for path in silent.glob("*SOUTH*"):
        path.unlink()
    merge_and_write(place, AS_AT)
    (elm,) = roll_up([place.folder], None).localities
    assert (elm.returns.received, elm.returns.expected) == (1, 2)
    by_statement = {line.ref.split("-")[0]: line.is_strength for line in elm.lines if line.rating == "Green"}
    assert by_statement["W1"] is False
    assert any(by_statement.values()), "of lines that SOUTH was not asked for nobody is missing"


def test_late_actions_are_counted_also_on_lines_that_are_no_gaps(tmp_path: Path) -> None:
    late = {"Action": "Ask people", "Owner": "Head", "Due date": "2023-12-01"}
    place = locality(tmp_path / "Fir", {"W1-PEX": late, "W1-STF": {**late, "RAG": "Red"}})
    (fir,) = roll_up([place.folder], None).localities
    assert [gap.ref for gap in fir.gaps] == ["W1-STF"]
    assert (fir.actions.total(), fir.actions["overdue"]) == (2, 2)


def test_shared_gaps_weigh_by_red_then_without_plan_then_late(rolled: Rollup) -> None:
    weights = []
    for shared in rolled.shared_gaps:
        lines = [of[0] for of, counts in zip(shared.lines, rolled.counted, strict=True) if of and counts]
        gaps = [line.gap for line in lines if line.gap]
        red = sum(line.counted == "Red" for line in lines)
        weights.append((red, sum(gap.plan == "needs a plan" for gap in gaps), sum(gap.late > 0 for gap in gaps)))
    assert weights
    assert weights == [(one.reds, one.without_plan, one.late) for one in rolled.shared_gaps]
    assert weights == sorted(weights, reverse=True)


def test_who_has_not_returned_is_named(rolled: Rollup, book: Any) -> None:
    for locality, shown in zip(rolled.localities, rows(book, "Localities"), strict=False):
        received, expected, missing = locality.returns
        assert received is not None
        assert expected is not None
        assert len(missing) == expected - received
        assert (shown["Not yet returned"] or "") == "; ".join(missing)


def test_localities_of_two_days_are_never_added(rolled: Rollup, tmp_path: Path) -> None:
    day = rolled.localities[0].as_at
    assert day is not None
    first, *others = rolled.localities
    apart = replace(rolled, localities=(replace(first, as_at=day - datetime.timedelta(days=60)), *others))
    path = tmp_path / "apart.xlsx"
    path.write_bytes(rollup_workbook(apart))
    shown = rows(openpyxl.load_workbook(path, data_only=True), "Localities")
    totals = [one for one in shown if " on " in str(one["Locality"])]
    days = {one.as_at for one, counts in zip(apart.localities, apart.counted, strict=True) if counts}
    assert {one["As at"].date() for one in totals} == days
    for total in totals:
        same = [
            one
            for one, counts in zip(apart.localities, apart.counted, strict=True)
            if counts and one.as_at == total["As at"].date() and f" on {one.framework.id}" in total["Locality"]
        ]
        assert total["Red"] == sum(one.counts.by_word["Red"] for one in same)
