"""Putting a file in its place: written beside it and moved in, so that a crash leaves what was there."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from icsassess.domain.problems import Refusal, make_problem

_TEMPORARY = ("~$", ".part")
"""How the names of files begin and end that are still being written: everybody ignores them."""
_ABANDONED_SECONDS = 24 * 60 * 60
"""After a day, a file that is still being written was abandoned: a computer was switched off."""


def replace_file(path: Path, data: bytes) -> None:
    """Write a file, taking the place of one of that name. Raises ``Refusal`` where that cannot be done."""
    with _temporary_file(path, data) as written:
        written.replace(path)


def add_file(path: Path, data: bytes) -> Path:
    """Write a file that is never to take another's place: gives ‘name (2).xlsx’ where the name is taken.

    Raises ``Refusal`` where it cannot be written.
    """
    return add_together(path.name, [Pending(path.parent, path.suffix, data)])[0]


class Pending(NamedTuple):
    """A file to be written into a folder, under a name that several files share, with an ending of its own.

    ``data`` are its bytes, what writes them into a file that is open for it (and may read them again there), or another
    file, pending before this one, that it is a copy of.
    """

    folder: Path
    suffix: str
    data: bytes | Callable[[BinaryIO], object] | Pending


def add_together(name: str, files: Sequence[Pending]) -> list[Path]:
    """Write several files under one name that none of them takes from another, as ‘name (2)’ where it is taken.

    All are written beside their places first, then moved in one right after the other, in the order given: the last
    one makes the rest count. Where one cannot be moved, those moved before are taken away again. Raises ``Refusal``
    where that cannot be done.
    """
    stem = Path(name).stem
    for folder in {file.folder for file in files}:
        _sweep(folder)
    with ExitStack() as stack:
        written: list[Path] = []
        for file in files:
            data = written[files.index(file.data)] if isinstance(file.data, Pending) else file.data
            written.append(stack.enter_context(_temporary_file(file.folder / name, data)))
        number = 1
        while True:
            numbered = stem if number == 1 else f"{stem} ({number})"
            targets = [file.folder / f"{numbered}{file.suffix}" for file in files]
            if not any(target.exists() for target in targets) and _place_all(written, targets):
                return targets
            number += 1


def _place_all(written: Sequence[Path], targets: Sequence[Path]) -> bool:
    placed: list[Path] = []
    try:
        for source, target in zip(written, targets, strict=True):
            placed.append(target)
            try:
                _move_without_replacing(source, target)
            except BaseException:
                placed.pop()
                raise
            _sync_folder(target.parent)
    except BaseException as error:  # also where somebody stops the program just then
        for target in reversed(placed):
            with suppress(OSError):
                target.unlink()
        if isinstance(error, FileExistsError):
            return False
        raise
    return True


def _sync_folder(folder: Path) -> None:
    """Have the folder itself written to the disk, where the system can: a power cut then leaves one after the other."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Take away what an earlier run left behind half written, a day later at the earliest."""
    began, ended = _TEMPORARY
    with suppress(OSError):
        for path in folder.glob(f"*{ended}"):
            if path.name.startswith(began) and time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


def _move_without_replacing(written: Path, target: Path) -> None:
    if os.name == "nt":
        written.rename(target)  # on Windows this fails where the name is taken
        return
    try:
        os.link(written, target)
    except FileExistsError:
        raise
    except OSError:  # a shared drive without hard links
        if target.exists():
            raise FileExistsError(target) from None
        written.rename(target)


@contextmanager
def _temporary_file(path: Path, data: bytes | Path | Callable[[BinaryIO], object]) -> Iterator[Path]:
    written: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_TEMPORARY[0], suffix=_TEMPORARY[1], dir=path.parent)
        written = Path(name)
        with os.fdopen(handle, "w+b") as file:
            if isinstance(data, bytes):
                file.write(data)
            elif isinstance(data, Path):
                with data.open("rb") as source:
                    shutil.copyfileobj(source, file)
            else:
                data(file)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o644)
        yield written
    except OSError as error:
        raise Refusal(
            make_problem("folder-not-writable", sheet=path.name, detail=error.strerror or str(error))
        ) from error
    finally:
        if written is not None:
            with suppress(OSError):
                written.unlink(missing_ok=True)
