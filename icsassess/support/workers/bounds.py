"""What one job of a worker may cost: limited from within where the system can do that, and watched from outside.

Linux refuses a process more memory than its limit, at the very allocation. Windows has no such limit (no ``resource``)
and macOS does not hold to it: there, the process that waits for the worker looks at its memory and ends it.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most ``seconds`` that one job may take, and bytes of ``memory`` beyond what the worker holds before it."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a worker that is ready for its first job holds.

    ``resident`` is its memory in bytes; ``is_limited`` says whether the system itself refuses it more than its bound.
    """

    resident: int
    is_limited: bool


def limit_own_memory(memory: int) -> Baseline:
    """Allow this process so many bytes beyond what it holds, as far as the system can; give what it holds."""
    try:
        import resource

        status = Path("/proc/self/status").read_text(encoding="ascii")
        sizes = dict(line.split(":", 1) for line in status.splitlines())
        resident, data = (int(sizes[name].split()[0]) * 1024 for name in ("VmRSS", "VmData"))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (data + memory, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, KeyError, ValueError):
        import psutil

        return Baseline(psutil.Process().memory_info().rss, is_limited=False)
    return Baseline(resident, is_limited=True)


def limit_own_time(seconds: float) -> None:
    """Have the system end this process after so many further seconds of processor time, where it can.

    Whoever waits for the worker ends it sooner. This is for a worker that hangs when nobody waits for it any more.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1, most))


class MemoryWatch:
    """Watches another process: ``most`` is how many bytes of memory it may hold in all."""

    def __init__(self, pid: int, most: int) -> None:
        import psutil  # takes 15 ms to import: a job that is done sooner does without

        self._none_such = psutil.Error
        self._most = most
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.Error:  # it has ended
            self._process = None

    def is_exceeded(self) -> bool:
        """Tell whether the process holds more than it may; one that has ended does not."""
        try:
            return self._process is not None and self._process.memory_info().rss > self._most
        except self._none_such:
            return False
