"""One worker: a process that does the jobs it is sent through a pipe, one after the other, and ends with this one.

It is begun with a function that can be imported, never with the path of a script, so that it works in a program that is
frozen into one executable as well.
"""

from __future__ import annotations

import contextlib
import enum
import gc
import multiprocessing
import multiprocessing.util
import os
import pickle
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from icsassess.support.workers.bounds import Baseline, Bounds, limit_own_memory, limit_own_time, memory_of

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How workers begin: a forked one at once; one that is spawned imports the program anew, in about a second."""
_ORPHAN_CHECK = 5.0  # seconds after which an idle worker looks whether the process that began it still runs
_MEMORY_CHECK = 0.05  # seconds between two looks at the memory of a worker
_FIRST_CHECK_OF_LIMITED = 0.25  # seconds: meanwhile the worker's own limit holds, and most jobs are done

Job = TypeVar("Job")
Result = TypeVar("Result")


class Reason(enum.Enum):
    """Why a job has no result."""

    CRASHED = "its process came to an end"
    TOO_SLOW = "it took more time than its bound"
    TOO_LARGE = "it took more memory than its bound"
    RAISED = "it raised an exception"


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of a job that has none; ``detail`` is the name of the exception that it raised."""

    reason: Reason
    detail: str = ""


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Task(Generic[Job, Result]):
    """What a worker does: ``function`` with each job, within ``bounds``; ``prepare``, before it is bounded, once.

    All of it can be pickled: functions of modules, or partials of them. ``error_log`` is a file for what is written to
    standard error, which goes where this process's own goes when it is empty.
    """

    function: Callable[[Job], Result]
    bounds: Bounds
    prepare: Callable[[], object] | None = None
    error_log: str = ""


class Worker(Generic[Job, Result]):
    """A process that does jobs, one at a time. Raises OSError where none can be begun."""

    def __init__(self, task: Task[Job, Result], method: str = START_METHOD) -> None:
        context = multiprocessing.get_context(method)
        self.pipe, other = context.Pipe()
        # No daemon in multiprocessing's sense, which could not begin a worker of its own (for an .xls file, say).
        self.process = context.Process(target=_serve, args=(task, other))  # type: ignore[attr-defined]
        with warnings.catch_warnings(), _safe_path():
            # Newer Pythons warn of forking beside threads. A forked process takes no locks of this one's.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        other.close()
        self._end_at_exit = multiprocessing.util.Finalize(self, self.process.kill, exitpriority=10)
        self._bounds = task.bounds
        self._baseline: Baseline | None = None
        self._deadline = self._next_check = float("inf")
        self.number: int | None = None
        """The number of the job it is at."""

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a job."""
        return self._baseline is not None and self.number is None

    @property
    def patience(self) -> float:
        """For how many seconds nobody needs to look at it, unless it answers."""
        return max(0.0, min(self._deadline, self._next_check) - time.monotonic())

    def begin(self, number: int, job: Job) -> None:
        """Send it a job."""
        assert self._baseline is not None
        self.number, begun = number, time.monotonic()
        self._deadline = begun + self._bounds.seconds
        self._next_check = begun + (_FIRST_CHECK_OF_LIMITED if self._baseline.is_limited else _MEMORY_CHECK)
        with contextlib.suppress(OSError):  # it has died: its answer will say so
            self.pipe.send(job)

    def receive(self) -> Result | Lost | None:
        """Give its answer, which is there; None where it says that it is ready. Raises EOFError where it has died."""
        try:
            answer: Result | Lost | Baseline = self.pipe.recv()
        except OSError as error:
            raise EOFError from error
        if isinstance(answer, Baseline):
            self._baseline = answer
            return None
        self.number, self._deadline, self._next_check = None, float("inf"), float("inf")
        return answer

    def exceeded(self) -> Reason | None:
        """Give which bound the job it is at exceeds."""
        moment = time.monotonic()
        if moment >= self._deadline:
            return Reason.TOO_SLOW
        if moment >= self._next_check and self._baseline is not None:
            self._next_check = moment + _MEMORY_CHECK
            if memory_of(self.process.pid) > self._baseline.resident + self._bounds.memory:
                return Reason.TOO_LARGE
        return None

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._end_at_exit()
        self.process.join()
        self.pipe.close()


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Have a new interpreter not look for modules in the folder people work in, where anybody may have put a file."""
    before = os.environ.get("PYTHONSAFEPATH", "")
    os.environ["PYTHONSAFEPATH"] = before or "1"
    try:
        yield
    finally:
        if not before:
            os.environ.pop("PYTHONSAFEPATH", None)


def _serve(task: Task[Job, Result], pipe: Connection[Any, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
    if task.error_log:
        os.dup2(os.open(task.error_log, os.O_WRONLY), 2)
    if task.prepare is not None:
        task.prepare()
    with contextlib.suppress(OSError):
        pipe.send(limit_own_memory(task.bounds.memory))
        gc.freeze()
        for job in _jobs(pipe):
            limit_own_time(task.bounds.seconds)
            pipe.send_bytes(_answer(task.function, job))


def _answer(function: Callable[[Job], Result], job: Job) -> bytes:
    try:
        return pickle.dumps(function(job), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Lost(Reason.TOO_LARGE))
    except Exception as error:  # noqa: BLE001  # whoever sent the job decides what it means
        return pickle.dumps(Lost(Reason.RAISED, type(error).__name__))


def _jobs(pipe: Connection[Any, Any]) -> Iterator[Any]:
    """Give what comes through the pipe, as long as the process that began this one runs."""
    parent = os.getppid()
    with contextlib.suppress(EOFError, OSError):
        while True:
            while not pipe.poll(_ORPHAN_CHECK):
                if os.getppid() != parent:
                    return
            yield pipe.recv()
