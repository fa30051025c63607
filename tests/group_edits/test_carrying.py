"""What the group typed comes through every merge: in its place, or where it is kept, or the merge refuses."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from icsassess.assessment.group_edits.decisions import plain_day
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import lines_as_json
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.folders import fingerprints
from tests.support.frameworks import small_framework
from tests.support.register import ACTIONS, ASSESSMENT, GAPS, KEPT, KEY, Table, shown
from tests.support.returns_dsl import fill_in, locality_of, points

pytestmark = pytest.mark.slow

WEEKS = [datetime.date(2024, 1, 3) + datetime.timedelta(weeks=number) for number in range(6)]
TWO = {"NORTH": "Q1", "SOUTH": "Q1"}
RETURN = """
    Ref    | Evidence      | RAG   | Gap       | Action   | Owner | Due date
    Q1-PEX | Annual report | Red   | No voices | Ask them | Head  | 2024-03-29
    Q1-STF | Survey        | Amber | No nights | Ask all  | Head  | 2024-02-28
    Q1-PTN | Letters       | Green |           |          |       |
"""


def place_of(folder: Path, partners: dict[str, str]) -> Locality:
    """Make a locality of one statement's six lines: small, so that a week is short."""
    made = locality_of(folder, partners)
    return Locality(made.folder, made.settings, small_framework(made.framework, {"Q1"}, "small"))


class Week:
    """A locality with one return, its newest workbook, and the weeks that go by."""

    def __init__(self, folder: Path) -> None:
        self.locality = place_of(folder, TWO)
        fill_in(self.locality, RETURN, partner="NORTH", file="NORTH.xlsx")
        self.number = 0
        self.merged, self.path = merge_and_write(self.locality, WEEKS[0])

    def group(self, work: Callable[[Workbook], None], save_as: str = "") -> None:
        """Let the group work on the newest workbook."""
        book = openpyxl.load_workbook(self.path)
        work(book)
        self.path = self.path.with_name(save_as) if save_as else self.path
        book.save(self.path)

    def type(self, sheet: str, key: str, **texts: object) -> None:
        """Let the group type into the row of a line or gap; ``_`` in a title stands for a space."""
        self.group(lambda book: put(book, sheet, key, {title.replace("_", " "): text for title, text in texts.items()}))

    def returns(self, text: str, partner: str = "NORTH", **more: Any) -> None:
        """Let a partner send a return in place of its last."""
        fill_in(self.locality, text, partner=partner, file=f"{partner}.xlsx", **more)

    def merge(self) -> Merged:
        """Let a week go by and merge."""
        self.number += 1
        self.merged, self.path = merge_and_write(self.locality, WEEKS[self.number])
        return self.merged

    def cell(self, sheet: str, key: str, title: str) -> str:
        """Give what the newest workbook holds for a line or gap."""
        table = Table(openpyxl.load_workbook(self.path)[sheet], KEY[sheet])
        return shown(table.cell(table.by_key()[key], title).value)

    def address(self, sheet: str, key: str, title: str) -> str:
        """Give where that stands."""
        table = Table(openpyxl.load_workbook(self.path)[sheet], KEY[sheet])
        return str(table.cell(table.by_key()[key], title).coordinate)

    def kept(self) -> list[tuple[str, str, str, str]]:
        """Give what is kept: why, line or gap, column, text."""
        book = openpyxl.load_workbook(self.path)
        if KEPT not in book.sheetnames:
            return []
        return [(r[0], r[2], r[3], r[4]) for r in book[KEPT].iter_rows(min_row=5, values_only=True) if r[4]]

    def line(self, ref: str) -> dict[str, Any]:
        """Give a line of the last merge."""
        return next(line for line in lines_as_json(self.merged) if line["ref"] == ref)


def put(book: Workbook, sheet: str, key: str, texts: dict[str, object]) -> None:
    table = Table(book[sheet], KEY[sheet])
    for title, text in texts.items():
        table.cell(table.by_key()[key], title).value = text


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path / "place")


# --- Decisions in their places


def test_an_agreed_rating_comes_through_with_its_reason_and_date(week: Week) -> None:
    day = datetime.date(2024, 1, 5)
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Amber", Reason_for_agreed_RAG="Talked over", Agreed_on=day)
    for _ in range(2):
        week.merge()
        found = [
            week.cell(ASSESSMENT, "Q1-PEX", title) for title in ("Agreed RAG", "Reason for agreed RAG", "Agreed on")
        ]
        assert found == ["Amber", "Talked over", "2024-01-05"]
        assert week.line("Q1-PEX")["rating"] == "Amber"


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        pytest.param("amber", "Amber", id="in small letters"),
        pytest.param("Teal", None, id="no rating at all"),
        pytest.param("=J5", None, id="a formula that was never calculated"),
        pytest.param("Red/Amber", None, id="between two"),
        pytest.param("Green - subject to audit", None, id="under a condition"),
        pytest.param("Green, all agreed", "Green", id="with words"),
    ],
)
def test_a_rating_that_is_none_stays_with_the_reason_as_typed(typed: str, agreed: str | None, week: Week) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG=typed, Reason_for_agreed_RAG="Because")
    merged = week.merge()
    assert week.line("Q1-PEX")["agreed"] == agreed
    reason = week.cell(ASSESSMENT, "Q1-PEX", "Reason for agreed RAG")
    assert reason.startswith("Because")
    assert typed in reason or typed == "amber"
    told = points(merged, "group-edit-not-understood")
    assert [point.cell for point in told] == ([] if agreed else [told[0].cell])
    week.merge()
    assert week.cell(ASSESSMENT, "Q1-PEX", "Reason for agreed RAG") == reason, "it is not added again"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("29/03/2024", "2024-03-29"), ("29 March 2024", "2024-03-29"), ("Friday 29 March 2024", "2024-03-29"),
        ("2024-03-29", "2024-03-29"), ("March 2024", None), ("by 29/03/2024", None), ("29/03/2024 (or April)", None),
        ("Q4 2023/24", None), ("ongoing", None), ("2024-03-29 15:30", None), ("31/02/2024", None), ("", None),
    ],
)  # fmt: skip
def test_only_what_says_a_day_and_nothing_else_becomes_a_date(typed: str, day: str | None) -> None:
    found = plain_day(typed)
    assert (found.isoformat() if found else None) == day


def test_a_due_date_that_is_no_day_stays_as_typed_and_is_said(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Due_date="March 2024")
    merged = week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Due date") == "March 2024"
    (point,) = points(merged, "group-edit-not-understood")
    assert (point.sheet, point.cell, point.ref) == (
        ACTIONS,
        week.address(ACTIONS, "A-Q1-PEX-NORTH", "Due date"),
        "Q1-PEX",
    )


# --- Three ways


def test_what_nobody_touched_follows_the_partners_new_proposal(week: Week) -> None:
    week.returns(RETURN.replace("Ask them", "Ask again"))
    week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action") == "Ask again"


def test_what_the_group_changed_stands_and_the_partners_new_proposal_is_shown(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Action="Our way")
    week.merge()
    week.returns(RETURN.replace("Ask them", "Ask again"))
    merged = week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action") == "Our way"
    (point,) = points(merged, "group-and-partner-differ")
    assert (point.found, point.ref) == ("Our way", "Q1-PEX")
    assert "Ask again" in point.message
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Owner") == "Head", "what the group left alone still follows"


def test_what_the_group_emptied_stays_empty(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Owner=None)
    for _ in range(2):
        week.merge()
        assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Owner") == ""


def test_what_the_group_typed_stands_also_where_the_partner_said_the_same_for_a_while(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Owner="Chief")
    week.returns(RETURN.replace("Ask them | Head ", "Ask them | Chief"))
    week.merge()
    week.returns(RETURN)
    week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Owner") == "Chief"


# --- What loses its place


def test_what_was_typed_about_an_action_that_was_withdrawn_is_kept_and_is_there_again_with_it(week: Week) -> None:
    name, note = "A-Q1-PEX-NORTH", Comment("A note on it", "Group")

    def work(book: Workbook) -> None:
        put(book, ACTIONS, name, {"Action": "Our way", "Update": "Started"})
        table = Table(book[ACTIONS], "No")
        column = max(table.columns.values()) + 1
        table.sheet.cell(table.heading, column).value = "Risk"
        table.sheet.cell(table.by_key()[name], column).value = 16
        table.cell(table.by_key()[name], "Owner").comment = note

    week.group(work)
    week.returns(RETURN.replace("Ask them | Head  | 2024-03-29", " | | "))
    week.merge()
    kept = {place[1:] for place in week.kept()}
    assert kept == {
        (name, "Action", "Our way"),
        (name, "Owner", "Head"),
        (name, "Due date", "2024-03-29"),
        (name, "Update", "Started"),
        (name, "Risk", "16"),
        (name, "Note on Owner", "A note on it"),
    }
    week.returns(RETURN)
    week.merge()
    assert [week.cell(ACTIONS, name, title) for title in ("Action", "Update", "Risk")] == ["Our way", "Started", "16"]
    table = Table(openpyxl.load_workbook(week.path)[ACTIONS], "No")
    assert table.cell(table.by_key()[name], "Owner").comment.text == "A note on it"
    assert week.kept() == []


def test_what_covers_a_gap_comes_through_and_waits_while_the_line_is_no_gap(week: Week) -> None:
    week.type(GAPS, "G-Q1-PEX", Covered="yes")
    week.merge()
    assert week.cell(GAPS, "G-Q1-PEX", "Covered") == "Yes"
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Green")
    week.returns(RETURN.replace("| Red   | No voices |", "| Green |  |"))
    merged = week.merge()
    assert week.kept() == [("The line is no gap any more", "G-Q1-PEX", "Covered", "Yes")]
    assert [action.gap for action in merged.actions if action.ref == "Q1-PEX"] == [""], "its action stands there still"
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Red")
    week.merge()
    assert week.cell(GAPS, "G-Q1-PEX", "Covered") == "Yes"
    assert week.kept() == []


def test_what_is_neither_yes_nor_no_stays_as_typed_and_is_said(week: Week) -> None:
    week.type(GAPS, "G-Q1-PEX", Covered="nearly")
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Taken_up="perhaps")
    told = points(week.merge(), "group-edit-not-understood")
    assert week.cell(GAPS, "G-Q1-PEX", "Covered") == "nearly"
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Taken up") == "perhaps"
    places = {(GAPS, "G-Q1-PEX", "Covered"), (ACTIONS, "A-Q1-PEX-NORTH", "Taken up")}
    assert {(point.sheet, point.cell) for point in told} == {(place[0], week.address(*place)) for place in places}


def test_what_was_typed_over_the_programs_cells_is_kept_with_its_place_and_the_programs_word_is_there_again(
    week: Week,
) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Suggested_RAG="We say Green", Rating="Green")
    week.group(lambda book: book["Evidence"].cell(5, 3, "Changed evidence"))
    merged = week.merge()
    assert week.cell(ASSESSMENT, "Q1-PEX", "Suggested RAG") == "Red"
    kept = {(key, title, text) for _, key, title, text in week.kept()}
    assert {("Q1-PEX", "Suggested RAG", "We say Green"), ("Q1-PEX", "Rating", "Green")} <= kept
    assert "Changed evidence" in {text for *_, text in kept}
    assert len(points(merged, "group-edit-without-a-place")) == 3


def test_a_row_that_was_deleted_is_there_again_and_it_is_said(week: Week) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Amber")
    week.merge()
    week.type(ACTIONS, "A-Q1-STF-NORTH", Action="Our way")
    week.merge()

    def work(book: Workbook) -> None:
        for sheet, key in ((ASSESSMENT, "Q1-PEX"), (ACTIONS, "A-Q1-STF-NORTH")):
            table = Table(book[sheet], KEY[sheet])
            table.sheet.delete_rows(table.by_key()[key])

    week.group(work)
    merged = week.merge()
    assert week.cell(ASSESSMENT, "Q1-PEX", "Agreed RAG") == "Amber"
    assert week.cell(ACTIONS, "A-Q1-STF-NORTH", "Action") == "Our way"
    assert sorted(point.ref or "" for point in points(merged, "group-row-deleted")) == ["Q1-PEX", "Q1-STF"]


def test_a_column_that_was_deleted_is_there_again_with_what_stood_in_it(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Update="Started")
    week.merge()
    week.group(lambda book: book[ACTIONS].delete_cols(Table(book[ACTIONS], "No").columns["Update"]))
    merged = week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Update") == "Started"
    assert points(merged, "group-column-deleted")


# --- Columns, rows and sheets of the group's own


@pytest.mark.parametrize("heading", ["OWNER", "Owner ", "Ownerr", "Responsible", None])
def test_a_column_whose_heading_was_changed_is_still_understood(heading: str | None, week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Owner="Matron")

    def work(book: Workbook) -> None:
        table = Table(book[ACTIONS], "No")
        table.sheet.cell(table.heading, table.columns["Owner"]).value = heading

    week.group(work)
    week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Owner") == "Matron"
    assert week.cell(ACTIONS, "A-Q1-STF-NORTH", "Owner") == "Head"


def test_a_column_that_can_no_longer_be_told_is_refused_with_its_sheet_and_row_and_nothing_is_written(
    week: Week,
) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Update="Started")
    week.merge()

    def work(book: Workbook) -> None:
        table = Table(book[ACTIONS], "No")
        table.sheet.delete_cols(table.columns["Update"])
        table.sheet.insert_cols(1)
        table.sheet.cell(table.heading, 1).value = "Something else"
        for row in table.by_key().values():
            table.sheet.cell(row, 1).value = f"Text {row}"

    week.group(work)
    before = fingerprints(week.locality.folder)
    with pytest.raises(Refusal) as refused:
        week.merge()
    assert refused.value.problem.code == "group-column-unclear"
    assert "row 4" in refused.value.problem.message
    assert "‘Something else’" in refused.value.problem.message
    assert fingerprints(week.locality.folder) == before


@pytest.mark.parametrize("sheet", [ASSESSMENT, GAPS, ACTIONS])
def test_a_sheet_without_its_table_is_refused_and_nothing_is_written(sheet: str, week: Week) -> None:
    week.group(lambda book: book.remove(book[sheet]))
    before = fingerprints(week.locality.folder)
    with pytest.raises(Refusal) as refused:
        week.merge()
    assert refused.value.problem.code == "group-table-missing"
    assert fingerprints(week.locality.folder) == before


def test_own_columns_keep_numbers_as_numbers_and_headings_without_anything_below(week: Week) -> None:
    def work(book: Workbook) -> None:
        table = Table(book[ASSESSMENT], "Ref")
        last = max(table.columns.values())
        for offset, heading in enumerate(("Risk", "To come", "Ref", "risk"), 1):
            table.sheet.cell(table.heading, last + offset).value = heading
        table.sheet.cell(5, last + 1).value = 16
        table.sheet.cell(5, last + 3).value = "Another Ref"
        table.sheet.cell(5, last + 4).value = "Small letters"

    week.group(work)
    for _ in range(2):
        week.merge()
        table = Table(openpyxl.load_workbook(week.path)[ASSESSMENT], "Ref")
        own = list(table.columns)[:4][::-1]
        values = [table.cell(5, title).value for title in own]
        assert own[:2] == ["Risk", "To come"]
        assert values == [16, None, "Another Ref", "Small letters"]


def test_a_partner_whose_code_is_the_heading_of_an_own_column_does_not_take_its_place(week: Week) -> None:
    def work(book: Workbook) -> None:
        table = Table(book[ASSESSMENT], "Ref")
        table.sheet.cell(table.heading, max(table.columns.values()) + 1).value = "WEST"
        table.sheet.cell(5, max(table.columns.values()) + 1).value = "Our word on the west"

    week.group(work)
    week.locality = place_of(week.locality.folder, {**TWO, "WEST": "Q1"})
    week.merge()
    ref = next(iter(Table(openpyxl.load_workbook(week.path)[ASSESSMENT], "Ref").by_key()))
    assert week.cell(ASSESSMENT, ref, "WEST (own)") == "Our word on the west"


def test_rows_of_the_groups_own_become_its_actions_and_keep_their_names(week: Week) -> None:
    def work(book: Workbook) -> None:
        table = Table(book[ACTIONS], "No")
        risk = max(table.columns.values()) + 1
        table.sheet.cell(table.heading, risk).value = "Risk"
        row = table.last + 2
        for place, texts in enumerate(
            ({"Ref": "q1-ptn", "Action": "=Do", "Owner": 7}, {"Gap": "G-Q1-PEX", "Update": "Begun"}, {"Action": "Ask"})
        ):
            for title, text in texts.items():
                cell = table.cell(row + place, title)
                cell.value = text
                cell.data_type = "s" if isinstance(text, str) else "n"
        table.sheet.cell(row, risk).value = 16
        table.cell(row, "Update").comment = Comment("A note on it", "Group")

    week.group(work)
    for _ in range(3):
        merged = week.merge()
        table = Table(openpyxl.load_workbook(week.path)[ACTIONS], "No")
        rows = table.by_key()
        assert [name for name in rows if "GROUP" in name] == ["A-Q1-PEX-GROUP", "A-Q1-PTN-GROUP", "A-GROUP"]
        own = {title: table.cell(rows["A-Q1-PTN-GROUP"], title) for title in table.columns}
        shown_texts = [own[title].value for title in ("Ref", "Proposed by", "Action", "Owner", "Risk")]
        assert shown_texts == ["Q1-PTN", "Group", "=Do", "7", 16]
        assert own["Action"].data_type == "s"
        assert own["Update"].comment.text == "A note on it"
        assert week.cell(ACTIONS, "A-Q1-PEX-GROUP", "Update") == "Begun"
        assert week.cell(ACTIONS, "A-GROUP", "Action") == "Ask"
        assert not points(merged, "group-edit-without-a-place")


def test_a_row_of_the_groups_own_that_it_deletes_is_gone_and_one_that_it_moves_to_another_line_keeps_its_name(
    week: Week,
) -> None:
    def add(book: Workbook) -> None:
        table = Table(book[ACTIONS], "No")
        for place, text in enumerate(("Ask", "Phone"), table.last + 1):
            table.cell(place, "Ref").value, table.cell(place, "Action").value = "Q1-PTN", text

    week.group(add)
    week.merge()

    def work(book: Workbook) -> None:
        put(book, ACTIONS, "A-Q1-PTN-GROUP-2", {"Ref": "Q1-PEX"})
        table = Table(book[ACTIONS], "No")
        table.sheet.delete_rows(table.by_key()["A-Q1-PTN-GROUP"])

    week.group(work)
    merged = week.merge()
    moved = next(action for action in merged.actions if action.id == "A-Q1-PTN-GROUP-2")
    assert (moved.ref, moved.gap, moved.action) == ("Q1-PEX", "G-Q1-PEX", "Phone")
    assert "A-Q1-PTN-GROUP" not in {action.id for action in merged.actions}
    assert not points(merged, "group-row-deleted")
    assert not points(merged, "group-edit-without-a-place")


def test_what_stands_in_the_programs_columns_of_an_own_row_is_kept_and_said(week: Week) -> None:
    def work(book: Workbook) -> None:
        table = Table(book[ACTIONS], "No")
        typed = {"No": "17", "Rating": "Typed over", "State": "Ours", "Ref": "Q1-PTN", "Action": "Do", "Gap": "G-OURS"}
        row = table.last + 1
        for title, text in typed.items():
            table.cell(row, title).value = text

    week.group(work)
    merged = week.merge()
    assert week.cell(ACTIONS, "A-Q1-PTN-GROUP", "Action") == "Do"
    kept = {(title, text) for _, _, title, text in week.kept()}
    assert kept == {("No", "17"), ("Rating", "Typed over"), ("State", "Ours"), ("Gap", "G-OURS")}
    assert len(points(merged, "group-edit-without-a-place")) == 4


def test_a_row_below_the_gaps_is_kept_and_said(week: Week) -> None:
    def work(book: Workbook) -> None:
        table = Table(book[GAPS], "Gap")
        table.cell(table.last + 1, "Covered").value = "What about carers?"

    week.group(work)
    merged = week.merge()
    assert [place[2:] for place in week.kept()] == [("Covered", "What about carers?")]
    assert points(merged, "group-edit-without-a-place")


def test_own_sheets_come_through_with_values_times_colours_and_what_their_formulas_were(week: Week) -> None:
    moment = datetime.datetime(2024, 1, 5, 14, 30)

    def work(book: Workbook) -> None:
        sheet = book.create_sheet("Sign-off (2)")
        for number, value in enumerate((5, 0.25, "Text", datetime.date(2024, 1, 5), moment, "=A1*2", True), 1):
            sheet.cell(number, 1).value = value
        sheet["B1"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF0000")
        book["Summary"].title = "Our summary"

    week.group(work)
    for _ in range(2):
        week.merge()
        book = openpyxl.load_workbook(week.path)
        sheet = book["Sign-off (2)"]
        assert [sheet.cell(number, 1).value for number in (1, 2, 3)] == [5, 0.25, "Text"]
        assert sheet["A4"].value == datetime.datetime(2024, 1, 5)
        assert sheet["A5"].value == "2024-01-05 14:30"
        assert sheet["B1"].fill.fgColor.rgb == "FFFF0000"
        assert "A1*2" in f"{sheet['A6'].value} {sheet['A6'].comment.text if sheet['A6'].comment else ''}"
        assert "Our summary" not in book.sheetnames, "a sheet of the program's that was renamed is not doubled"


# --- Which workbook is the group's


@pytest.mark.parametrize("name", ["Anytown 2024-01-03 (2).xlsx", "Copy of Anytown 2024-01-03.xlsx", "our plan.xlsx"])
def test_a_copy_under_another_name_is_the_groups(name: str, week: Week) -> None:
    week.group(lambda book: put(book, ACTIONS, "A-Q1-PEX-NORTH", {"Action": "Our way"}), save_as=name)
    merged = week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action") == "Our way"
    assert not points(merged, "history-missing")


def test_of_two_changed_copies_the_one_with_all_changes_is_taken_and_else_nothing_is_written(week: Week) -> None:
    first = week.path
    week.group(lambda book: put(book, ACTIONS, "A-Q1-PEX-NORTH", {"Action": "Our way"}))
    week.group(
        lambda book: put(book, ACTIONS, "A-Q1-STF-NORTH", {"Update": "Later"}), save_as=f"{first.stem} later.xlsx"
    )
    week.merge()
    found = [week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action"), week.cell(ACTIONS, "A-Q1-STF-NORTH", "Update")]
    assert found == ["Our way", "Later"]
    book = openpyxl.load_workbook(week.path)
    for name, text in (("a", "One"), ("b", "Two")):
        put(book, ACTIONS, "A-Q1-PEX-NORTH", {"Action": text})
        book.save(week.path.with_name(f"{week.path.stem} {name}.xlsx"))
    before = fingerprints(week.locality.folder)
    with pytest.raises(Refusal) as refused:
        week.merge()
    assert refused.value.problem.code == "group-two-workbooks"
    assert "A-Q1-PEX-NORTH action" in refused.value.problem.message
    assert fingerprints(week.locality.folder) == before


def test_a_copy_that_was_only_saved_again_does_not_stand_against_one_that_was_changed(week: Week) -> None:
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Action="Our way")
    week.merge()
    book = openpyxl.load_workbook(week.path)
    book.save(week.path)
    put(book, ACTIONS, "A-Q1-PEX-NORTH", {"Action": "Another way"})
    book.save(week.path.with_name(f"{week.path.stem} chair.xlsx"))
    week.merge()
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action") == "Another way"


def test_what_is_typed_into_an_older_workbook_is_taken_in_and_told_of(week: Week) -> None:
    old = week.path
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Action="Our way")
    assert not points(week.merge(), "group-workbook-taken-in"), "what was read is no news"
    newest, week.path = week.path, old
    week.type(ACTIONS, "A-Q1-PEX-NORTH", Action="Too late")
    week.path = newest
    (point,) = points(week.merge(), "group-workbook-taken-in")
    assert point.sheet == old.name
    assert week.cell(ACTIONS, "A-Q1-PEX-NORTH", "Action") == "Too late"


# --- Ratings that move underneath


def test_a_rating_that_moves_underneath_is_said_until_the_group_agrees_again(week: Week) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Amber", Reason_for_agreed_RAG="Talked over")
    week.merge()
    assert not week.line("Q1-PEX")["changed_since_agreed"]
    week.returns(RETURN.replace("| Red  ", "| Green"))
    for _ in range(2):
        week.merge()
        assert week.line("Q1-PEX")["changed_since_agreed"]
        assert week.cell(ASSESSMENT, "Q1-PEX", "Changed since agreed") == "NORTH: Red → Green"
    week.type(ASSESSMENT, "Q1-PEX", Agreed_on=datetime.date(2024, 1, 20))
    week.merge()
    assert not week.line("Q1-PEX")["changed_since_agreed"]
    assert week.cell(ASSESSMENT, "Q1-PEX", "Changed since agreed") == ""


def test_a_rating_that_moved_in_the_week_in_which_the_group_agreed_counts_as_moved(week: Week) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Amber")
    week.returns(RETURN.replace("Annual report", "Another report"))
    week.merge()
    assert week.cell(ASSESSMENT, "Q1-PEX", "Changed since agreed") == "NORTH: evidence changed"


def test_a_partner_that_was_added_and_has_said_nothing_changes_nothing(week: Week) -> None:
    week.type(ASSESSMENT, "Q1-PEX", Agreed_RAG="Amber")
    week.merge()
    week.locality = place_of(week.locality.folder, {**TWO, "WEST": "Q1"})
    week.merge()
    assert not week.line("Q1-PEX")["changed_since_agreed"]
