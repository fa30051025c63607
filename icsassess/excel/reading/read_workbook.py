"""Reading a workbook: the one way in, whatever kind of file it is."""

import stat
from collections.abc import Container
from pathlib import Path

from icsassess.excel.cells.model import Workbook
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, MEBIBYTE, Limits, Meter, Remarks
from icsassess.excel.reading.formats.registry import recognise
from icsassess.excel.reading.input_file import InputFile

__all__ = ["Reason", "Unreadable", "read_workbook", "read_workbook_bytes"]


def read_workbook(path: Path, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Read the workbook at a path. Raises Unreadable, and nothing else."""
    return read_workbook_bytes(read_file(path, limits), limits)


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Give a file's bytes, if it is a file and within its bounds. Raises Unreadable."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise Unreadable(Reason.MISSING, "it is a folder" if stat.S_ISDIR(mode) else "it is not a file")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise Unreadable(Reason.MISSING, "there is no such file") from error
    except PermissionError as error:
        raise Unreadable(Reason.MISSING, "permission to read it is missing") from error
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        raise Unreadable(Reason.MISSING, "the computer could not read it") from error
    return data


def read_workbook_bytes(data: bytes, limits: Limits = DEFAULT_LIMITS, without: Container[str] = ()) -> Workbook:
    """Read a workbook from memory. Raises Unreadable, and nothing else.

    Sheets whose titles stand in ``without`` are left out of an .xlsx or .xlsm: a long one that nobody asks for costs
    nothing then.
    """
    if not data:
        raise Unreadable(Reason.EMPTY_FILE)
    if len(data) > limits.file_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"the file is larger than {limits.file_bytes // MEBIBYTE} MiB")
    try:
        return _read(data, limits, without)
    except MemoryError as error:
        raise Unreadable(Reason.TOO_LARGE, "it takes more memory than there is") from error


def _read(data: bytes, limits: Limits, without: Container[str]) -> Workbook:
    file = InputFile(data, Meter(limits), Remarks(limits.remarks))
    return recognise(file).read(file, without)
