"""A single call in a process of its own, which may crash, hang or take too much memory without harm."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.pool import Pool
from icsassess.support.workers.worker import START_METHOD, Lost, Reason, Task

Argument = TypeVar("Argument")
Result = TypeVar("Result")
_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError")  # as Rust and Python say it when they give up


def bounded_call(function: Callable[[Argument], Result], argument: Argument, bounds: Bounds) -> Result | Lost:
    """Call a function in another process and give its result, or why there is none.

    ``function`` is a module's, and it, its argument and result can be pickled; what it writes to standard error is not
    shown. Raises :class:`~icsassess.support.workers.pool.NoWorkers` where no process can be begun.

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
