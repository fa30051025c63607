"""One return is read, matched, issued and handed back where there is no data frame library, as in a browser."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

# Imports modules in turn where none of these libraries is to be had; ends with the name of the first that needs one.
# (openpyxl takes numpy where it is there and does without where it is not: so what counts is what is needed.)
WITHOUT_LIBRARIES = """
import importlib, sys
for library in ("pandas", "numpy", "pandera"):
    sys.modules[library] = None
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        sys.exit(f"{name} needs {error.name}")
"""


def import_without_libraries(*modules: str) -> str:
    """Give what a fresh interpreter says about importing these modules: nothing where all of them can be."""
    ended = subprocess.run([sys.executable, "-c", WITHOUT_LIBRARIES, *modules], capture_output=True, text=True)
    return ended.stderr.strip()


@pytest.mark.parametrize("package", ["template", "matching", "issuing", "reading", "marks", "feedback"])
def test_every_module_can_be_imported_without_data_frames(package: str) -> None:
    root = f"icsassess.returns.{package}"
    modules = [module.name for module in pkgutil.walk_packages(import_module(root).__path__, f"{root}.")]
    assert modules
    assert import_without_libraries(*modules) == ""


def test_a_library_that_is_needed_is_named() -> None:
    """What the test above relies on: comparing texts needs numpy, and only checking compares them."""
    module = "icsassess.returns.similarity.near_duplicates"
    assert import_without_libraries(module) == f"{module} needs numpy"


def test_a_return_is_read_and_handed_back_without_data_frames() -> None:
    program = (
        WITHOUT_LIBRARIES
        + """
import datetime, pathlib
from icsassess.locality.locality import open_locality
from icsassess.returns.feedback.progress import progress_since
from icsassess.returns.feedback.sheet import Feedback, feedback_workbook
from icsassess.returns.issuing.issue import blank_return
from icsassess.returns.reading.read_return import read_return
locality, day = open_locality(pathlib.Path("workbooks/trafford")), datetime.date(2024, 1, 24)
read = read_return(locality.return_files()[0], locality)
feedback = Feedback(locality, read, "A.xlsx", progress_since(read.problems, None, read.sha256), day)
blank = blank_return(locality, locality.partners[0], issued_on=day)
print(len(read.entries), feedback_workbook(feedback, {})[:2].decode(), blank[:2].decode())
"""
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("96 PK PK\n", "")
