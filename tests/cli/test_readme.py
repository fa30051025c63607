"""The README's commands do what the README says, one after the other, as somebody new would type them."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from icsassess.assessment.sign_off.condition import condition_kinds
from tests.support.typed_commands import ROOT, run

pytestmark = pytest.mark.begins_early

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^ *```\n(.*?)^ *```", README, flags=re.MULTILINE | re.DOTALL)


def commands_of(block: str) -> list[str]:
    """Give the icsassess commands of a block, without what installs them."""
    steps = [step.strip() for line in block.splitlines() for step in line.split("&&")]
    return [
        step.removeprefix(".venv/bin/") for step in steps if step.removeprefix(".venv/bin/").startswith("icsassess ")
    ]


def test_the_first_command_merges_the_example_and_says_where_the_workbook_is(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "workbooks" / "trafford", tmp_path / "workbooks" / "trafford")
    (command,) = commands_of(BLOCKS[0])
    result = run(command, tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Look at first:" in result.stdout
    workbook = re.search(r"^Workbook: (.+)$", result.stdout, flags=re.MULTILINE)
    assert workbook is not None
    assert (tmp_path / workbook.group(1)).is_file()


def test_the_second_command_runs_the_tests() -> None:
    assert "-m pytest" in BLOCKS[1]
    assert "'.[test]'" in BLOCKS[1]


def test_the_first_week_can_be_walked_through_command_by_command(tmp_path: Path) -> None:
    commands = [command for block in BLOCKS[2:] for command in commands_of(block)]
    assert [shlex.split(command)[1] for command in commands] == ["new", "issue", "check", "merge", "agenda"]
    for command in commands:
        result = run(command, tmp_path)
        assert result.returncode in (0, 1), f"{command}: {result.stderr}"
        assert "Traceback" not in result.stderr
        if command.startswith("icsassess issue"):
            for return_file in sorted((ROOT / "workbooks" / "trafford" / "returns").iterdir())[:2]:
                shutil.copy(return_file, tmp_path / "trafford" / "returns")
    assert list((tmp_path / "trafford" / "merged").glob("Trafford *.xlsx"))
    assert list((tmp_path / "trafford" / "feedback").glob("* - feedback.xlsx"))
    assert list((tmp_path / "trafford" / "feedback").glob("* - reminder.eml"))


def test_what_docs_signing_accepts_can_be_accepted(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")
    command = re.search(r"^icsassess sign-off .* --name .*\\\n(?:.*\\\n)*.*", text, flags=re.MULTILINE)
    assert command is not None
    shutil.copytree(ROOT / "workbooks" / "trafford-three-weeks", tmp_path / "trafford")
    result = run(command.group().replace("\\\n", " ") + " --signed-at 2024-01-12", tmp_path)
    assert result.returncode == 1, result.stderr
    assert "Accepted with a reason" in result.stdout
    words = " ".join(result.stdout.split())
    assert "Director of Public Health until 15 March 2024" in words
    assert "Deputy Director of Nursing until 31 March 2024" in words


def test_docs_signing_lists_every_condition_in_its_order() -> None:
    text = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| .+ \| (no|with a reason) \|$", text, flags=re.MULTILINE)
    assert rows == [
        (code, "with a reason" if kind.can_be_accepted else "no") for code, kind in condition_kinds().items()
    ]


def test_every_library_that_is_installed_is_explained() -> None:
    settings = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    needed = re.search(r"install_requires =\n((?:    .+\n)+)", settings)
    assert needed is not None
    libraries = [line.split(">")[0].strip() for line in needed.group(1).splitlines()]
    assert [library for library in libraries if f"[{library}]" not in README] == []
