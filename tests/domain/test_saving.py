"""Files are put in their places together or not at all, and what an interrupted run left is swept away."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from icsassess.domain.problems import Refusal
from icsassess.support.saving import Pending, add_together

DAY = 24 * 60 * 60
only_posix = pytest.mark.skipif(os.name == "nt", reason="on Windows files are put in their places by renaming alone")


def put(folder: Path) -> list[Path]:
    """Put a workbook, its copy and its record into two folders, as a merge does."""
    workbook = Pending(folder / "history", ".xlsx", b"workbook")
    record = Pending(folder / "history", ".json", lambda file: file.write(b"record"))
    return add_together("Anytown.xlsx", [workbook, record, Pending(folder / "merged", ".xlsx", workbook)])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def no_hard_links(*_: object, **__: object) -> None:
    raise OSError(1, "Operation not permitted")


def fail_at(step: int, error: BaseException, real: Callable[..., object]) -> Callable[..., object]:
    """Give a function that does as the real one until it is called for the ``step``th time, from 0."""
    calls: list[int] = []

    def failing(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == step + 1:
            raise error
        return real(*arguments, **named)

    return failing


@only_posix
@pytest.mark.parametrize("step", range(3))
def test_files_placed_before_one_that_cannot_be_moved_are_taken_away_again(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path)
    before = contents(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", no_hard_links)
        patch.setattr(Path, "rename", fail_at(step, OSError(28, "No space left on device"), Path.rename))
        with pytest.raises(Refusal) as refused:
            put(tmp_path)
    assert refused.value.problem.code == "folder-not-writable"
    assert contents(tmp_path) == before


@only_posix
@pytest.mark.parametrize("step", range(3))
def test_files_placed_before_somebody_stops_the_program_are_taken_away_again(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", fail_at(step, KeyboardInterrupt(), os.link))
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path)
    assert contents(tmp_path) == {}


@only_posix
def test_where_a_name_is_taken_between_two_moves_all_get_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = os.link
    taken = tmp_path / "merged" / "Anytown.xlsx"

    def somebody_is_quicker(source: Path, target: Path) -> None:
        if target == taken:
            taken.write_bytes(b"theirs")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", somebody_is_quicker)
        paths = put(tmp_path)
    assert {path.stem for path in paths} == {"Anytown (2)"}
    assert taken.read_bytes() == b"theirs"
    assert len(contents(tmp_path)) == 4


@only_posix
def test_a_folder_is_on_the_disk_before_the_next_file_is_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync: Callable[[int], None] = os.fsync
    link: Callable[..., None] = os.link

    def recorded_sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            events.append("folder")
        sync(handle)

    def recorded_link(source: Path, target: Path) -> None:
        events.append(target.suffix)
        link(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", recorded_sync)
        patch.setattr(os, "link", recorded_link)
        put(tmp_path)
    assert events == [".xlsx", "folder", ".json", "folder", ".xlsx", "folder"]


def test_what_an_interrupted_run_left_half_written_is_swept_away_a_day_later(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    ages = {"~$old.part": DAY + 60, "~$young.part": DAY - 60, "~$book.xlsx": 2 * DAY, "mine.part": 2 * DAY}
    for name, age in ages.items():
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)
    put(tmp_path)
    assert sorted(path.name for path in folder.iterdir() if path.name in ages) == [
        "mine.part",
        "~$book.xlsx",
        "~$young.part",
    ]
