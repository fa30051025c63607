"""What the command line sets for its whole process, with what each line saves; ``ICSASSESS_PLAIN=1`` leaves it all out.

A percentage is how much more processor time a merge of the example's eight returns takes with that one line left out
(0.87 seconds with all of them; without any 41 % more); medians of nine interleaved runs on two busy cores, so that 1 or
2 % is no more than runs differ by. Figures of 400 and 2,000 returns were measured with the first version.
"""

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

    # A merge makes millions of objects and few circles: to look for these as often as usual takes 8 %.
    gc.set_threshold(1_000_000, 20, 20)
    # Nobody asks for plug-ins of pydantic's: to look through all that is installed for some takes 1 %.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here is computed with matrices; the threads that NumPy keeps for them begin by turning idly: 2 %.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # No processor time, but waiting: at turns of five milliseconds the thread that packs what was written waits for the
    # rows, and to write 400 returns takes 2.3 seconds in place of 1.5. With 8 returns there is nothing to see.
    sys.setswitchinterval(0.0005)
    # No time, but memory: left to itself, the C library keeps a third of what 2,000 returns took.
    give_back_large()


def leave_at_once(status: int) -> None:
    """Have the process end at once with this exit status when all is done; nothing where :func:`is_plain`.

    To take apart what is in memory, piece by piece, takes 28 %, and a second at 2,000 returns. Exit handlers that were
    registered before this call are not run.
    """
    if not is_plain():
        atexit.register(_leave, status)


def _leave(status: int) -> None:
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
