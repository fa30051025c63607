"""How much memory a command takes with all its processes: what they share is counted once (Linux only)."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

_EVERY = 0.05  # seconds


def peak_mebibytes(command: Sequence[str]) -> float | None:
    """Run a command and give the most memory it and its processes took together; None where that cannot be seen."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        most, done = 0.0, threading.Event()

        def look() -> None:
            nonlocal most
            while not done.wait(_EVERY):
                most = max(most, sum(_mebibytes(number) for number in _family(process.pid)))

        watcher = threading.Thread(target=look)
        watcher.start()
        process.wait()
        done.set()
        watcher.join()
    return most or None


def _family(number: int) -> list[int]:
    try:
        below = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except OSError:
        return [number]
    return [number, *(one for child in below for one in _family(int(child)))]


def _mebibytes(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0
