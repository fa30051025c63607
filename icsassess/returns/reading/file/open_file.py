"""Opening a return's file: its bytes once, its fingerprint, and its workbook or the point that says why not."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from icsassess.excel.reading.envelopes.enclosed_files import Wrapping

MOST_BYTES = 128 * 1024 * 1024

_CODES = {
    Reason.EMPTY_FILE: "file-empty",
    Reason.PASSWORD: "file-password",
    Reason.DAMAGED: "file-damaged",
    Reason.CUT_OFF: "file-damaged",
    Reason.NOT_A_WORKBOOK: "file-not-a-workbook",
    Reason.UNSAFE: "file-unsafe",
    Reason.TOO_LARGE: "file-too-large",
    Reason.TOO_SLOW: "file-too-slow",
    Reason.NO_SHEETS: "file-without-sheets",
    Reason.MISSING: "file-not-there",
}


class Opened(NamedTuple):
    """A file's fingerprint and either its workbook or the reason why it could not be read."""

    sha256: str
    workbook: Workbook | None
    problem: Problem | None = None
    wrappings: tuple[Wrapping, ...] = ()
    """The mails and archives that the file came in, the outermost first."""


def open_file(
    path: Path, without: Container[str] = (), limits: Limits = DEFAULT_LIMITS, *, links: bool = True
) -> Opened:
    """Open a workbook of any kind; never raises for what the file holds.

    Sheets whose titles stand in ``without`` need not be read. Without ``links``, a link is refused and not followed: it
    may lead anywhere.
    """
    # Imported here: a first merge opens no workbook in the process that writes one.
    from icsassess.excel.reading.read_workbook import read_workbook_bytes
    from icsassess.returns.reading.file.places import content_at, is_enclosed

    try:
        if not links and path.is_symlink():
            return Opened("", None, make_problem("file-is-a-link"))
        size = 0 if is_enclosed(path) else _size_of_file(path)
        if size is None:
            return Opened("", None, make_problem("file-not-there", detail="it is a folder, a pipe or a device"))
        if size > max(MOST_BYTES, limits.file_bytes):
            return Opened("", None, make_problem("file-too-large", detail=f"it has {size // 1_000_000} MB"))
        data, wrappings = content_at(path)
    except OSError as error:
        return Opened("", None, make_problem("file-not-there", detail=error.strerror or str(error)))
    except Unreadable as error:
        return Opened("", None, _problem(error))
    fingerprint = hashlib.sha256(data).hexdigest()
    try:
        return Opened(fingerprint, read_workbook_bytes(data, limits, without), None, wrappings)
    except Unreadable as error:
        problem = _without_a_return(data, error, wrappings)
        return Opened(fingerprint, None, problem or _problem(error), wrappings)


def _size_of_file(path: Path) -> int | None:
    """Give a file's bytes; None for what is no file. Raises OSError."""
    state = path.stat()
    return state.st_size if stat.S_ISREG(state.st_mode) else None


def _problem(error: Unreadable) -> Problem:
    return make_problem(_CODES[error.reason], detail=error.detail or error.reason.value)


def _without_a_return(data: bytes, error: Unreadable, wrappings: tuple[Wrapping, ...]) -> Problem | None:
    """Give the point of a mail or an archive in which there is no return; None for any other file."""
    if error.reason not in (Reason.NOT_A_WORKBOOK, Reason.DAMAGED, Reason.CUT_OFF):
        return None
    from icsassess.returns.reading.file.wrapping import about_envelope

    return about_envelope(data, wrappings)
