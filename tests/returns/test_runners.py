"""The rules run by pandera and record by record: the same predicates, the same points, and a new one is one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from icsassess.domain import problems
from icsassess.domain.problems import Kind, Severity
from icsassess.locality.locality import open_locality
from icsassess.returns.checking import rules
from icsassess.returns.checking.check import check_all, check_files
from icsassess.returns.checking.rules.rule import RULES
from icsassess.returns.reading.session import read_all
from icsassess.tables.records import TypedEntry
from icsassess.tables.validation import NotAsDescribed
from tests.support.maltreatment import draft as maltreatment
from tests.support.maltreatment import known_content
from tests.support.maltreatment.draft import issued
from tests.support.maltreatment.registry import MALTREATMENTS, maltreat
from tests.support.maltreatment.saving import write
from tests.support.returns_dsl import fill_in, locality_of, read

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "trafford"
SAMPLES = sorted((ROOT / "tests" / "samples").glob("*.*"))


def maltreated(folder: Path) -> list[Path]:
    """Returns maltreated in every way, one way a file, and the samples."""
    paths = []
    for seed, name in enumerate(sorted(MALTREATMENTS)):
        rng, draft = Random(seed), issued("PC")
        known_content.fill_in(draft, rng)
        maltreat(draft, rng, [name])
        paths.append(folder / f"PC {name}.xlsx")
        write(draft, paths[-1])
    return [*paths, *SAMPLES]


@pytest.mark.parametrize("which", ["the example", "maltreated returns"])
def test_both_ways_to_run_the_rules_give_the_same_points(which: str, tmp_path: Path) -> None:
    place = open_locality(EXAMPLE) if which == "the example" else maltreatment.locality()
    reads = read_all(place.return_files() if which == "the example" else maltreated(tmp_path), place, None, 0)
    by_pandera, one_by_one = check_all(reads, place), check_files(reads, place)
    assert by_pandera.entries == one_by_one.entries
    assert by_pandera.lines == one_by_one.lines
    assert [one.problems for one in by_pandera.returns] == [one.problems for one in one_by_one.returns]
    raised = {problem.code for one in by_pandera.returns for problem in one.problems}
    assert len(raised & {rule.code for rule in RULES}) >= 8, "they should have something to point at"


@pytest.mark.parametrize("check", [check_all, check_files])
def test_what_is_checked_stays_as_it_was(check: object, tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Purple")
    reads = read(place)
    before = [(list(one.problems), list(one.entries), dict(one.rows_of)) for one in reads]
    first, second = (check(reads, place) for _ in range(2))  # type: ignore[operator]
    assert [(list(one.problems), list(one.entries), dict(one.rows_of)) for one in reads] == before
    assert (first.returns, first.entries, first.lines) == (second.returns, second.entries, second.lines)


def test_a_record_that_no_model_describes_is_a_mistake_in_the_program(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Green")
    (one,) = read(place)
    one.file = ""
    with pytest.raises(NotAsDescribed, match=r"TypedEntries: file: .*row 0: ''"):
        check_all([one], place)


NO_TEAPOTS = '''
"""Nobody sends a teapot."""

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import TypedEntry


def _words(entry: TypedEntry, context: Context) -> Words:
    return {"found": entry.evidence}


@rule("teapot", TypedEntry, "evidence", _words)
def is_no_teapot(entry: TypedEntry, context: Context) -> bool:
    return "teapot" not in entry.evidence
'''


@pytest.fixture
def a_rule_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """One more file among the rules, with its words."""
    folder = tmp_path / "more rules"
    folder.mkdir()
    (folder / "evidence_is_no_teapot.py").write_text(NO_TEAPOTS, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(folder)])
    words = Kind("teapot", Severity.WARNING, "A teapot", "there is ‘{found}’", "We expected evidence.", "Send it back.")
    known = problems.kind_of
    monkeypatch.setattr(problems, "kind_of", lambda code: words if code == "teapot" else known(code))
    before = list(RULES)
    rules.load_rules()
    yield sys.modules[f"{rules.__name__}.evidence_is_no_teapot"]
    RULES[:] = before
    del sys.modules[f"{rules.__name__}.evidence_is_no_teapot"]


@pytest.mark.parametrize("check", [check_all, check_files])
def test_a_new_rule_is_one_file_and_its_words(check: object, a_rule_of_its_own: ModuleType, tmp_path: Path) -> None:
    place = locality_of(tmp_path / "place")
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | A teapot | Green\nQ1-STF | A report | Green")
    (one,) = check(read(place), place).returns  # type: ignore[operator]
    assert [(p.cell, p.found, p.ref) for p in one.problems if p.code == "teapot"] == [("D5", "A teapot", "Q1-PEX")]


def test_every_rule_is_about_a_record_and_one_of_its_cells() -> None:
    assert len(RULES) == len({(rule.code, rule.field) for rule in RULES})
    assert {rule.record for rule in RULES} >= {TypedEntry}


@pytest.mark.parametrize(
    "module",
    ["icsassess.returns.checking.rules", "icsassess.returns.checking.check", "icsassess.tables.records"],
)
def test_rules_and_records_need_no_data_frame_library(module: str) -> None:
    assert imported(f"import {module}") == []


def test_a_single_file_is_checked_without_a_data_frame_library() -> None:
    file = next(iter(sorted((EXAMPLE / "returns").glob("*.xlsx"))))
    call = f"from icsassess.cli import cli\ncli(['check', {str(file)!r}], standalone_mode=False)"
    assert set(imported(call)) <= {"numpy"}


def imported(code: str) -> list[str]:
    """Give which of the heavy libraries are loaded once the code has run."""
    asked = "print(sorted({'pandas', 'pandera', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"import atexit, sys\n{code}\n{asked}"], capture_output=True, text=True, cwd=ROOT
    )
    return [name.strip("'") for name in done.stderr.strip().splitlines()[-1].strip("[]").split(", ") if name]
