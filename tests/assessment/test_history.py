"""What each merge read, decided and wrote is kept and chained; a break is reported and the merge goes on."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import records
from icsassess.assessment.merging.model import Merged
from icsassess.locality.locality import open_locality
from icsassess.round.merge_and_write import merge_and_write
from icsassess.view.assessment_view import View
from icsassess.view.priorities.worst_first import priorities
from tests.support.register import Table, shown
from tests.support.returns_dsl import fill_in, locality_of, points

pytestmark = pytest.mark.begins_early

DAYS = [datetime.date(2024, 1, day) for day in (3, 10, 17, 24)]


@pytest.fixture(scope="module")
def three_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The framework of 36 lines: the weeks are shorter.
    locality = locality_of(tmp_path_factory.mktemp("history") / "place", {"NORTH": "W1"}, framework="cqc-la-2023")
    fill_in(locality, "Ref | Evidence | RAG | Gap | Action\nW1-PEX | Report | Red | Voices | Ask", file="NORTH.xlsx")
    for day in DAYS[:3]:
        _, path = merge_and_write(locality, day)
        book = openpyxl.load_workbook(path)
        Table(book["Actions"], "No").cell(5, "Update").value = f"Said on {day}"
        Table(book["Actions"], "No").cell(5, "Action").value = "Our way"
        book.save(path)
    return locality.folder


@pytest.fixture
def place(three_weeks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_weeks, tmp_path / "place"))


def again(place: Path) -> tuple[Merged, str, str]:
    """Merge once more; give the view, and wording and update of the first action."""
    merged, path = merge_and_write(open_locality(place), DAYS[3])
    table = Table(openpyxl.load_workbook(path)["Actions"], "No")
    return merged, shown(table.cell(5, "Action").value), shown(table.cell(5, "Update").value)


OURS = ("Our way", "Said on 2024-01-17")


def test_a_record_says_what_was_read_decided_and_written_and_names_the_one_before(place: Path) -> None:
    merged, *ours = again(place)
    assert tuple(ours) == OURS
    assert not [problem for problem in merged.problems if problem.code.startswith("history")]
    found, problems = records(open_locality(place))
    assert [record.number for record in found] == [1, 2, 3, 4]
    assert problems == []
    last, before = found[-1].content, found[-2]
    assert last["previous"] == {"record": before.path.name, "sha256": fingerprint(before.path.read_bytes())}
    (read,) = last["read"]["returns"]
    assert read["sha256"] == fingerprint((place / "returns" / "NORTH.xlsx").read_bytes())
    group = place / last["read"]["workbook"]["file"]
    assert last["read"]["workbook"]["sha256"] == fingerprint(group.read_bytes())
    assert last["wrote"]["sha256"] == fingerprint((place / "merged" / "Anytown 2024-01-24.xlsx").read_bytes())
    assert {"code", "sheet", "cell", "ref", "found"} == set(read["points"][0])


def damaged(path: Path) -> None:
    path.write_bytes(b"{ no JSON")


def changed(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rules"]["combine"] = "majority"
    path.write_text(json.dumps(content), encoding="utf-8")


def without_its_gaps(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["gaps"]
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("day", [0, 1, 2], ids=["the first", "one between", "the newest"])
@pytest.mark.parametrize("harm", [damaged, changed, without_its_gaps, Path.unlink], ids=lambda harm: harm.__name__)
def test_a_record_that_is_damaged_changed_or_missing_is_reported_and_the_merge_goes_on(
    harm: Callable[[Path], None], day: int, place: Path
) -> None:
    harm(place / "history" / f"Anytown {DAYS[day]}.json")
    merged, *ours = again(place)
    assert tuple(ours) == OURS
    told = {problem.code for problem in merged.problems}
    assert told & {"history-broken", "history-missing"}


def test_a_copy_that_was_changed_is_reported_and_nothing_is_lost(place: Path) -> None:
    copy = place / "history" / "Anytown 2024-01-17.xlsx"
    book = openpyxl.load_workbook(copy)
    Table(book["Actions"], "No").cell(5, "Action").value = "Our way"
    book.save(copy)
    merged, *ours = again(place)
    assert tuple(ours) == OURS
    assert points(merged, "history-broken")


def test_without_any_history_the_workbook_is_taken_at_its_word(place: Path) -> None:
    shutil.rmtree(place / "history")
    merged, *ours = again(place)
    assert tuple(ours) == OURS
    assert points(merged, "history-missing")


def test_a_record_whose_workbook_never_got_there_counts_for_nothing(place: Path) -> None:
    for ending in (".json", ".xlsx"):
        shutil.copy(
            place / "history" / f"Anytown 2024-01-17{ending}", place / "history" / f"Anytown 2024-01-20{ending}"
        )
    merged, *ours = again(place)
    assert tuple(ours) == OURS
    assert merged.changes is not None
    assert merged.changes.since == "Anytown 2024-01-17"
    assert [record.name for record in records(open_locality(place))[0]][-2:] == [
        "Anytown 2024-01-17",
        "Anytown 2024-01-24",
    ]


def test_with_the_newest_workbook_gone_the_merge_goes_on_from_it_as_it_was_written_and_says_so_first(
    place: Path,
) -> None:
    (place / "merged" / "Anytown 2024-01-17.xlsx").unlink()
    merged, *ours = again(place)
    assert ours == ["Our way", "Said on 2024-01-10"]
    assert merged.changes is not None
    assert merged.changes.since == "Anytown 2024-01-17"
    first = priorities(View(merged))[0].sentence
    assert "the last merge was Anytown 2024-01-17, and its workbook is not in merged/" in first


def test_a_merge_as_at_an_earlier_day_is_still_the_newest(place: Path) -> None:
    locality = open_locality(place)
    _, path = merge_and_write(locality, datetime.date(2023, 1, 4))
    book = openpyxl.load_workbook(path)
    Table(book["Actions"], "No").cell(5, "Update").value = "Said since"
    book.save(path)
    assert again(place)[2] == "Said since"


def test_with_every_workbook_taken_out_the_merge_goes_on_from_the_copy_and_says_what_is_missing(place: Path) -> None:
    for path in (place / "merged").iterdir():
        path.unlink()
    merged, *ours = again(place)
    # The copy has what the group had typed before that merge; what came after it was in the workbook alone.
    assert ours == ["Our way", "Said on 2024-01-10"]
    (told,) = [problem for problem in merged.problems if problem.code == "group-workbook-gone"]
    assert told.found == "Anytown 2024-01-17"


def test_a_workbook_that_is_gone_is_written_again_also_where_nothing_else_is_new(place: Path) -> None:
    merge_and_write(open_locality(place), DAYS[3])
    for path in (place / "merged").iterdir():
        path.unlink()
    merged, path = merge_and_write(open_locality(place), DAYS[3])
    assert not merged.nothing_new
    assert path.parent == place / "merged"
