"""Processes beside this one: each does what it is asked through a pipe, and ends with this one."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How processes are begun: a forked one at once; one that is spawned imports the program anew, in about a second."""
_LOOK_UP = 5.0  # seconds after which a process that waits looks whether the one that began it is still there


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Beside:
    """A process that runs ``serve(pipe, *given)``. Raises OSError where none can be begun."""

    def __init__(self, serve: Callable[..., None], *given: object, method: str = METHOD) -> None:
        context = multiprocessing.get_context(method)
        self.pipe, other = context.Pipe()
        told = (serve, other, given)
        self.process = context.Process(target=_serve, args=told, daemon=True)  # type: ignore[attr-defined]
        with warnings.catch_warnings():
            # Newer Pythons warn of forking beside threads. A forked process takes no locks of this one's.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        other.close()

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(serve: Callable[..., None], pipe: Connection[Any, Any], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
    serve(pipe, *given)


def messages(pipe: Connection[Any, Any]) -> Iterator[Any]:
    """Give what comes through the pipe, in a process that was begun, as long as the one that began it is there."""
    began_by = os.getppid()
    with contextlib.suppress(EOFError, OSError):
        while True:
            while not pipe.poll(_LOOK_UP):
                if os.getppid() != began_by:
                    return
            yield pipe.recv()
