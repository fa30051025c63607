"""What stands in the way of signing: each condition is provoked, blocks, says what to do, and is gone when done."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from icsassess.assessment.sign_off.condition import Condition, condition_kinds
from icsassess.assessment.sign_off.readiness import conditions, is_ready
from icsassess.domain.problems import Severity
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.support.data_files import shipped_toml
from icsassess.workbook.signing.sign import check_sign_off
from icsassess.workbook.write import locality_workbook
from tests.support.ready_locality import answer, merge, ready, run, type_in
from tests.support.returns_dsl import AS_AT, DEADLINE, fill_in, merged
from tests.support.sample_view import sample_view

pytestmark = pytest.mark.begins_early

ONE = {"NORTH": ""}
TWO = {"NORTH": "", "SOUTH": ""}
REF = "W1-PEX"
PLAN = {"RAG": "Amber", "Gap": "Nobody asked", "Action": "Ask", "Owner": "Head", "Due date": "2024-03-29"}


@dataclass(frozen=True)
class Case:
    """What is wrong in a partner's return, and what mends it: both as changes of one line."""

    wrong: dict[str, str]
    right: dict[str, str] = field(default_factory=dict)
    where: str = REF


CASES = {
    "personal-data": Case({"Evidence": "Audit of 999 000 0018"}, where="NORTH"),
    "points-to-fix": Case({"RAG": "Amber moving to Green"}, where="NORTH"),
    "lines-not-rated": Case({"RAG": "Not assessed"}),
    "not-applicable-without-reason": Case({"RAG": "N/A"}, {"RAG": "N/A", "Reason for rating": "No such service"}),
    "gaps-without-action": Case({"RAG": "Amber", "Gap": "Nobody asked"}, PLAN),
    "actions-without-owner": Case({**PLAN, "Owner": ""}, PLAN),
    "actions-without-due-date": Case({**PLAN, "Due date": "ongoing"}, PLAN),
    "actions-overdue": Case({**PLAN, "Due date": "2024-01-09"}, PLAN),
    "delivered-not-evidenced": Case({**PLAN, "Action status": "Delivered"}, PLAN),
    "evidence-too-old": Case({"Evidence date": "2022-12-31"}),
}


def by_code(found: list[Condition]) -> dict[str, Condition]:
    return {condition.code: condition for condition in found}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    return ready(tmp_path_factory.mktemp("readiness"))


def refs_of(place: Locality) -> str:
    return place.framework.lines[0].ref


@pytest.mark.parametrize("code", CASES)
def test_what_is_wrong_in_a_return_blocks_says_where_and_is_gone_when_it_is_right(code: str, place: Locality) -> None:
    case, ref = CASES[code], refs_of(place)
    answer(place, {ref: case.wrong})
    found = by_code(conditions(merged(place)))[code]
    assert found.count == 1
    assert found.stands_in_the_way
    assert (ref if case.where == REF else case.where) in found.where[0]
    answer(place, {ref: case.right})
    assert by_code(conditions(merged(place)))[code].count == 0


def test_a_locality_in_which_everything_is_right_can_be_signed(place: Locality) -> None:
    answer(place)
    assert [condition.code for condition in conditions(merged(place)) if condition.count] == []


def test_a_return_still_to_come_and_one_that_could_not_be_used_block(tmp_path: Path) -> None:
    place = ready(tmp_path, TWO)
    found = by_code(conditions(merged(place)))["returns-outstanding"]
    assert (found.where, found.stands_in_the_way) == (("Southern Practice",), True)
    bad = place.folder / "returns" / "SOUTH.xlsx"
    bad.write_bytes(b"no workbook")
    assert by_code(conditions(merged(place)))["returns-refused"].where == ("Southern Practice, returns/SOUTH.xlsx",)
    bad.unlink()
    answer(place, partner="SOUTH")
    assert is_ready(conditions(merged(place)))


def test_a_blocker_in_a_file_that_a_later_one_took_the_place_of_stands_in_nobodys_way(tmp_path: Path) -> None:
    place = ready(tmp_path)
    newest = answer(place)
    newest.rename(newest.with_name("newest.xlsx"))
    cover = {"Date completed": datetime.date(2023, 12, 1)}
    fill_in(place, f"Ref | Evidence | RAG\n{refs_of(place)} | Report | Purple", cover=cover)
    view = merged(place)
    assert sorted(row.state for row in view.returns) == ["received", "superseded"]
    assert [problem.file for problem in view.problems if problem.severity is Severity.BLOCKER] == [
        f"returns/{newest.name}"
    ]
    assert by_code(conditions(view))["points-to-fix"].where == ()


def test_red_and_green_blocks_until_the_group_has_agreed_a_rating(tmp_path: Path) -> None:
    place = ready(tmp_path, TWO)
    ref = refs_of(place)
    answer(place, {ref: {**PLAN, "RAG": "Red"}}, partner="SOUTH")
    path = merge(place)
    assert by_code(check_sign_off(place, AS_AT).conditions)["red-and-green"].where == (ref,)
    type_in(path, "Assessment", ref, {"Agreed RAG": "Amber", "Reason for agreed RAG": "Both are right in part"})
    merge(place)
    assert by_code(check_sign_off(place, AS_AT).conditions)["red-and-green"].count == 0


def test_a_rating_that_moved_after_it_was_agreed_blocks_until_the_group_agrees_again(tmp_path: Path) -> None:
    place = ready(tmp_path)
    ref = refs_of(place)
    path = merge(place)
    agreed = {"Agreed RAG": "Green", "Reason for agreed RAG": "Seen", "Agreed on": datetime.date(2024, 1, 9)}
    type_in(path, "Assessment", ref, agreed)
    merge(place)
    answer(place, {ref: PLAN})
    path = merge(place)
    found = by_code(check_sign_off(place, AS_AT).conditions)["moved-since-agreed"]
    assert found.where == (f"{ref} (NORTH: Green → Amber)",)
    type_in(path, "Assessment", ref, {**agreed, "Agreed on": AS_AT, "Reason for agreed RAG": "Seen again"})
    merge(place)
    assert by_code(check_sign_off(place, AS_AT).conditions)["moved-since-agreed"].count == 0


def test_not_applicable_agreed_by_the_group_needs_its_reason_too(tmp_path: Path) -> None:
    place = ready(tmp_path)
    ref = refs_of(place)
    type_in(merge(place), "Assessment", ref, {"Agreed RAG": "Not applicable"})
    path = merge(place)
    assert by_code(check_sign_off(place, AS_AT).conditions)["not-applicable-without-reason"].where == (
        f"{ref} (the group)",
    )
    type_in(path, "Assessment", ref, {"Reason for agreed RAG": "No such service here"})
    merge(place)
    assert check_sign_off(place, AS_AT).ready


def test_an_nhs_number_that_the_group_typed_blocks_and_cannot_be_accepted(tmp_path: Path) -> None:
    place = ready(tmp_path)
    ref = refs_of(place)
    type_in(merge(place), "Assessment", ref, {"Agreed RAG": "Green", "Reason for agreed RAG": "See 999 000 0018"})
    merge(place)
    found = by_code(check_sign_off(place, AS_AT, {"personal-data": "never mind"}).conditions)["personal-data"]
    assert (found.where, found.accepted, found.stands_in_the_way) == ((f"Assessment {ref}",), None, True)


def test_a_passed_deadline_blocks(place: Locality) -> None:
    answer(place)
    day_after = DEADLINE + datetime.timedelta(days=1)
    assert by_code(conditions(merged(place, as_at=DEADLINE)))["deadline-passed"].count == 0
    assert "1 day ago" in by_code(conditions(merged(place, as_at=day_after)))["deadline-passed"].message


def test_a_break_in_the_history_blocks(tmp_path: Path) -> None:
    place = ready(tmp_path)
    type_in(merge(place), "Assessment", refs_of(place), {"Agreed RAG": "Green", "Reason for agreed RAG": "Seen"})
    merge(place)
    first = sorted((place.folder / "history").glob("*.json"), key=lambda path: len(path.name))[0]
    said = json.loads(first.read_text(encoding="utf-8"))
    first.write_text(json.dumps({**said, "locality": "Elsewhere"}), encoding="utf-8")
    assert first.name in by_code(check_sign_off(place, AS_AT).conditions)["history-broken"].message


# --- A merge that is out of date


def another_return(place: Locality, path: Path) -> None:
    fill_in(place, "Ref | RAG\n", partner="NORTH", file="NORTH again.xlsx")


def a_changed_return(place: Locality, path: Path) -> None:
    answer(place, {refs_of(place): {"Evidence": "Another report"}})


def no_return(place: Locality, path: Path) -> None:
    next((place.folder / "returns").glob("*.xlsx")).unlink()


def a_setting(place: Locality, path: Path) -> None:
    with (place.folder / SETTINGS).open("a", encoding="utf-8") as file:
        file.write("\n# another comment\n")


def a_decision(place: Locality, path: Path) -> None:
    type_in(path, "Assessment", refs_of(place), {"Agreed RAG": "Amber"})


def a_note(place: Locality, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    from openpyxl.comments import Comment

    book["Assessment"]["A7"].comment = Comment("Ask again", "x")
    book.save(path)


@pytest.mark.parametrize("change", [another_return, a_changed_return, no_return, a_setting, a_decision, a_note])
def test_what_changed_after_the_merge_blocks_until_it_is_merged(
    change: Callable[[Locality, Path], None], tmp_path: Path
) -> None:
    place = ready(tmp_path)
    change(place, merge(place))
    found = by_code(check_sign_off(place, AS_AT, {"merge-out-of-date": "never mind"}).conditions)["merge-out-of-date"]
    assert found.stands_in_the_way, "and it cannot be accepted"
    assert "icsassess merge" in found.kind.do
    merge(place)
    assert by_code(check_sign_off(place, AS_AT).conditions)["merge-out-of-date"].count == 0


def test_a_merge_of_another_day_is_out_of_date(tmp_path: Path) -> None:
    place = ready(tmp_path)
    merge(place)
    later = by_code(check_sign_off(place, AS_AT + datetime.timedelta(days=1)).conditions)["merge-out-of-date"]
    assert later.where == ("it is as at 10 January 2024, not 11 January 2024",)


def test_saving_the_merged_workbook_again_without_typing_does_not_make_it_out_of_date(tmp_path: Path) -> None:
    place = ready(tmp_path, TWO)
    answer(place, {refs_of(place): {**PLAN, "RAG": "Red"}}, partner="SOUTH")
    path = merge(place)
    openpyxl.load_workbook(path).save(path)
    assert by_code(check_sign_off(place, AS_AT).conditions)["merge-out-of-date"].where == ()


def test_a_cell_typed_after_the_merge_is_named(tmp_path: Path) -> None:
    place = ready(tmp_path)
    path = merge(place)
    a_decision(place, path)
    assert "Assessment " in by_code(check_sign_off(place, AS_AT).conditions)["merge-out-of-date"].where[0]


# --- Words and data


def test_each_condition_has_its_words_and_only_two_cannot_be_accepted() -> None:
    assert [code for code, kind in condition_kinds().items() if not kind.can_be_accepted] == [
        "personal-data",
        "merge-out-of-date",
    ]
    for words in shipped_toml("conditions.toml")["condition"]:
        assert all(words[part].strip() for part in ("title", "one", "many", "do", "sheet"))
        assert "{where}" in words["one"]
        assert "{where}" in words["many"]
        assert words["do"].endswith(".")


def test_the_list_is_in_order_of_weight_and_json_has_the_contracts_keys(place: Locality) -> None:
    answer(place, {refs_of(place): {"RAG": "Not assessed"}})
    merge(place)
    result = run("sign-off", place.folder, "--as-at", AS_AT.isoformat(), "--json")
    document: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [found["code"] for found in document["conditions"]] == list(condition_kinds())
    keys = {"code", "count", "message", "where", "can_be_accepted", "accepted"}
    assert all(keys <= found.keys() for found in document["conditions"])
    assert (document["ready"], document["workbook"], document["manifest"], document["code"]) == (
        False,
        None,
        None,
        None,
    )


def test_nothing_is_written_by_looking(tmp_path: Path) -> None:
    place = ready(tmp_path)
    merge(place)
    before = sorted(path.as_posix() for path in place.folder.rglob("*"))
    assert run("sign-off", place.folder, "--as-at", AS_AT.isoformat()).exit_code == 0
    assert sorted(path.as_posix() for path in place.folder.rglob("*")) == before


def test_without_a_merge_there_is_nothing_to_sign(tmp_path: Path) -> None:
    result = run("sign-off", ready(tmp_path).folder)
    assert result.exit_code == 2
    assert "icsassess merge" in result.output


# --- The sheet of every locality workbook


@pytest.mark.parametrize("kind", [{}, {"seed": 2, "partners": 1}, {"returns": False}, {"all_green": True}], ids=str)
def test_the_sheet_of_every_week_has_the_same_list_with_the_same_counts(kind: dict[str, Any]) -> None:
    view = sample_view(**kind)
    sheet = openpyxl.load_workbook(io.BytesIO(locality_workbook(view)), data_only=True)["Sign-off"]
    (table,) = sheet.tables.values()
    headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    found = {row[headings.index("Code")]: row for row in rows}
    assert list(found) == list(condition_kinds())
    for condition in conditions(view):
        row = found[condition.code]
        assert row[1] == condition.count, condition.code
        assert row[2] == ("In the way" if condition.count else "Clear")
        assert row[headings.index("What to do")] == condition.kind.do
    number = sum(condition.count > 0 for condition in conditions(view))
    assert f"{number} thing" in str(sheet["B5"].value)


def test_the_settings_role_is_named_from_the_first_week(place: Locality) -> None:
    view = merged(open_locality(place.folder))
    sheet = openpyxl.load_workbook(io.BytesIO(locality_workbook(view)))["Sign-off"]
    assert sheet["B7"].value == "To be signed by the Associate Director of Nursing and Quality"
