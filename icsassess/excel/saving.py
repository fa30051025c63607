"""Putting a file in its place: written beside it and moved in, so that a crash leaves what was there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from icsassess.problems import Refusal, point


def replace_file(path: Path, data: bytes) -> None:
    """Write a file, taking the place of one of that name. Raises ``Refusal`` where that cannot be done."""
    with _beside(path, data) as written:
        written.replace(path)


def add_file(path: Path, data: bytes) -> Path:
    """Write a file that is never to take another's place: gives ‘name (2).xlsx’ where the name is taken.

    Raises ``Refusal`` where it cannot be written.
    """
    with _beside(path, data) as written:
        number = 1
        while True:
            target = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
            try:
                _move_without_replacing(written, target)
            except FileExistsError:
                number += 1
                continue
            return target


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
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    written: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="~$", suffix=".part", dir=path.parent)
        written = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o644)
        yield written
    except OSError as error:
        raise Refusal(point("folder-not-writable", sheet=path.name, detail=error.strerror or str(error))) from error
    finally:
        if written is not None:
            written.unlink(missing_ok=True)
