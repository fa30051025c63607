"""Marking in a process of its own, which can be stopped: openpyxl does not come back from some small files.

The process is started by its path. It reads the workbook and its marks from standard input and writes one line of JSON
and the marked workbook to standard output.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icsassess.excel.annotating.annotate import Marked, Marking

SECONDS = 30
ADDRESS_SPACE = 1024 * 1024 * 1024


def mark_apart(data: bytes, marking: Marking) -> Marked | None:
    """Mark a workbook in another process; None where that fails, takes too long or takes too much memory."""
    from icsassess.excel.annotating.annotate import Marked

    # Without -I, Python would look for modules in the folder people work in, where anybody may have put a file.
    command = [sys.executable, "-I", str(Path(__file__)), json.dumps([path for path in sys.path if path])]
    try:
        done = subprocess.run(
            command, input=pickle.dumps((data, marking)), capture_output=True, timeout=SECONDS, check=False
        )
        head, _, content = done.stdout.partition(b"\n")
        answer = json.loads(head)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    return Marked(content, tuple(answer["not kept"])) if "not kept" in answer else None


def _limit_resources() -> None:
    """Let the operating system stop this process when it takes too much. Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    bounds = ((resource.RLIMIT_AS, ADDRESS_SPACE), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0))
    for kind, most in bounds:
        with contextlib.suppress(ValueError, OSError):  # macOS knows no bound on the address space
            resource.setrlimit(kind, (most, most))


def main(paths: list[str]) -> int:
    """Read standard input, write standard output; ``paths`` is where modules are. Gives the exit status."""
    _limit_resources()
    sys.path[:] = paths
    from icsassess.excel.annotating.annotate import mark

    data, marking = pickle.loads(sys.stdin.buffer.read())
    try:
        marked = mark(data, marking)
    except Exception as error:  # noqa: BLE001 - openpyxl raises ten kinds of exception, and each means the same here
        sys.stdout.write(json.dumps({"failed": type(error).__name__, "why": str(error)[:200]}) + "\n")
        return 1
    sys.stdout.buffer.write(json.dumps({"not kept": marked.not_kept}).encode() + b"\n" + marked.data)
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
