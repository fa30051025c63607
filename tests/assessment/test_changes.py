"""What moved between two merges, told in sentences and as data; points of the last return are followed."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from icsassess.assessment.actions.states import ACTION_STATES
from icsassess.assessment.events.model import KINDS
from icsassess.assessment.history.point_progress import since_last
from icsassess.assessment.history.record import FORMAT, Record, records
from icsassess.assessment.history.trend import weeks_of
from icsassess.cli import cli
from icsassess.locality.locality import Locality
from icsassess.reports.agenda.agenda import agenda
from icsassess.round.merge_and_write import merge_and_write
from icsassess.workbook.sheets import week_by_week
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
    lines = Table(book[ASSESSMENT], "Ref")
    lines.cell(lines.by_key()["Q1-OUT"], "Agreed RAG").value = "Red"
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


PEX, STF, PTN, OUT = (
    f"Supporting people to live healthier lives: {title}"
    for title in ("people's experience", "feedback from staff and leaders", "feedback from partners", "outcomes")
)
PARTNER, GROUP = "partner changed", "group decided"
of_actions = pytest.mark.skipif(FORMAT < 2, reason="the history of version 1 knows one action a gap")


@pytest.mark.parametrize(
    ("kind", "ref", "partner", "was", "current", "cause", "sentence"),
    [
        ("rating fell", "Q1-PEX", None, "Green", "Red", PARTNER,
         f"{PEX} (Q1-PEX) fell from Green to Red (NORTH Green → Red)."),
        ("rating rose", "Q1-STF", None, "Red", "Amber", PARTNER,
         f"{STF} (Q1-STF) rose from Red to Amber (NORTH Red → Amber)."),
        ("agreed", "Q1-OUT", None, "Amber", "Red", GROUP,
         f"{OUT} (Q1-OUT): the group agreed Red; before it was Amber."),
        ("partner fell", "Q1-PEX", "NORTH", "Green", "Red", PARTNER,
         f"{PEX} (Q1-PEX): NORTH went from Green to Red."),
        ("partner rated", "Q1-PRO", "NORTH", None, "Green", PARTNER, None),
        ("gap opened", "Q1-PEX", None, None, "red, stated by partner", PARTNER,
         f"{PEX} (Q1-PEX) has become a gap: red, stated by partner."),
        ("gap closed", "Q1-PRO", None, "not assessed, no evidence", None, PARTNER, None),
        pytest.param("newly overdue", "Q1-STF", "NORTH", "planned", "overdue", "time passed",
                     f"{STF} (A-Q1-STF-NORTH): overdue since 5 January 2024: Ask.", marks=of_actions),
        pytest.param("action added", "Q1-OUT", "NORTH", None, "Count", PARTNER,
                     f"{OUT} (A-Q1-OUT-NORTH): NORTH proposes an action: Count.", marks=of_actions),
        pytest.param("owner changed", "Q1-PTN", "NORTH", "Head", "Chief", PARTNER,
                     f"{PTN} (A-Q1-PTN-NORTH): the owner is now Chief; before it was Head.", marks=of_actions),
        pytest.param("due date changed", "Q1-PTN", "NORTH", "2024-02-01", "2024-03-01", PARTNER,
                     f"{PTN} (A-Q1-PTN-NORTH): the due date was moved from 1 February 2024 to 1 March 2024.",
                     marks=of_actions),
        pytest.param("action delivered", "Q1-OBS", "NORTH", "In progress", "Delivered", PARTNER, None,
                     marks=of_actions),
        ("return replaced", None, "NORTH", "returns/NORTH.xlsx", "returns/NORTH again.xlsx", PARTNER,
         "NORTH has sent a new return: returns/NORTH again.xlsx, 6 entries."),
        ("return gone", None, "EAST", "returns/EAST.xlsx", None, "return gone",
         "The return of EAST, returns/EAST.xlsx, is not there any more."),
        ("return refused", None, "SOUTH", None, "returns/SOUTH broken.xlsx", "return came", None),
        ("points", None, "NORTH", None, None, PARTNER, None),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence_with_its_cause_and_as_data(
    kind: str,
    ref: str | None,
    partner: str | None,
    was: str | None,
    current: str | None,
    cause: str,
    sentence: str | None,
    place: Locality,
) -> None:
    (one,) = [c for c in changes(place)["changes"] if (c["kind"], c["ref"], c["partner"]) == (kind, ref, partner)]
    assert set(one) == {"kind", "ref", "partner", "was", "is", "cause", "sentence", "action"}
    assert one["cause"] == cause
    for key, expected in (("was", was), ("is", current), ("sentence", sentence)):
        assert expected is None or one[key] == expected


def test_a_line_that_a_return_left_behind_is_no_change_of_its_own(place: Locality) -> None:
    assert not [one for one in changes(place)["changes"] if (one["ref"] or "").startswith("Q2")]


def test_the_sheet_has_each_change_with_its_cause_and_its_action(place: Locality) -> None:
    sheet = openpyxl.load_workbook(max((place.folder / "merged").glob("*.xlsx")))["Changes"]
    titles, *rows = sheet.iter_rows(min_row=4, values_only=True)
    assert titles[:8] == ("What moved", "Ref", "Partner", "In words", "Cause", "Was", "Is", "Action")
    listed = [(one["kind"], one["ref"], one["sentence"], one["cause"], one["action"])
              for one in changes(place)["changes"]]  # fmt: skip
    assert [(row[0], row[1], row[3], row[4], row[7]) for row in rows] == listed


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


def test_the_terminal_lists_changes_under_titles_with_the_summary_first(place: Locality) -> None:
    output = CliRunner().invoke(cli, ["changes", str(place.folder)]).output
    titles = [line for line in output.splitlines()[1:] if line and not line.startswith(" ")]
    assert titles == [
        "What got worse",
        *(["Actions that became overdue"] if FORMAT > 1 else []),
        "Gaps that opened or closed",
        "What the group decided",
        "What got better",
        "What else partners say of lines",
        *(["What became of actions"] if FORMAT > 1 else []),
        "Returns",
    ]
    assert output.startswith("Since Anytown 2024-01-03: 1 rating fell, ")


EIGHT = dict.fromkeys("ABCDEFGH", "Q1")
ANSWERS = {
    "A": """
    Q1-PEX | Survey | 2023-12-01 | Green |     |     |      |            |
    Q1-STF | Survey | 2022-01-01 | Amber | Few | Ask | Head | 2024-02-01 |
    """,
    "B": "Q1-PEX | Report | 2023-12-01 | Green | | | | |\nQ1-PTN | Report | 2023-12-01 | Green | | | | |",
}
LATER = """
    Q1-PEX | Waits | 2023-12-01 | Red   | Waits | Cut  | Chief | 2023-06-01 | Not started
    Q1-STF |       |            | Red   | Staff | Hire |       |            |
    Q1-PTN | Waits | 2023-12-01 | Amber | Waits |      |       |            |
"""


def test_two_returns_then_eight_and_nothing_else_is_six_returns_that_came(tmp_path: Path) -> None:
    locality = locality_of(tmp_path / "place", EIGHT)
    for partner, text in ANSWERS.items():
        fill_in(locality, f"{TITLES}\n{text}", partner=partner, file=f"{partner}.xlsx")
    merge_and_write(locality, FIRST)
    later = set(EIGHT) - set(ANSWERS)
    for partner in later:
        fill_in(locality, f"{TITLES}\n{LATER}", partner=partner, file=f"{partner}.xlsx")
    merged, path = merge_and_write(locality, SECOND)
    document = changes(locality)["changes"]
    assert {(one["kind"], one["partner"], one["cause"]) for one in document} == {
        ("return received", partner, "return came") for partner in later
    }
    assert document[0]["sentence"].startswith(
        "C has returned: returns/C.xlsx, 3 entries; with it 3 lines are worse than the others had put them"
    )
    summary = "6 returns came; with them 3 ratings are worse than two partners alone had put them."
    assert CliRunner().invoke(cli, ["changes", str(locality.folder)]).output.splitlines()[0].endswith(summary)
    facts = dict(openpyxl.load_workbook(path)["Summary"].iter_rows(5, 20, max_col=2, values_only=True))
    assert facts["What moved"] == f"Since 3 January 2024: {summary}"
    assert merged.changes is not None
    assert {gap.ref for gap in merged.gaps} - merged.changes.gaps_before == {"Q1-PEX", "Q1-PTN"}
    (new,) = [section for section in agenda(merged).sections if section.title == "New gaps without a plan"]
    (item,) = new.items
    assert "(Q1-PTN)" in item.heading, "to the group it is new, whatever brought it"
    assert agenda(merged).standing[-1] == f"Since 3 January 2024: {summary}"


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
    titles, *rows = weeks.iter_rows(min_row=4, max_row=6, max_col=18, values_only=True)
    for path, figures_of_week in zip(as_written, rows, strict=True):
        told = dict(zip(titles, figures_of_week, strict=True))
        summary = openpyxl.load_workbook(path, data_only=True)["Summary"]
        by_first = {cells[0]: cells for cells in summary.iter_rows(values_only=True)}
        figures = dict(zip(by_first["Theme"], by_first["All themes"], strict=True))
        for rating in ("Red", "Amber", "Green", "Not assessed", "Not applicable", "No rating"):
            assert told[rating] == figures[rating]
        named = [cells[0] for cells in openpyxl.load_workbook(path)[GAPS].iter_rows(5, values_only=True)]
        assert told["Gaps"] == sum(name is not None for name in named)


def test_a_week_tells_how_many_of_the_returns_were_there_and_so_do_the_charts(place: Locality) -> None:
    path = max((place.folder / "merged").glob("*.xlsx"))
    weeks = openpyxl.load_workbook(path)["Week by week"]
    titles, first, second = weeks.iter_rows(min_row=4, max_row=6, max_col=18, values_only=True)
    assert [dict(zip(titles, row, strict=True))["Merge"] for row in (first, second)] == [
        "3 January · 2 of 3 returns", "10 January · 1 of 3 returns",
    ]  # fmt: skip
    column = "ABCDEFGH"[titles.index("Merge")]
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    by_merge = [chart for chart in charts if f"'Week by week'!${column}$5:${column}$6" in chart]
    assert len(by_merge) == 2


def test_what_became_of_actions_is_empty_not_zero_where_the_history_does_not_know_it(place: Locality) -> None:
    (week,) = weeks_of([Record(Path("a.json"), "", version_1(records(place)[0][0].content))])
    assert week.actions is None
    assert week_by_week._row(week, 1)[-len(ACTION_STATES) :] == [None] * len(ACTION_STATES)
    known = Record(Path("a.json"), "", {**records(place)[0][0].content, "actions": [
        {"state": "overdue"}, {"current": False},
    ]})  # fmt: skip
    assert dict(weeks_of([known])[0].actions or {}) == {"overdue": 1}


def version_1(content: dict[str, Any]) -> dict[str, Any]:
    """A record as version 1 wrote it."""
    return {key: value for key, value in content.items() if key != "actions"}


def test_the_first_workbook_has_no_weeks_to_show_and_says_that_it_is_the_first(place: Locality) -> None:
    first = openpyxl.load_workbook(min((place.folder / "merged").glob("*.xlsx")))
    assert "Week by week" not in first.sheetnames
    facts = dict(first["Summary"].iter_rows(5, 20, max_col=2, values_only=True))
    assert facts["What moved"] == "This is the first merge."


def test_the_summary_says_the_most_important_of_what_moved_and_leads_there(place: Locality) -> None:
    newest = openpyxl.load_workbook(max((place.folder / "merged").glob("*.xlsx")))["Summary"]
    moved = {label.value: told for label, told in newest.iter_rows(5, 20, max_col=2)}["What moved"]
    assert moved.value.startswith("Since 3 January 2024: 1 rating fell, ")
    assert moved.hyperlink.location == "'Changes'!A1"
