"""What README and docs promise of themselves: short, without dead links, and with commands that run as written."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from icsassess.cli import COMMANDS
from icsassess.excel.reading.envelopes.registry import ENVELOPES
from icsassess.excel.reading.formats.registry import FORMATS
from tests.support.typed_commands import ROOT, run

pytestmark = pytest.mark.begins_early

MOST_WORDS = 1_200
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
READERS = ("quality-lead", "partner", "director", "returns", "commands")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text_of(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_the_readme_can_be_read_in_five_minutes() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= MOST_WORDS


def test_the_page_for_a_partner_is_one_page() -> None:
    assert len(text_of("partner").split()) <= 700


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (page.parent / link.partition("#")[0]).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_part_of_a_page_that_is_linked_to_is_there(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        file, _, part = link.partition("#")
        if part and "://" not in link:
            headings = re.findall(r"^#+ (.+)$", (page.parent / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert part in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", READERS)
def test_every_page_is_reached_from_the_readme(name: str) -> None:
    assert f"(docs/{name}.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_list_of_commands(name: str) -> None:
    assert f"`icsassess {name} " in text_of("commands")


def test_every_kind_of_file_that_is_read_is_listed() -> None:
    table = text_of("returns").partition("**What is not read:**")[0]
    endings = [ending for kind in FORMATS for ending in kind.endings if ending not in (".htm", ".mhtml", ".docm")]
    assert [ending for ending in endings if f"`{ending}`" not in table] == []
    assert {kind.name for kind in ENVELOPES} == {"zip", "outlook", "mail"}


def test_the_commands_of_the_quality_lead_s_page_run_as_they_are_written(tmp_path: Path) -> None:
    """In the order of the page, in a folder with the example; those with a placeholder are in other tests."""
    text = text_of("quality-lead")
    blocks = re.findall(r"^```\n(.*?)^```|^((?:    icsassess .*\n)+)", text, flags=re.MULTILINE | re.DOTALL)
    commands = [line.strip() for block in blocks for line in "".join(block).splitlines() if "icsassess " in line]
    names = [shlex.split(command)[1] for command in commands]
    assert {"merge", "changes", "gaps", "agenda", "sign-off", "page", "paper", "borrow", "rollup"} <= set(names)
    shutil.copytree(ROOT / "workbooks" / "trafford-three-weeks", tmp_path / "workbooks" / "trafford-three-weeks")
    shutil.copytree(ROOT / "workbooks" / "trafford", tmp_path / "trafford")
    shutil.copytree(ROOT / "workbooks" / "trafford-three-weeks", tmp_path / "localities" / "trafford")
    made = run("icsassess new council --name Council --deadline 2024-01-31 --framework cqc-la-2023", tmp_path)
    assert made.returncode == 0, made.stderr
    for command in commands:
        result = run(command, tmp_path)
        assert result.returncode in (0, 1), f"{command}: {result.stderr}"
        assert "Traceback" not in result.stderr
