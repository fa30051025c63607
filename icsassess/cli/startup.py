"""What the command line sets for its whole process, with what each line saves; ``ICSASSESS_PLAIN=1`` leaves it all out.

The figures are processor time of a merge of eight returns (1.1 seconds) with that one line left out, medians of
interleaved runs.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

PLAIN = "ICSASSESS_PLAIN"
"""The environment variable that turns all of this off: for coverage, profilers, and to look for a fault in it."""


def is_plain() -> bool:
    """Tell whether the process is to stay as Python sets it up."""
    return os.environ.get(PLAIN, "") not in ("", "0")


def tune() -> None:
    """Set what holds for the whole process; nothing where :func:`is_plain`."""
    if is_plain():
        return
    from icsassess.support.memory import give_back_large

    # A merge makes millions of objects and few circles: to look for these as often as usual takes FIGURE-GC.
    gc.set_threshold(1_000_000, 20, 20)
    # Nobody asks for plug-ins of pydantic's: to look through all that is installed for some takes FIGURE-PYDANTIC.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here is computed with matrices; threads that NumPy starts for them keep processors busy: FIGURE-OPENBLAS.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Threads hand one another work a thousand times a second; turns of five milliseconds make them wait: FIGURE-SWITCH.
    sys.setswitchinterval(0.0005)
    # Saves no time, but memory: at 2,000 returns a merge stays within its 500 MiB.
    give_back_large()


def leave_at_once(status: int) -> None:
    """Have the process end at once with this exit status when all is done; nothing where :func:`is_plain`.

    To take apart what is in memory, piece by piece, takes FIGURE-EXIT. Exit handlers that were registered before this
    call are not run.
    """
    if not is_plain():
        atexit.register(_leave, status)


def _leave(status: int) -> None:
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
