"""Reading many returns side by side, each file within bounds of time and memory.

Where a file crashes its process, hangs or takes too much memory, that file alone is refused. The results come in the
order of the files, whichever was ready first.
"""

import contextlib
import gc
import importlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from icsassess.domain.problems import make_problem
from icsassess.locality.locality import Locality
from icsassess.returns.reading.compact import Interner, pack
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import Pool
from icsassess.support.workers.worker import START_METHOD, Lost, Reason, Task, processors

Progress = Callable[[int, int, str], None]
"""Hears, before each file, how many are done, of how many, and its name."""
SECONDS = 20.0
"""The longest that one file may take."""
MEBIBYTES = 256
"""The most memory that reading one file may add."""
MOST_PROCESSES = 8
# Files from which on processes pay.
WORTH_IT = {"fork": 12, "spawn": 40}
_FOR_ONE = 6  # files that a process reads in about the time that it takes to load what reading needs


def read_one(path: Path, locality: Locality) -> ReadReturn:
    """Read one file; whatever goes wrong costs this file only."""
    # Imported here: where processes read, this one does not need what reading takes.
    from icsassess.returns.reading import read_return as read

    try:
        return read.read_return(path, locality)
    except MemoryError:
        return refused(path, locality, "file-too-large", f"reading it takes more than {MEBIBYTES} MiB of memory")
    except Exception as error:  # noqa: BLE001  # a mistake in the program must not cost the other returns
        return refused(path, locality, "program-mistake", type(error).__name__)


def refused(path: Path, locality: Locality, code: str, detail: str) -> ReadReturn:
    """Give a return that could not be read; whose it is is told from its name alone."""
    from icsassess.returns.reading.file.partner import partner_in_name

    result = ReadReturn(locality.relative(path), _fingerprint(path)).refuse(make_problem(code, detail=detail))
    result.partner = partner_in_name(result.file, locality)
    return result


def _fingerprint(path: Path) -> str:
    import hashlib

    # What breaks its bounds within a mail or an archive is not unpacked once more: the whole of it stands for it.
    path = path if path.is_file() else next((above for above in path.parents if above.is_file()), path)
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _refused_as_lost(path: Path, locality: Locality, reason: Reason) -> ReadReturn:
    if reason is Reason.TOO_SLOW:
        return refused(path, locality, "file-too-slow", f"it takes more than {SECONDS:g} seconds")
    if reason is Reason.TOO_LARGE:
        return refused(path, locality, "file-too-large", f"reading it takes more than {MEBIBYTES} MiB of memory")
    return refused(path, locality, "file-damaged", "the process that read it came to an end")


def processes_for(files: int) -> int:
    """Give in how many processes so many files are best read; 0 for none beside this one."""
    return min(_available(), files // _FOR_ONE) if files >= WORTH_IT[START_METHOD] and _available() > 1 else 0


def processes_ahead(files: int) -> int:
    """Give in how many processes so many files are best read while this one has other things to do; 0 for none.

    Few files are left to all processors but this process's own.
    """
    if START_METHOD != "fork" or files < 2 or _available() < 2:
        return processes_for(files)
    return processes_for(files) or max(1, min(files // _FOR_ONE, _available() - 1))


def _available() -> int:
    return min(processors(), MOST_PROCESSES)


def reader_pool(
    locality: Locality, size: int, method: str = START_METHOD, *, alone: bool = True
) -> Pool[Path, ReadReturn]:
    """Begin processes that read files. Raises :class:`~icsassess.support.workers.pool.NoWorkers` where none can be."""
    # What reading needs is loaded before memory and time are bounded: both are a file's alone.
    task = Task(partial(_read_compact, locality), Bounds(SECONDS, MEBIBYTES * MEBIBYTE), prepare=_load)
    return Pool(task, size, method, alone=alone)


def _load() -> None:
    importlib.import_module("icsassess.returns.reading.read_return")


def _read_compact(locality: Locality, path: Path) -> ReadReturn:
    return pack(read_one(path, locality))


def read_in_pool(
    pool: Pool[Path, ReadReturn], paths: Sequence[Path], locality: Locality, progress: Progress | None = None
) -> list[ReadReturn]:
    """Read files, and give what was read in their order. Raises ``NoWorkers`` where no process is left.

    The entries come packed.
    """

    def on_start(number: int, done: int) -> None:
        if progress is not None:
            progress(done, len(paths), paths[number].name)

    reads: dict[int, ReadReturn] = {}
    interner = Interner()
    with _without_collecting():
        for number, result in pool.run(paths, on_start):
            if isinstance(result, Lost):
                result = _refused_as_lost(paths[number], locality, result.reason)
            reads[number] = result
            interner.intern(result)
    return [reads[number] for number in range(len(paths))]


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no circles among what arrives: it has none, and looking takes longer the more there is."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
