"""The progress bar: on a terminal only, after a moment, and taken away when the work is done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import icsassess

ROOT = Path(icsassess.__file__).parents[1]
SCRIPT = """
from icsassess.cli import progress_bar
from icsassess.round.progress import Progress
progress_bar._QUIET_SECONDS = {quiet}
with progress_bar.showing_progress() as show:
    show(Progress("Reading returns", 3, 8, "a[bold] \\x1b[31mname.xlsx"))
"""


def on_terminal(quiet: float) -> str:
    """Run the script with a terminal for its standard error; give what the terminal gets."""
    pty = pytest.importorskip("pty")
    ours, its = pty.openpty()
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    script = SCRIPT.format(quiet=quiet)
    subprocess.run([sys.executable, "-c", script], env=environment, stderr=its, timeout=60, check=True)
    os.close(its)
    text = b""
    try:
        while data := os.read(ours, 4096):
            text += data
    except OSError:  # the other end is closed: that is all
        pass
    os.close(ours)
    return text.decode()


def test_it_shows_the_stage_how_far_it_is_and_the_name_as_it_is_typed() -> None:
    text = on_terminal(quiet=-1)
    assert "Reading returns" in text
    assert "3/8" in text
    assert "a[bold]" in text
    assert "\x1b[31mname" not in text
    assert text.rstrip("\r\n").endswith("\x1b[2K"), "it is taken away"


def test_short_work_shows_nothing() -> None:
    assert on_terminal(quiet=60) == ""


def test_without_a_terminal_nothing_is_shown() -> None:
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    script = SCRIPT.format(quiet=-1)
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
