"""Commands run as somebody types them, from a folder, by the program in this checkout."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command such as 'icsassess merge trafford' in a folder."""
    arguments = shlex.split(command)[1:]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "SYSTEMROOT": "", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "icsassess", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
