"""Whatever lies in a locality's folder, a person gets a sentence; one that may not be read is never empty."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from icsassess.domain.problems import Refusal
from icsassess.locality.locality import FURTHER_FOLDERS, SUB_FOLDERS, open_locality
from icsassess.round.check import check
from tests.support.ready_locality import ready

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders, and few links")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locality with one return."""
    return ready(tmp_path).folder


def a_file(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_that_leads_nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def a_link_that_leads_back_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


NOBODY = 65534


THINGS = [a_file, a_pipe, a_link_that_leads_nowhere, a_link_that_leads_back_to_itself, a_device]


def take_away(path: Path) -> None:
    if path.is_dir():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_what_stands_in_a_sub_folders_place_is_named(thing: Callable[[Path], None], folder: Path) -> None:
    for name in (*SUB_FOLDERS, *FURTHER_FOLDERS):
        take_away(folder / name)
        thing(folder / name)
        with pytest.raises(Refusal) as refusal:
            open_locality(folder)
        problem = refusal.value.problem
        assert (problem.sheet, problem.found) == (name, thing.__name__.replace("_", " "))
        (folder / name).unlink()


@pytest.mark.parametrize("thing", THINGS[1:], ids=lambda thing: thing.__name__)
def test_what_is_no_file_among_the_returns_is_refused_by_name_and_never_followed(
    thing: Callable[[Path], None], folder: Path
) -> None:
    thing(folder / "returns" / "odd.xlsx")
    odd, sound = sorted(check([folder]).as_json()["files"], key=lambda file: str(file["outcome"]), reverse=True)
    assert (odd["file"], odd["outcome"]) == ("returns/odd.xlsx", "refused")
    assert sound["outcome"].startswith("accepted")


def test_a_linked_folder_of_returns_is_named_and_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.xlsx").write_bytes(b"PK")
    (folder / "returns" / "more").symlink_to(elsewhere, target_is_directory=True)
    files = check([folder]).as_json()["files"]
    assert "returns/more" in [file["file"] for file in files]
    assert not any("secret" in str(file) for file in files)


@pytest.fixture
def readable_folder(folder: Path) -> Iterator[Path]:
    """A locality where anybody may read it, looked at by somebody who is not the machine's administrator."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        shutil.copytree(folder, place / "locality").chmod(0o755)
        administrator = os.geteuid() == 0
        if administrator:
            os.seteuid(NOBODY)
        try:
            yield place / "locality"
        finally:
            if administrator:
                os.seteuid(0)


@pytest.mark.parametrize("name", ["returns", "merged", "history", "returns/later", "."])
def test_a_folder_that_may_not_be_read_is_never_an_empty_one(name: str, folder: Path, request: Any) -> None:
    (folder / name).mkdir(exist_ok=True)
    readable = request.getfixturevalue("readable_folder")
    closed = readable / name
    user = os.geteuid()
    os.seteuid(os.getuid())
    closed.chmod(0)
    os.seteuid(user)
    with pytest.raises(Refusal) as refusal:
        open_locality(readable).return_files()
    assert str(refusal.value.problem.sheet).endswith(name.strip("."))
    os.seteuid(os.getuid())
    closed.chmod(0o755)
