"""What can be done in a round: typed results, the contract's documents, refusals; and nothing is ever printed."""

from __future__ import annotations

import ast
import datetime
import importlib
import inspect
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import icsassess
from icsassess.domain.problems import Refusal
from icsassess.locality.locality import Locality
from icsassess.round.adopt import adopt
from icsassess.round.agenda import agenda, write_agenda, write_reminders
from icsassess.round.borrow import borrow
from icsassess.round.changes import changes
from icsassess.round.check import check
from icsassess.round.export import export
from icsassess.round.gaps import gaps
from icsassess.round.issue import issue
from icsassess.round.merge import merge
from icsassess.round.new import new
from icsassess.round.page import page
from icsassess.round.paper import paper
from icsassess.round.progress import Progress
from icsassess.round.roll_up import roll_up
from icsassess.round.sign_off import sign_off
from icsassess.round.status import status
from icsassess.round.verify import verify
from tests.support.ready_locality import NAME, WHEN, ready, run
from tests.support.returns_dsl import AS_AT, fill_in, locality_of

ROOT = Path(icsassess.__file__).parents[1]
FOLDER = ROOT / "icsassess" / "round"
ACTIONS = (
    "new", "issue", "check", "merge", "gaps", "status", "changes", "agenda", "sign_off", "verify", "page", "paper",
    "roll_up", "adopt", "borrow", "export",
)  # fmt: skip
RETURN = "Ref | Evidence | RAG | Gap | Action\nQ1-PEX | Report | Green\nQ1-STF | Report | Red | Nobody asked | Ask them"


@pytest.fixture
def place(tmp_path: Path) -> Locality:
    """A locality with one return and one outstanding."""
    locality = locality_of(tmp_path / "anytown", {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(locality, RETURN, partner="NORTH")
    return locality


def document(*arguments: str | Path) -> dict[str, Any]:
    """Give the document that the command line prints."""
    parsed = json.loads(run(*arguments, "--json").stdout)
    assert isinstance(parsed, dict)
    return parsed


# --- Each module


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_a_module_with_one_function_that_says_what_it_raises_and_shows_a_call(name: str) -> None:
    action = getattr(importlib.import_module(f"icsassess.round.{name}"), name)
    signature = inspect.signature(action)
    assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())
    assert "Raises ``Refusal``" in inspect.getdoc(action)
    assert f"``{name}(" in inspect.getdoc(action)


def test_every_module_of_the_floor_is_an_action_or_what_they_share() -> None:
    # whose.py has two actions, one for each thing that can be settled: tests/round/test_whose.py.
    shared = {"__init__", "progress", "point_summary", "merge_and_write", "whose"}
    assert {path.stem for path in FOLDER.glob("*.py")} - shared == set(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_what_an_action_gives_is_a_frozen_record(name: str) -> None:
    module = importlib.import_module(f"icsassess.round.{name}")
    annotation = str(inspect.signature(getattr(module, name)).return_annotation)
    result = getattr(module, annotation)
    assert is_dataclass(result)
    blank = object.__new__(result)
    with pytest.raises(FrozenInstanceError):
        setattr(blank, next(iter(inspect.signature(result).parameters)), None)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_action_prints_or_knows_a_terminal(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not names & {"print", "input"}
    assert not {name.split(".")[0] for name in imported} & {"sys", "click", "rich"}


def test_an_action_is_imported_without_what_takes_long_to_load() -> None:
    script = "import sys\n" + "".join(f"import icsassess.round.{name}\n" for name in ACTIONS) + "print(*sys.modules)"
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert not {"pandas", "numpy", "pandera", "openpyxl", "xlsxwriter", "docx"} & set(done.stdout.split())


REFUSED: dict[str, Callable[[Path], object]] = {
    "new": lambda folder: new(folder, name="", deadline=AS_AT),
    "issue": issue,
    "check": lambda folder: check([folder]),
    "merge": merge,
    "gaps": gaps,
    "status": status,
    "changes": changes,
    "agenda": agenda,
    "sign_off": sign_off,
    "verify": lambda folder: verify(folder / "none.xlsx"),
    "page": page,
    "paper": paper,
    "roll_up": lambda folder: roll_up([folder]),
    "adopt": lambda folder: adopt(folder / "none.xlsx", "other"),
    "borrow": lambda folder: borrow(folder, folder),
    "export": lambda folder: export([folder]),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_what_cannot_be_done_is_refused_in_words(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refusal) as refused:
        REFUSED[name](tmp_path)
    assert refused.value.problem.message
    assert capfd.readouterr() == ("", "")


# --- Results


def test_a_round_gives_typed_results_and_the_documents_that_the_command_line_prints(
    place: Locality, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = place.folder
    checked, looked_up, listed = check([folder]), status(folder, AS_AT), gaps(folder, AS_AT)
    assert (checked.needs_attention, looked_up.needs_attention) == (False, False)
    assert [(row.partner, row.state) for row in looked_up.returns] == [("NORTH", "received"), ("SOUTH", "outstanding")]
    assert sum(number for _, number in listed.plans) == len(listed.rows) == len(listed.gaps)
    merged = merge(folder, AS_AT)
    assert merged.workbook.is_file()
    assert merged.headlines
    assert merged.priorities
    answers = [checked.as_json(), looked_up.as_json(), listed.as_json(), merged.as_json()]
    assert capfd.readouterr() == ("", "")
    day = ("--as-at", AS_AT.isoformat())
    assert answers[0] == document("check", folder)
    assert answers[1:3] == [document("status", folder, *day), document("gaps", folder, *day)]
    assert {**answers[3], "carried": None} == {**document("merge", folder, *day), "carried": None}


def test_the_gaps_of_a_workbook_are_those_as_at_its_own_date(place: Locality, tmp_path: Path) -> None:
    workbook = merge(place.folder, AS_AT).workbook
    rows = gaps(place.folder, AS_AT).rows
    assert gaps(workbook).rows == rows
    assert [row.line for row in gaps(shutil.copy(workbook, tmp_path / "alone.xlsx")).rows] == [row.line for row in rows]


def test_feedback_agenda_and_reminders_are_written_where_their_results_say(place: Locality) -> None:
    checked = check([place.folder], feedback=True)
    assert [path.is_file() for path in checked.feedback.values()] == [True]
    result = agenda(place.folder, AS_AT)
    assert not place.sub_folder("merged").joinpath("Anytown 2024-01-10 agenda.html").exists()
    assert write_agenda(result) == place.sub_folder("merged") / "Anytown 2024-01-10 agenda.html"
    assert "Southern Practice" in result.text
    written = write_reminders(result)
    assert [path.name for path in written.drafts] == ["NORTH - reminder.eml", "SOUTH - reminder.eml"]
    assert [path.is_file() for path in written.copies] == [True]
    assert written.unaddressed == ("NORTH", "SOUTH")


def test_page_and_paper_tell_whether_anything_has_changed_since_the_merge(place: Locality) -> None:
    merge(place.folder, AS_AT)
    assert (page(place.folder).needs_attention, paper(place.folder).is_unchanged) == (False, False)
    assert paper(place.folder).is_unchanged
    fill_in(place, RETURN, partner="SOUTH")
    result = page(place.folder)
    assert (result.needs_attention, "has come since" in result.changed_since) == (True, True)
    assert result.page.is_file()


def test_two_merges_are_compared(place: Locality) -> None:
    merge(place.folder, AS_AT)
    fill_in(place, RETURN, partner="SOUTH")
    merge(place.folder, AS_AT + datetime.timedelta(days=7))
    result = changes(place.folder)
    assert result.as_json() == document("changes", place.folder)
    assert len(result.sentences) == len(result.changes.changes) > 0


def test_signing_and_verifying(tmp_path: Path) -> None:
    place = ready(tmp_path)
    merge(place.folder, AS_AT)
    moment = datetime.datetime.fromisoformat(WHEN)
    asked = sign_off(place.folder, clock=lambda: moment)
    assert (asked.check.ready, asked.signed, asked.summary) == (True, None, "")
    wrong = sign_off(place.folder, name="12", clock=lambda: moment)
    assert (wrong.signed, wrong.needs_attention, wrong.outcome) == (None, True, str(wrong.refused))
    result = sign_off(place.folder, name=NAME, clock=lambda: moment)
    assert result.signed is not None
    assert result.signed.code in result.outcome
    assert set(result.as_json()) >= {
        "ready",
        "conditions",
        "as_at",
        "signed_at",
        "agreed",
        "by_rule",
        "workbook",
        "manifest",
        "code",
    }
    verified = verify(result.signed.workbook, result.signed.code)
    assert (verified.summary, verified.needs_attention) == ("As signed.", False)
    assert verified.as_json() == document("verify", result.signed.workbook, "--code", result.signed.code)


def test_the_next_round_takes_over_what_is_to_be_confirmed(place: Locality, tmp_path: Path) -> None:
    merge(place.folder, AS_AT)
    result = new(tmp_path / "next", name="Anytown", deadline=AS_AT, earlier=place.folder)
    assert result.previous is not None
    assert len(result.previous.evidence) == 2
    taken_over = "Taken over from Anytown, to be confirmed: 2 pieces of evidence, 0 agreed ratings."
    assert taken_over in result.sentences
    assert [path.is_file() for path in issue(result.locality.folder, ["NORTH"], AS_AT).files] == [True]


def test_localities_side_by_side(place: Locality, tmp_path: Path) -> None:
    merge(place.folder, AS_AT)
    result = roll_up([place.folder], output=tmp_path / "all.xlsx")
    assert (result.written.workbook.is_file(), [row.name for row in result.localities]) == (True, ["Anytown"])
    assert (
        result.as_json()["localities"]
        == document("rollup", place.folder, "--output", tmp_path / "b.xlsx")["localities"]
    )


# --- Progress


def test_progress_is_told_to_whoever_asks(place: Locality) -> None:
    heard: list[Progress] = []
    check([place.folder], feedback=True, progress=heard.append)
    assert [(each.stage, each.done, each.total) for each in heard] == [
        ("Reading returns", 0, 1),
        ("Checking", 0, 1),
        ("Writing marked copies", 0, 1),
    ]
    assert heard[0].name == place.return_files()[0].name
