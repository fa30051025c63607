"""The sub-folders of a locality: each is a folder that may be read, or is not there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from icsassess.domain.problems import Refusal, make_problem

_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_sub_folders(folder: Path, names: Iterable[str]) -> None:
    """See to it that each of these is a folder that may be read, where it is there.

    Raises ``Refusal``, naming it and what it is instead: one that may not be read must never pass for an empty one.
    """
    for name in names:
        path = folder / name
        what = _what_instead(path)
        if what is not None:
            raise Refusal(make_problem("sub-folder-not-a-folder", sheet=name, found=what))
        try:
            if path.is_dir():
                with os.scandir(path) as entries:
                    next(entries, None)
        except OSError as error:
            raise Refusal(make_problem("folder-not-readable", sheet=name)) from error


def files_below(folder: Path) -> Iterator[Path]:
    """Give everything in a folder and its sub-folders that is no folder; links are given, and not followed.

    Raises ``Refusal`` where one of them may not be read.
    """

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            named = Path(str(error.filename)).relative_to(folder.parent).as_posix()
            raise Refusal(make_problem("folder-not-readable", sheet=named)) from error

    for place, folders, files in os.walk(folder, onerror=refuse):
        yield from (Path(place, name) for name in files)
        yield from (link for name in folders if (link := Path(place, name)).is_symlink())


def place_of(path: Path) -> Path:
    """Give where a file is, whatever way leads there; of a link where it stands: it may lead back to itself."""
    return path.absolute() if path.is_symlink() else path.resolve()


def _what_instead(path: Path) -> str | None:
    """Say what stands in a folder's place, None where it is a folder or nothing is there."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else None
    except OSError:
        return "a link that leads back to itself" if path.is_symlink() else "something that cannot be opened"
    if stat.S_ISDIR(mode):
        return None
    return next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
