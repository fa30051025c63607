"""Weeks of a group at work, made up from seeds: whatever it types is found again, whatever happens in between."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from icsassess.domain.problems import Refusal
from icsassess.locality.locality import open_locality
from icsassess.round.merge_and_write import merge_and_write
from tests.support.folders import fingerprints
from tests.support.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.support.register import ACTIONS, ASSESSMENT, Table
from tests.support.simulation.group import EDITS, Edit, Group, agree_ratings, plan_actions
from tests.support.simulation.round import Round

pytestmark = pytest.mark.slow


def test_in_ten_weeks_of_work_nothing_that_the_group_typed_is_lost_or_changed(tmp_path: Path) -> None:
    a_round = Round.begun(tmp_path / "place", seed=20)
    _, newest = a_round.merge()
    for week in range(10):
        newest, lost = a_round.one_week(newest, edits=2 + week % 6)
        assert not lost, f"week {week}, after {a_round.weeks[-1]}: {lost}"
    assert sum(map(len, a_round.weeks)) > 30, "the weeks were too quiet to show anything"


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_each_way_of_working_on_the_workbook_leaves_everything_else_where_it_was(edit: Edit, tmp_path: Path) -> None:
    a_round = Round.begun(tmp_path / "place", seed=7)
    _, newest = a_round.merge()
    for work in ((agree_ratings, plan_actions), (edit,)):
        newest, lost = _one_week_of(a_round, newest, work)
        assert not lost


def _one_week_of(a_round: Round, newest: Path, edits: Sequence[Edit]) -> tuple[Path, list[str]]:
    def week(group: Group, number: int) -> None:
        for edit in edits:
            edit(group)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Group, "week", week)
        return a_round.one_week(newest, edits=1)


@pytest.mark.parametrize("seed", [pytest.param(3, marks=needs_libreoffice)])
def test_nothing_is_lost_where_the_group_works_in_libreoffice(seed: int, tmp_path: Path) -> None:
    a_round = Round.begun(tmp_path / "place", seed)
    _, newest = a_round.merge()
    for week in range(3):
        newest, lost = a_round.one_week(
            newest, edits=6, program=lambda path: saved_by_libreoffice(path, tmp_path / "profile")
        )
        assert not lost, f"week {week}, after {a_round.weeks[-1]}: {lost}"


# --- The folder is as before or as after


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round after its first merge, with something typed."""
    a_round = Round.begun(tmp_path_factory.mktemp("begun") / "place", seed=1)
    _, newest = a_round.merge()
    book = openpyxl.load_workbook(newest)
    table = Table(book[ACTIONS], "No")
    table.cell(table.heading + 1, "Action").value = "Typed by the group"
    book.save(newest)
    return a_round.locality.folder


@pytest.fixture
def place(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "place"))


WEEK_2 = datetime.date(2024, 1, 10)


def test_the_same_inputs_give_the_same_bytes_wherever_and_in_whatever_order_the_files_lie(
    begun: Path, tmp_path: Path
) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        shutil.copytree(begun, folder)
        if name == "two":  # put in again in another order
            files = sorted((folder / "returns").iterdir(), reverse=True)
            for file in files:
                data = file.read_bytes()
                file.unlink()
                file.write_bytes(data)
        merge_and_write(open_locality(folder), WEEK_2)
        made.append(fingerprints(folder))
    assert made[0] == made[1]


def test_merging_again_without_any_change_writes_nothing_and_says_so(place: Path) -> None:
    locality = open_locality(place)
    merged, path = merge_and_write(locality, WEEK_2)
    assert not merged.nothing_new
    standing = fingerprints(place)
    again, same = merge_and_write(locality, WEEK_2)
    assert (again.nothing_new, same) == (True, path)
    assert fingerprints(place) == standing


@pytest.mark.parametrize("step", range(9))
@pytest.mark.parametrize("call", ["os.link", "os.fsync", "os.unlink", "pathlib.Path.rename", "tempfile.mkstemp"])
def test_where_a_step_of_writing_fails_the_folder_is_as_before_or_as_after(
    call: str, step: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprints(place)
    module, name = call.rsplit(".", 1)
    owner = {"os": __import__("os"), "tempfile": __import__("tempfile"), "pathlib.Path": Path}[module]
    real, calls = getattr(owner, name), []

    def failing(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == step + 1:
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        refusal = _refused(place)
    if refusal:
        assert refusal == "folder-not-writable"
        assert _without_rubbish(place) == before
    else:
        assert len([name for name in _without_rubbish(place) if name not in before]) == 3
    merged, path = merge_and_write(open_locality(place), WEEK_2)
    assert path.exists()
    assert "Typed by the group" in [action.action for action in merged.actions]


def _refused(place: Path) -> str:
    """Merge, and give the code of the refusal, ``""`` where there is none."""
    try:
        merge_and_write(open_locality(place), WEEK_2)
    except Refusal as refusal:
        return refusal.problem.code
    return ""


def _without_rubbish(folder: Path) -> dict[str, str]:
    return {name: sha for name, sha in fingerprints(folder).items() if "~$" not in name}


MERGE = "import sys; from icsassess.cli import cli; cli(sys.argv[1:], prog_name='icsassess')"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8, 0.9, 0.95, 1.0])
def test_killed_at_any_moment_the_folder_is_as_before_or_as_after_and_the_next_merge_works(
    share: float, place: Path
) -> None:
    command = [sys.executable, "-c", MERGE, "merge", str(place), "--as-at", "2024-01-10"]
    rehearsal = place.with_name("rehearsal")
    shutil.copytree(place, rehearsal)
    began = time.monotonic()
    subprocess.run([*command[:4], str(rehearsal), *command[5:]], capture_output=True, check=False)
    took = time.monotonic() - began
    before = fingerprints(place)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(took * share)
    running.kill()
    running.wait()
    workbooks = [path for path in (place / "merged").glob("*.xlsx") if not path.name.startswith("~$")]
    assert {name: sha for name, sha in fingerprints(place).items() if name in before} == before
    for path in workbooks:
        openpyxl.load_workbook(path)  # whole
    merged, made = merge_and_write(open_locality(place), datetime.date(2024, 1, 17))
    assert made.name == "Anytown 2024-01-17.xlsx"
    assert "Typed by the group" in [action.action for action in merged.actions]
    assert not [problem for problem in merged.problems if problem.code.startswith("history")]


def test_a_folder_that_cannot_be_written_is_refused_in_words_and_nothing_changed(place: Path) -> None:
    (place / "history").rename(place / "history before")
    (place / "history").write_bytes(b"a file in the way")
    before = fingerprints(place)
    with pytest.raises(Refusal) as refused:
        merge_and_write(open_locality(place), WEEK_2)
    assert refused.value.problem.code == "sub-folder-not-a-folder"
    assert fingerprints(place) == before


def test_a_workbook_that_somebody_has_open_is_merged_as_saved_and_it_is_said(place: Path) -> None:
    (newest,) = (place / "merged").glob("*.xlsx")
    newest.with_name(f"~${newest.name}").write_bytes(b"somebody")
    merged, _ = merge_and_write(open_locality(place), WEEK_2)
    assert "group-workbook-open" in {problem.code for problem in merged.problems}
    assert ASSESSMENT in openpyxl.load_workbook(newest).sheetnames
