"""What one job of a worker may cost: limited from within where the system can do that, and watched from outside.

Linux refuses a process more memory than its limit, at the very allocation. Windows has no such limit (no ``resource``)
and macOS does not hold to it: there, the process that waits for the worker looks at its memory and ends it.
"""

import contextlib
import math
import os
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
        return Baseline(memory_of(os.getpid()), is_limited=False)
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


def memory_of(pid: int) -> int:
    """Give the bytes of memory that a process holds; 0 where it has ended."""
    import psutil  # takes 15 ms to import: where jobs are done sooner, this process does without

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
