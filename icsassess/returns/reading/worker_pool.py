"""Reading many returns in processes beside this one: side by side, and each file within bounds of time and memory.

A process reads one file at a time. Where it crashes, hangs or takes too much memory, that file alone is refused, and
another process takes its place. The results come in the order of the files, whichever was ready first.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icsassess.domain.problems import point
from icsassess.returns.reading.compact import Common, pack
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.processes import METHOD, Beside, messages, processors

if TYPE_CHECKING:
    from collections.abc import Callable

    from icsassess.locality.locality import Locality

SECONDS = 20.0
"""The longest that one file may take."""
MEBIBYTES = 256
"""The most memory that reading one file may add, where the system can bound it."""
MOST_PROCESSES = 8
# Files from which on processes pay.
WORTH_IT = {"fork": 12, "spawn": 40}
_FOR_ONE = 6  # files that a process reads in about the time that it takes to load what reading needs


class NoProcesses(Exception):
    """Processes cannot be begun here."""


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
    from icsassess.returns.reading.file.partner import of_a_name

    result = ReadReturn(locality.relative(path), _fingerprint(path)).refuse(point(code, detail=detail))
    result.partner = of_a_name(result.file, locality)
    return result


def _fingerprint(path: Path) -> str:
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def processes_for(files: int) -> int:
    """Give in how many processes so many files are best read; 0 for none beside this one."""
    return min(_available(), files // _FOR_ONE) if files >= WORTH_IT[METHOD] and _available() > 1 else 0


def processes_ahead(files: int) -> int:
    """Give in how many processes so many files are best read while this one has other things to do; 0 for none.

    Few files are left to all processors but this process's own.
    """
    if METHOD != "fork" or files < 2 or _available() < 2:
        return processes_for(files)
    return processes_for(files) or max(1, min(files // _FOR_ONE, _available() - 1))


def _available() -> int:
    return min(processors(), MOST_PROCESSES)


def read_many(
    paths: Sequence[Path],
    locality: Locality,
    progress: Callable[[int, int, str], None] | None,
    processes: int,
    method: str = METHOD,
) -> list[ReadReturn]:
    """Read files in so many processes; ``progress`` hears (done, of, name) whenever one is begun.

    The entries come packed. Raises :class:`NoProcesses` where none can be begun.
    """
    readers = Readers(locality, min(processes, len(paths)), method, alone=True)
    try:
        return readers.read(paths, progress)
    finally:
        readers.end()


class _Worker(Beside):
    """A process that reads one file after the other."""

    def __init__(self, locality: Locality, method: str) -> None:
        super().__init__(_serve, locality, method=method)
        self.ready = False
        self.at: int | None = None
        self.until = float("inf")

    def begin(self, number: int, path: Path) -> None:
        self.at, self.until = number, time.monotonic() + SECONDS
        with contextlib.suppress(OSError):  # it has died: that is found out when its answer is waited for
            self.pipe.send(path)


class Readers:
    """Processes that read files, begun with it. Raises :class:`NoProcesses` where none can be begun.

    ``alone`` says that this process does nothing else meanwhile. Where it does, a process that takes a lost one's place
    is begun afresh and not forked: a fork would inherit whatever is locked at that moment.
    """

    def __init__(self, locality: Locality, size: int, method: str = METHOD, *, alone: bool = False) -> None:
        self.alone = alone
        self._method = method
        self._locality = locality
        self._workers: list[_Worker] = []
        self._ended = False
        try:
            for _ in range(size):
                self._workers.append(self._begun(method))
        except OSError as error:
            self.end()
            raise NoProcesses from error

    def _begun(self, method: str) -> _Worker:
        return _Worker(self._locality, method)

    def stop(self) -> None:
        """Stop the processes; whoever still waits for what they read hears that there are none."""
        self._ended = True
        for worker in self._workers:
            worker.process.kill()

    def end(self) -> None:
        """End the processes, once nobody waits for them."""
        for worker in self._workers:
            worker.end()

    def read(self, paths: Sequence[Path], progress: Callable[[int, int, str], None] | None) -> list[ReadReturn]:
        """Read files, and give what was read in their order. Raises :class:`NoProcesses` where none is left."""
        reads: dict[int, ReadReturn] = {}
        common = Common()
        waiting = list(reversed(range(len(paths))))
        with _without_collecting():
            while len(reads) < len(paths):
                for worker in self.idle():
                    if waiting:
                        number = waiting.pop()
                        if progress is not None:
                            progress(len(reads), len(paths), paths[number].name)
                        worker.begin(number, paths[number])
                for number, read in self.finished(paths):
                    reads[number] = read
                    common.share(read)
        return [reads[number] for number in range(len(paths))]

    def idle(self) -> list[_Worker]:
        """Give the processes that wait for a file."""
        return [worker for worker in self._workers if worker.ready and worker.at is None]

    def finished(self, paths: Sequence[Path]) -> Iterator[tuple[int, ReadReturn]]:
        """Wait until something happens; give the files that are done with, for better or worse."""
        if self._ended:
            raise NoProcesses
        by_pipe = {worker.pipe: worker for worker in self._workers}
        nearest = min(worker.until for worker in self._workers)
        patience = None if nearest == float("inf") else max(0.0, nearest - time.monotonic())
        for pipe in wait(list(by_pipe), patience):
            yield from self._answer(by_pipe[pipe], paths)  # type: ignore[index]
        for worker in [worker for worker in self._workers if worker.until <= time.monotonic()]:
            yield from self._lost(worker, paths, "file-too-slow", f"it takes more than {SECONDS:g} seconds")

    def _answer(self, worker: _Worker, paths: Sequence[Path]) -> Iterator[tuple[int, ReadReturn]]:
        try:
            read: ReadReturn | None = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, paths, "file-damaged", "the process that read it came to an end")
            return
        if read is None:
            worker.ready = True
        elif worker.at is not None:
            yield worker.at, read
            worker.at, worker.until = None, float("inf")

    def _lost(self, worker: _Worker, paths: Sequence[Path], code: str, detail: str) -> Iterator[tuple[int, ReadReturn]]:
        worker.end()
        if worker.at is None or self._ended:  # it never began: no other would
            raise NoProcesses
        method = self._method if self.alone else "spawn"
        self._workers[self._workers.index(worker)] = self._begun(method)
        yield worker.at, refused(paths[worker.at], self._locality, code, detail)


def _serve(pipe: Connection[Any, Any], locality: Locality) -> None:
    """Read the files whose paths come through the pipe; what is read goes back through it."""
    # Loaded before memory and time are bounded: both are a file's alone.
    importlib.import_module("icsassess.returns.reading.read_return")
    _bound_memory()
    gc.freeze()
    pipe.send(None)
    with contextlib.suppress(OSError):
        for path in messages(pipe):
            pipe.send(pack(read_one(path, locality)))


def _bound_memory() -> None:
    """Let this process have no more memory than it has and what one file may take; on Linux only."""
    try:
        import resource

        status = Path("/proc/self/status").read_text(encoding="ascii")
        held = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:"))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (held + MEBIBYTES * 1024 * 1024, most))
    except (ImportError, OSError, StopIteration, ValueError):
        return


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
