"""What moved between two merges, told in sentences and as data; points of the last return are followed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from icsassess.assessment.history.model import KINDS
from icsassess.assessment.history.point_progress import since_last
from icsassess.cli import cli
from icsassess.locality.locality import Locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.register import ASSESSMENT, GAPS, Table
from tests.support.returns_dsl import fill_in, locality_of, points, row

FIRST, SECOND, THIRD = (datetime.date(2024, 1, day) for day in (3, 10, 17))
TITLES = "Ref | Evidence | Evidence date | RAG | Gap | Action | Owner | Due date | Action status"
BEFORE = """
    Q1-PEX | A | 2023-12-01 | Green |       |       |       |            |
    Q1-STF | A | 2023-12-01 | Red   | Nights| Ask   | Head  | 2024-01-05 | Not started
    Q1-PTN | A | 2023-12-01 | Amber | Few   | Write | Head  | 2024-02-01 | Not started
    Q1-OBS | A | 2023-12-01 | Amber | Few   | Visit | Head  | 2024-02-01 | In progress
    Q1-PRO |   |            |       |       |       |       |            |
    Q1-OUT | A | 2023-12-01 | Amber | Few   |       |       |            |
"""
AFTER = """
    Q1-PEX | A | 2023-12-01 | Red   | Voice |       |       |            |
    Q1-STF | A | 2023-12-01 | Amber | Nights| Ask   | Head  | 2024-01-05 | Not started
    Q1-PTN | A | 2023-12-01 | Amber | Few   | Write | Chief | 2024-03-01 | Not started
    Q1-OBS | A | 2023-12-01 | Amber | Few   | Visit | Head  | 2024-02-01 | Delivered
    Q1-PRO | B | 2023-12-01 | Green |       |       |       |            |
    Q1-OUT | A | 2023-12-01 | Amber | Few   | Count | Head  | 2024-02-01 | Not started
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    """A locality after two merges between which nearly everything moved."""
    folder = tmp_path_factory.mktemp("changes") / "place"
    locality = locality_of(folder, {"NORTH": "Q1", "SOUTH": "Q1", "EAST": "Q2"})
    fill_in(locality, f"{TITLES}\n{BEFORE}", partner="NORTH", file="NORTH.xlsx")
    fill_in(locality, f"{TITLES}\nQ2-PEX | A | 2023-12-01 | Green | | | | |", partner="EAST", file="EAST.xlsx")
    _, path = merge_and_write(locality, FIRST)
    book = openpyxl.load_workbook(path)
    lines, gaps = Table(book[ASSESSMENT], "Ref"), Table(book[GAPS], "Gap")
    lines.cell(lines.by_key()["Q1-OUT"], "Agreed RAG").value = "Red"
    gaps.cell(gaps.by_key()["G-Q2-STF"], "Action").value = "The group's own"
    book.save(path)
    fill_in(locality, f"{TITLES}\n{AFTER}", partner="NORTH", file="NORTH again.xlsx")
    (folder / "returns" / "NORTH.xlsx").unlink()
    (folder / "returns" / "EAST.xlsx").unlink()
    (folder / "returns" / "SOUTH broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    merge_and_write(locality, SECOND)
    return locality


def changes(place: Locality, *merges: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["changes", str(place.folder), *merges, "--json"])
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


@pytest.mark.parametrize(
    ("kind", "ref", "partner", "was", "is_now", "sentence"),
    [
        ("rating fell", "Q1-PEX", None, "Green", "Red", "Q1-PEX fell from Green to Red (NORTH Green → Red)."),
        ("rating rose", "Q1-STF", None, "Red", "Amber", "Q1-STF rose from Red to Amber (NORTH Red → Amber)."),
        ("rating fell", "Q1-OUT", None, "Amber", "Red", "Q1-OUT fell from Amber to Red: the group agreed it."),
        ("agreed", "Q1-OUT", None, None, "Red", "Q1-OUT: the group agreed Red."),
        ("partner fell", "Q1-PEX", "NORTH", "Green", "Red", "Q1-PEX: NORTH went from Green to Red."),
        ("partner rated", "Q1-PRO", "NORTH", None, "Green", None),
        ("gap opened", "Q1-PEX", None, None, "red, stated by partner", None),
        ("gap closed", "Q1-PRO", None, None, None, None),
        ("newly overdue", "Q1-STF", None, "planned", "overdue", "Q1-STF: the action is overdue since 05/01/2024."),
        ("action added", "Q1-OUT", None, None, "Count", "Q1-OUT: an action was added: Count"),
        ("action added", "Q2-STF", None, None, "The group's own", None),
        ("owner changed", "Q1-PTN", None, "Head", "Chief", "Q1-PTN: the owner is now Chief, before Head."),
        ("action moved", "Q1-PTN", None, "2024-02-01", "2024-03-01",
         "Q1-PTN: the due date moved from 01/02/2024 to 01/03/2024."),
        ("action delivered", "Q1-OBS", None, "In progress", "Delivered", "Q1-OBS: the action was delivered."),
        ("return replaced", None, "NORTH", "returns/NORTH.xlsx", "returns/NORTH again.xlsx",
         "NORTH has sent a new return: returns/NORTH again.xlsx, 6 entries."),
        ("return gone", None, "EAST", "returns/EAST.xlsx", None, None),
        ("return refused", None, "SOUTH", None, "returns/SOUTH broken.xlsx", None),
        ("points", None, "NORTH", None, None, None),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence_and_as_data(
    kind: str,
    ref: str | None,
    partner: str | None,
    was: str | None,
    is_now: str | None,
    sentence: str | None,
    place: Locality,
) -> None:
    found = [c for c in changes(place)["changes"] if (c["kind"], c["ref"], c["partner"]) == (kind, ref, partner)]
    assert len(found) == 1
    assert set(found[0]) == {"kind", "ref", "partner", "was", "is", "sentence"}
    for key, expected in (("was", was), ("is", is_now), ("sentence", sentence)):
        assert expected is None or found[0][key] == expected


def test_changes_stand_in_the_order_in_which_a_meeting_looks_at_them(place: Locality) -> None:
    kinds = [change["kind"] for change in changes(place)["changes"]]
    assert kinds == sorted(kinds, key=KINDS.index)
    assert (changes(place)["from"], changes(place)["to"]) == ("Anytown 2024-01-03", "Anytown 2024-01-10")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024-01-03", "2024-01-10"), ("Anytown 2024-01-03.xlsx", "Anytown 2024-01-10.xlsx"),
        ("03/01/2024", "merged/Anytown 2024-01-10.xlsx"), ("Anytown 2024-01-03 edited.xlsx", "2024-01-10"),
        ("2024-01-10", "2024-01-03"),
    ],
)  # fmt: skip
def test_merges_are_named_by_date_or_workbook(old: str, new: str, place: Locality) -> None:
    assert changes(place, old, new) == changes(place)


def test_a_merge_that_is_not_there_is_refused_with_those_that_are(place: Locality) -> None:
    result = CliRunner().invoke(cli, ["changes", str(place.folder), "2023-01-01", "2024-01-10"])
    assert result.exit_code == 2
    assert "Anytown 2024-01-03 and Anytown 2024-01-10" in result.output


def test_the_first_merge_says_that_it_is_the_first(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "place")
    merge_and_write(locality, FIRST)
    document = changes(locality)
    assert document == {"from": None, "to": "Anytown 2024-01-03", "changes": []}
    result = CliRunner().invoke(cli, ["changes", str(locality.folder)])
    assert "first merge" in result.output


# --- Points followed


def test_points_of_the_last_return_are_resolved_still_there_or_new() -> None:
    def one(code: str, cell: str | None = None, ref: str | None = None, found: str | None = None) -> dict[str, Any]:
        return {"code": code, "sheet": "Quality", "cell": cell, "ref": ref, "found": found}

    then = [one("a", "G5", "Q1-PEX"), one("a", "G6", "Q1-STF"), one("b", found="Teal"), one("c")]
    now = [one("a", "G9", "Q1-STF"), one("b", "G7", found="Teal"), one("a", "G7", "Q1-PTN"), one("a", "G9", "Q1-STF")]
    assert since_last(now, then) == {"resolved": 2, "still_there": 2, "new": 2}
    assert since_last(then, then) == {"resolved": 0, "still_there": 4, "new": 0}
    assert since_last([], []) == {"resolved": 0, "still_there": 0, "new": 0}


def test_what_became_of_the_points_stands_in_the_returns_remark_until_the_next_return(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "place")
    titles = "Ref | Evidence | RAG\n"
    fill_in(locality, f"{titles}Q1-PEX | A | Teal\nQ1-STF | | Green", file="one.xlsx")
    merged, _ = merge_and_write(locality, FIRST)
    before = len([problem for problem in merged.problems if problem.file == "returns/one.xlsx"])
    fill_in(locality, f"{titles}Q1-PEX | A | Green\nQ1-STF | | Green", file="one.xlsx")
    for day in (SECOND, THIRD):
        merged, _ = merge_and_write(locality, day)
        remark = row(merged.returns, partner="NORTH").remark
        assert remark.startswith(f"Of {before} points of the last return: ")
        assert "1 resolved" in remark
        assert merged.changes is not None
        told = [change for change in merged.changes.changes if change.kind == "points"]
        assert len(told) == (day == SECOND)


# --- Which return is the newer


@pytest.mark.parametrize(
    ("first", "second", "code", "used"),
    [
        pytest.param(("2024-01-05", "2024-01-05"), ("2024-01-06", "2024-01-06"), "same-partner-twice", "b", id="both"),
        pytest.param(("2024-01-05", "2024-01-09"), ("2024-01-06", "2024-01-06"), "same-partner-unclear", "b",
                     id="the cover says the one, the file the other"),
        pytest.param(("2024-01-05", "2024-01-05"), ("2024-01-05", "2024-01-06"), "same-partner-twice", "b",
                     id="the cover says nothing"),
        pytest.param(("2024-01-05", "2024-01-05"), ("2024-01-05", "2024-01-05"), "same-partner-unclear", "b",
                     id="neither says anything"),
        pytest.param((None, "2024-01-05"), ("2024-01-04", "2024-01-06"), "same-partner-twice", "b",
                     id="one has no date on its cover"),
        pytest.param((None, "2024-01-06"), ("2024-01-04", "2024-01-06"), "same-partner-unclear", "b",
                     id="one has no date on its cover and the files say nothing"),
        pytest.param(("2024-01-04", "2024-01-05"), (None, "2024-01-06"), "same-partner-twice", "b",
                     id="the newer file has no date on its cover"),
    ],
)  # fmt: skip
def test_which_return_counts_is_told_by_cover_then_file_and_asked_where_they_do_not_say(
    first: tuple[str | None, str], second: tuple[str | None, str], code: str, used: str, tmp_path: Path
) -> None:
    from tests.support.returns_dsl import merged, saved_on

    locality = locality_of(tmp_path / "place")
    for name, (cover, file) in (("a", first), ("b", second)):
        completed = datetime.date.fromisoformat(cover) if cover else None
        text = f"Ref | Evidence | RAG\nQ1-PEX | {name} | Green"
        path = fill_in(locality, text, file=f"{name}.xlsx", cover={"Date completed": completed})
        saved_on(path, f"{file}T12:00:00Z")
    found = merged(locality)
    assert {problem.code for problem in found.problems if problem.code.startswith("same-partner")} == {code}
    states = {row.file: row.state for row in found.returns}
    assert states == {"returns/a.xlsx": "superseded" if used == "b" else "received",
                      "returns/b.xlsx": "received" if used == "b" else "superseded"}  # fmt: skip
    assert len(points(found, code)) == 1


def test_the_weeks_sheet_has_a_row_for_each_merge_with_the_figures_of_its_own_summary(place: Locality) -> None:
    as_written = sorted((place.folder / "history").glob("*.xlsx"))
    weeks = openpyxl.load_workbook(as_written[-1], data_only=True)["Week by week"]
    titles, *rows = weeks.iter_rows(min_row=4, max_row=6, max_col=11, values_only=True)
    for path, figures_of_week in zip(as_written, rows, strict=True):
        told = dict(zip(titles, figures_of_week, strict=True))
        summary = openpyxl.load_workbook(path, data_only=True)["Summary"]
        by_first = {cells[0]: cells for cells in summary.iter_rows(values_only=True)}
        figures = dict(zip(by_first["Theme"], by_first["All themes"], strict=True))
        for rating in ("Red", "Amber", "Green", "Not assessed", "Not applicable", "No rating"):
            assert told[rating] == figures[rating]
        named = [cells[0] for cells in openpyxl.load_workbook(path)[GAPS].iter_rows(5, values_only=True)]
        assert told["Gaps"] == sum(name is not None for name in named)


def test_the_first_workbook_has_no_weeks_to_show_and_says_that_it_is_the_first(place: Locality) -> None:
    first = openpyxl.load_workbook(min((place.folder / "merged").glob("*.xlsx")))
    assert "Week by week" not in first.sheetnames
    facts = dict(first["Summary"].iter_rows(5, 20, max_col=2, values_only=True))
    assert facts["What moved"] == "This is the first merge"


def test_the_summary_says_the_most_important_of_what_moved_and_leads_there(place: Locality) -> None:
    newest = openpyxl.load_workbook(max((place.folder / "merged").glob("*.xlsx")))["Summary"]
    moved = {label.value: told for label, told in newest.iter_rows(5, 20, max_col=2)}["What moved"]
    assert "rating" in moved.value
    assert moved.value.endswith("since 3 January 2024")
    assert moved.hyperlink.location == "'Changes'!A1"
