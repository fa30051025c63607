"""Opening a return's file: its bytes once, its fingerprint, and its workbook or the point that says why not."""

import hashlib
import stat
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits

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


def open_file(
    path: Path, without: Container[str] = (), limits: Limits = DEFAULT_LIMITS, *, links: bool = True
) -> Opened:
    """Open a workbook of any kind; never raises for what the file holds.

    Sheets whose titles stand in ``without`` need not be read. Without ``links``, a link is refused and not followed: it
    may lead anywhere.
    """
    # Imported here: a first merge opens no workbook in the process that writes one.
    from icsassess.excel.reading.read_workbook import read_workbook_bytes

    try:
        if not links and path.is_symlink():
            return Opened("", None, make_problem("file-is-a-link"))
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            return Opened("", None, make_problem("file-not-there", detail="it is a folder, a pipe or a device"))
        size = state.st_size
        if size > max(MOST_BYTES, limits.file_bytes):
            return Opened("", None, make_problem("file-too-large", detail=f"it has {size // 1_000_000} MB"))
        data = path.read_bytes()
    except OSError as error:
        return Opened("", None, make_problem("file-not-there", detail=error.strerror or str(error)))
    fingerprint = hashlib.sha256(data).hexdigest()
    try:
        return Opened(fingerprint, read_workbook_bytes(data, limits, without))
    except Unreadable as error:
        return Opened(fingerprint, None, make_problem(_CODES[error.reason], detail=error.detail or error.reason.value))
