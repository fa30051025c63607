"""What the command line sets for its whole process, and the switch that turns it off."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import icsassess

PACKAGE = Path(icsassess.__file__).parent
ROOT = PACKAGE.parent
SHOW = """
import gc, os, sys
before = gc.get_threshold(), sys.getswitchinterval()
from icsassess.cli.process.startup import tune
tune()
print((gc.get_threshold(), sys.getswitchinterval()) == before, sorted(set(os.environ) & {"OPENBLAS_NUM_THREADS", "PYDANTIC_DISABLE_PLUGINS"}))
"""  # noqa: E501
RUN = """
import atexit, sys
atexit.register(print, "an exit handler ran")
from icsassess.cli import main
sys.argv = ["icsassess", "--version"]
main()
"""


def run(script: str, plain: str | None = None) -> str:
    """Run a script in a process with an environment of its own; give what it prints."""
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)} | ({} if plain is None else {"ICSASSESS_PLAIN": plain})
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("plain", [None, "", "0"])
def test_the_process_is_tuned(plain: str | None) -> None:
    assert run(SHOW, plain) == "False ['OPENBLAS_NUM_THREADS', 'PYDANTIC_DISABLE_PLUGINS']\n"


def test_the_switch_leaves_the_process_as_python_sets_it_up() -> None:
    assert run(SHOW, "1") == "True []\n"


def test_the_process_ends_at_once_unless_the_switch_is_set() -> None:
    assert "an exit handler ran" not in run(RUN)
    assert "an exit handler ran" in run(RUN, "1")


def test_nothing_else_sets_anything_for_the_whole_process() -> None:
    setting = re.compile(r"gc\.set_threshold|setswitchinterval|OPENBLAS|PYDANTIC_|os\._exit|give_back_large\(\)$", re.M)
    places = [path for path in PACKAGE.rglob("*.py") if setting.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(PACKAGE)) for path in places] == ["cli/process/startup.py"]


def test_contributing_tells_of_the_switch() -> None:
    assert "ICSASSESS_PLAIN=1" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
