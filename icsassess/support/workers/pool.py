"""Workers that share many jobs, or one: what a job brings down costs that job only, and another worker takes its place.

Not pebble: its pool is as fast, but forks from its manager's thread, where ours forks before any thread begins and is
at work while this process imports pandas. Nor does it bound memory, so that half of these lines would stay.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from multiprocessing.connection import wait
from pathlib import Path
from typing import Generic

from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.worker import START_METHOD, Job, Lost, Reason, Result, Task, Worker

_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError")  # as Rust and Python say it when they give up


class NoWorkers(Exception):
    """Processes cannot be begun here."""


class Pool(AbstractContextManager["Pool[Job, Result]"], Generic[Job, Result]):
    """``size`` workers, begun with it. Raises :class:`NoWorkers` where none can be begun.

    ``alone`` says that this process does nothing else meanwhile. Where it does, a process that takes a lost one's place
    is begun afresh and not forked: a fork would inherit whatever is locked at that moment.

        with Pool(Task(read, Bounds(seconds=20, memory=256 * MEBIBYTE)), size=2) as pool:
            for number, result in pool.run(paths):
                ...
    """

    def __init__(self, task: Task[Job, Result], size: int, method: str = START_METHOD, *, alone: bool = True) -> None:
        self.alone = alone
        self._task = task
        self._size = size
        self._method = method
        self._workers: list[Worker[Job, Result]] = []
        self._stopped = False
        self._fill(method)

    def _fill(self, method: str) -> None:
        try:
            while len(self._workers) < self._size:
                self._workers.append(Worker(self._task, method))
        except OSError as error:
            self.end()
            raise NoWorkers from error

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.end()

    def stop(self) -> None:
        """Stop the workers; whoever still waits for results, in another thread, hears that there are no workers."""
        self._stopped = True
        for worker in self._workers:
            worker.process.kill()

    def end(self) -> None:
        """End the workers, once nobody waits for them."""
        for worker in self._workers:
            worker.end()

    def run(
        self, jobs: Sequence[Job], on_start: Callable[[int, int], None] | None = None
    ) -> Iterator[tuple[int, Result | Lost]]:
        """Do jobs; give the number of each (from 0) and its result, or :class:`Lost`, as soon as there is one.

        ``on_start`` hears the number of each job that is begun, and how many are done. Raises :class:`NoWorkers`.
        """
        waiting = list(reversed(range(len(jobs))))
        done = 0
        while done < len(jobs):
            if waiting and not self._stopped:
                self._fill(self._method if self.alone else "spawn")
            for worker in self._workers:
                if waiting and worker.is_idle:
                    number = waiting.pop()
                    if on_start is not None:
                        on_start(number, done)
                    worker.begin(number, jobs[number])
            for number, result in self._results():
                done += 1
                yield number, result

    def _results(self) -> Iterator[tuple[int, Result | Lost]]:
        """Wait until something happens; give the jobs that are done with, for better or worse."""
        if self._stopped:
            raise NoWorkers
        by_pipe = {worker.pipe: worker for worker in self._workers}
        nearest = min(worker.patience for worker in self._workers)
        for pipe in wait(list(by_pipe), None if nearest == float("inf") else nearest):
            worker = by_pipe[pipe]  # type: ignore[index]
            number = worker.number
            try:
                answer = worker.receive()
            except EOFError:
                yield self._remove(worker, Reason.CRASHED)
            else:
                if number is not None and answer is not None:
                    yield number, answer
        for worker in list(self._workers):
            if (reason := worker.exceeded()) is not None:
                yield self._remove(worker, reason)

    def _remove(self, worker: Worker[Job, Result], reason: Reason) -> tuple[int, Lost]:
        """Take out a worker that is lost, and give the job that it was at."""
        number = worker.number
        worker.end()
        if number is None or self._stopped:  # it never began: no other would
            raise NoWorkers
        self._workers.remove(worker)
        return number, Lost(reason)


def bounded_call(function: Callable[[Job], Result], argument: Job, bounds: Bounds) -> Result | Lost:
    """Call a function in another process and give its result, or why there is none.

    ``function`` is a module's, and it, its argument and result can be pickled; what it writes to standard error is not
    shown. Raises :class:`NoWorkers` where no process can be begun.

        bounded_call(mark, (data, marks), Bounds(seconds=30, memory=1024 * MEBIBYTE))
    """
    # A process with several threads is not forked: the other would inherit whatever is locked at that moment.
    method = START_METHOD if threading.active_count() == 1 else "spawn"
    handle, name = tempfile.mkstemp()
    os.close(handle)
    error_log = Path(name)
    try:
        with Pool(Task(function, bounds, error_log=name), 1, method) as pool:
            [(_, result)] = pool.run([argument])
        if result == Lost(Reason.CRASHED) and any(sign in error_log.read_bytes() for sign in _OUT_OF_MEMORY):
            return Lost(Reason.TOO_LARGE)
        return result
    finally:
        error_log.unlink()
