"""The command line as people and other programs meet it: exit status, JSON, words, and never a traceback."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import icsassess
from icsassess.cli import COMMANDS, cli
from icsassess.locality.locality import Locality
from icsassess.version import VERSION
from tests.support.returns_dsl import fill_in, locality_of

pytestmark = pytest.mark.begins_early

ROOT = Path(icsassess.__file__).parents[1]
GOOD = "Ref | Evidence | RAG | Gap | Action | Owner | Due date\n" + "\n".join(
    f"Q1-{category} | Report {category} | Green" for category in ("PEX", "STF", "PTN", "OBS", "PRO")
)
GOOD += "\nQ1-OUT | Report OUT | Amber | Nobody asked | =cmd|' /C calc'!A0"
PROBLEM = {"code", "severity", "sheet", "cell", "ref", "found", "message", "suggestion"}


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def start(arguments: Sequence[str | Path], folder: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run ``python -m icsassess`` in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "icsassess", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60, text=True, **more)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    """A locality with one good return and one outstanding."""
    place = locality_of(tmp_path_factory.mktemp("good"), {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(place, GOOD.replace("=cmd|' /C calc'!A0", "'=1+1"), partner="NORTH")
    return place


@pytest.fixture
def bad(tmp_path: Path) -> Locality:
    """A locality with one good return and one that is no workbook."""
    place = locality_of(tmp_path / "bad", {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(place, GOOD.replace("=cmd|' /C calc'!A0", "'=1+1"), partner="NORTH")
    (place.folder / "returns" / "SOUTH.xlsx").write_bytes(b"this is no workbook")
    return place


# --- Exit status


def test_0_when_done_with_nothing_to_attend_to(good: Locality) -> None:
    for command in ("check", "status", "merge", "gaps"):
        result = run(command, good.folder)
        assert (command, result.exit_code) == (command, 0), result.output


def test_1_when_a_return_was_left_out(bad: Locality) -> None:
    for command in ("check", "status", "merge"):
        result = run(command, bad.folder)
        assert (command, result.exit_code) == (command, 1), result.output


def test_1_when_a_point_blocks_a_row(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Purple")
    assert run("check", place.folder).exit_code == 1
    assert run("merge", place.folder).exit_code == 1


def test_an_outstanding_return_alone_is_nothing_to_attend_to(good: Locality) -> None:
    assert "1 outstanding (SOUTH)" in run("status", good.folder).output
    assert run("status", good.folder).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["frobnicate"], id="a command that is none"),
        pytest.param(["merge", "--frobnicate"], id="an option that is none"),
        pytest.param(["merge", "nowhere"], id="a folder that is not there"),
        pytest.param(["check", "nowhere.xlsx"], id="a file that is not there"),
        pytest.param(["status", "{tmp}"], id="a folder that is no locality"),
        pytest.param(["gaps", "{file}"], id="a file that is no workbook"),
        pytest.param(["merge", "{file}"], id="a file in the place of a folder"),
        pytest.param(["issue", "{good}", "--partner", "NROTH"], id="a partner that is none"),
        pytest.param(["merge", "{good}", "--as-at", "31/02/2024"], id="a day that does not exist"),
        pytest.param(["merge", "{good}", "--as-at", "spring"], id="a date that is none"),
        pytest.param(["gaps", "{good}", "--json", "--csv"], id="two formats at once"),
        pytest.param(["new", "{good}", "--name", "X", "--deadline", "2024-01-31"], id="a folder that is in use"),
        pytest.param(["new", "{tmp}/a", "--name", "X", "--deadline", "2024-02-30"], id="an impossible deadline"),
        pytest.param(["new", "{tmp}/b", "--name", "", "--deadline", "2024-01-31"], id="an empty name"),
        pytest.param(["new", "{file}/c", "--name", "X", "--deadline", "2024-01-31"], id="a place in a file"),
        pytest.param(
            ["new", "{tmp}/d", "--name", "X", "--deadline", "2024-01-31", "--framework", "cqc"], id="no such framework"
        ),
        pytest.param(
            ["new", "{tmp}/e", "--name", "X", "--deadline", "2024-01-31", "--template", "x"], id="no such template"
        ),
        pytest.param(
            ["new", "{tmp}/f", "--name", "X", "--deadline", "2024-01-31", "--from", "{tmp}"], id="no earlier round"
        ),
    ],
)
def test_2_with_words_on_standard_error_and_nothing_else_when_it_could_not_be_done(
    arguments: list[str], good: Locality, tmp_path: Path
) -> None:
    file = tmp_path / "a file.txt"
    file.write_text("hello", encoding="utf-8")
    result = run(*(part.format(tmp=tmp_path, file=file, good=good.folder) for part in arguments))
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.stdout == ""
    assert len(result.stderr.strip()) > 20
    assert "Traceback" not in result.stderr


# --- Faulty settings and faulty files


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"name = ", id="no TOML"),
        pytest.param(b"\xff\xfen\x00a\x00m\x00e\x00", id="in UTF-16"),
        pytest.param(b'name = "Caf\xe9"', id="in Latin-1"),
        pytest.param(b"\x00" * 10, id="zeros"),
        pytest.param(b'name = "A"\ndeadline = 2024-01-31\npartner = 3', id="partners that are a number"),
        pytest.param(b'name = "A"\ndeadline = 2024-01-31\npartner = ["a"]', id="partners that are texts"),
        pytest.param(
            b'name = "A"\ndeadline = 2024-01-31\n[[partner]]\ncode = 7\nname = "B"', id="a code that is a number"
        ),
        pytest.param(b'name = "A"\ndeadline = "soon"\n[[partner]]\ncode = "A"\nname = "B"', id="a deadline in words"),
        pytest.param(
            b'name = "A"\ndeadline = 2024-01-31\nrules = 1\n[[partner]]\ncode = "A"\nname = "B"', id="no rules"
        ),
        pytest.param(b"name = " + b"[" * 5000, id="brackets without end"),
    ],
)
def test_faulty_settings_are_refused_in_words(settings: bytes, tmp_path: Path) -> None:
    (tmp_path / "locality.toml").write_bytes(settings)
    result = run("status", tmp_path)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "locality.toml" in result.stderr


BAD_FILES = {
    "empty.xlsx": b"",
    "text.xlsx": b"Dear all, please find attached our return. " * 50,
    "web page.xls": b"<html><body><table><tr><td>Ref</td></tr></table></body></html>",
    "portable.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "cut off.xlsx": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "noise.xlsb": bytes(range(256)) * 8,
    "zeros.ods": b"\x00" * 4096,
    "values.csv": b"Ref,RAG\nQ1-PEX,Green\n",
}


def test_no_bad_file_gives_a_traceback_or_stops_the_others(tmp_path: Path) -> None:
    place = locality_of(tmp_path, {"NORTH": "Q1"})
    good_file = fill_in(place, GOOD.replace("=cmd|' /C calc'!A0", ""))
    for name, content in BAD_FILES.items():
        (place.folder / "returns" / name).write_bytes(content)
    (place.folder / "returns" / "half.xlsx").write_bytes(good_file.read_bytes()[:6000])
    result = run("check", place.folder, "--json")
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    outcomes = {one["file"]: one["outcome"] for one in json.loads(result.stdout)["files"]}
    assert outcomes.pop(f"returns/{good_file.name}").startswith("accepted")
    assert set(outcomes.values()) == {"refused"}
    assert len(outcomes) == len(BAD_FILES) + 1
    shown = run("check", place.folder)
    assert isinstance(shown.exception, SystemExit)
    assert all(name in shown.output for name in BAD_FILES)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_file_whose_name_is_no_text_is_told_like_any_other(bad: Locality) -> None:
    (bad.folder / "returns" / os.fsdecode(b"retu\xffrn.xlsx")).write_bytes(b"nothing")
    for arguments in (["check", bad.folder], ["merge", bad.folder, "--json"]):
        result = start(arguments)
        assert "Traceback" not in result.stderr
        assert (arguments, result.returncode) == (arguments, 1), result.stderr


# --- JSON


def document(*arguments: str | Path) -> dict[str, Any]:
    result = run(*arguments, "--json")
    parsed = json.loads(result.stdout)
    assert isinstance(parsed, dict)
    return parsed


def test_the_json_of_check_has_the_keys_of_the_contract(bad: Locality) -> None:
    files = document("check", bad.folder)["files"]
    assert [set(one) >= {"file", "sha256", "partner", "outcome", "entries", "problems"} for one in files] == [
        True,
        True,
    ]
    assert [(one["partner"], one["outcome"], one["entries"]) for one in files] == [
        ("NORTH", "accepted with points", 6),
        ("SOUTH", "refused", 0),
    ]
    problems = [problem for one in files for problem in one["problems"]]
    assert all(set(problem) >= PROBLEM for problem in problems)
    assert {problem["severity"] for problem in problems} <= {"blocker", "warning", "note"}
    assert len(files[0]["sha256"]) == 64


def test_the_json_of_merge_status_and_gaps_has_the_keys_of_the_contract(good: Locality) -> None:
    made = document("merge", good.folder, "--as-at", "2024-01-10")
    assert set(made) >= {"workbook", "as_at", "framework", "returns", "lines", "gaps", "actions", "carried"}
    assert made["workbook"].startswith("merged/")
    assert (good.folder / made["workbook"]).is_file()
    assert (len(made["lines"]), made["as_at"], made["framework"]) == (102, "2024-01-10", "cqc-ics-2023")
    status = document("status", good.folder, "--as-at", "10/01/2024")
    assert set(status) >= {
        "name", "as_at", "deadline", "days_left", "returns", "lines", "rated", "gaps", "gaps_without_a_plan",
        "agreed", "actions", "actions_overdue", "actions_incomplete",
    }  # fmt: skip
    assert (status["lines"], status["rated"], status["days_left"]) == (102, 6, 21)
    assert [one["state"] for one in status["returns"]] == ["received", "outstanding"]
    listed = document("gaps", good.folder, "--as-at", "2024-01-10")
    assert len(listed["gaps"]) == status["gaps"] == len(made["gaps"])
    assert len(listed["actions"]) == status["actions"] == len(made["actions"])


@pytest.mark.parametrize("command", ["check", "merge", "status", "gaps"])
def test_with_json_standard_output_is_one_document_and_nothing_else(command: str, good: Locality) -> None:
    result = run(command, good.folder, "--json")
    assert isinstance(json.loads(result.stdout), dict)
    assert (result.stderr, "\x1b" in result.stdout) == ("", False)


def test_with_json_a_refusal_is_a_document_too_and_told_in_words_on_standard_error(tmp_path: Path) -> None:
    result = start(["merge", tmp_path, "--json"])
    (problem,) = json.loads(result.stdout)["problems"]
    assert (result.returncode, set(problem) >= PROBLEM) == (2, True)
    assert problem["message"] in result.stderr


def test_with_json_a_refusal_is_a_document_also_for_a_caller_in_the_same_process(tmp_path: Path) -> None:
    result = run("merge", tmp_path, "--json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert (result.exit_code, set(problem) >= PROBLEM) == (2, True)
    assert problem["message"] in result.stderr


def test_a_name_that_looks_like_the_option_is_not_the_option(tmp_path: Path) -> None:
    result = run("sign-off", tmp_path, "--name", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "locality.toml" in result.stderr


# --- Words


@pytest.mark.parametrize("command", ["check", "status", "merge", "gaps"])
def test_without_a_terminal_there_is_no_colour_no_bar_and_nothing_on_standard_error(
    command: str, good: Locality
) -> None:
    result = run(command, good.folder)
    assert (result.stderr, "\x1b" in result.stdout) == ("", False)


def test_lists_fit_a_terminal_of_100_columns(good: Locality) -> None:
    for command in ("check", "status", "gaps"):
        lines = run(command, good.folder).output.splitlines()
        long = [line for line in lines if len(line) > 100 and str(good.folder) not in line]
        assert long == []


def test_a_terminal_that_knows_no_unicode_gets_question_marks_and_no_traceback(good: Locality) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "icsassess", "check", str(good.folder)]
    result = subprocess.run(command, env=environment, capture_output=True, timeout=60)
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert "NHS" in result.stdout.decode("ascii")


def test_the_result_says_that_a_check_for_nhs_numbers_is_no_check_for_personal_data(good: Locality) -> None:
    assert "cannot see names, dates of birth" in run("check", good.folder).output.replace("\n", " ")


# --- The gaps as CSV


@pytest.mark.parametrize("typed", ["=1+1", "+44 161", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1"])
def test_nothing_in_the_csv_is_taken_for_a_formula(typed: str, tmp_path: Path) -> None:
    place = locality_of(tmp_path)

    def type_it(book: Any) -> None:
        for column in "IJK":
            book.worksheets[1][f"{column}5"].value = typed
            book.worksheets[1][f"{column}5"].data_type = "s"

    fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Red", change=type_it)
    result = run("gaps", place.folder, "--csv")
    table = list(csv.reader(io.StringIO(result.stdout)))
    assert {len(row) for row in table} == {len(table[0])}
    every = [cell for row in table for cell in row]
    assert [cell for cell in every if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert sum(typed.strip() in cell for cell in every) >= 2


# --- The commands one after the other


def test_a_round_from_new_to_gaps_works_from_other_current_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("new", "rounds/Ünitéd", "--name", "Ünitéd", "--deadline", "31/01/2024")
    assert made.exit_code == 0, made.stderr
    folder = tmp_path / "rounds" / "Ünitéd"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["feedback", "history", "issued", "locality.toml", "merged", "returns", "signed-off"]
    )
    monkeypatch.chdir(folder)
    issued = run("issue", "--partner", "ph", "--as-at", "2023-12-04")
    assert issued.exit_code == 0, issued.stderr
    (blank,) = (folder / "issued").iterdir()
    book = openpyxl.load_workbook(blank)
    book["Leadership"]["G5"] = "Amber"
    book["Cover"]["B12"] = datetime.date(2024, 1, 8)
    book.save(folder / "returns" / blank.name)
    merged = start(["merge", "--as-at", "2024-01-10", "--json"], folder)
    assert merged.returncode == 0, merged.stderr
    document = json.loads(merged.stdout)
    assert document["workbook"] == "merged/Ünitéd 2024-01-10.xlsx"
    assert next(line for line in document["lines"] if line["ref"] == "L1-PEX")["suggested"] == "Amber"
    monkeypatch.chdir(tmp_path)
    listed = run("gaps", folder / document["workbook"], "--json")
    assert listed.exit_code == 0, listed.stderr
    assert json.loads(listed.stdout) == {"gaps": document["gaps"], "actions": document["actions"]}


def test_merging_again_gives_the_same_workbook_and_never_overwrites_one(tmp_path: Path) -> None:
    place = locality_of(tmp_path)
    path = fill_in(place, "Ref | Evidence | RAG\nQ1-PEX | Report | Green")
    arguments = ("merge", place.folder, "--as-at", "2024-01-10")
    first = document(*arguments)["workbook"]
    content = (place.folder / first).read_bytes()
    assert document(*arguments)["workbook"] == first
    path.unlink()
    fill_in(place, "Ref | Evidence | RAG | Gap\nQ1-PEX | Report | Red | Something")
    second = document(*arguments)["workbook"]
    assert second != first
    assert (place.folder / first).read_bytes() == content


def test_check_status_and_gaps_write_nothing_and_merge_nothing_among_the_returns(bad: Locality) -> None:
    before = contents(bad.folder)
    for command in ("check", "status", "gaps"):
        run(command, bad.folder)
    assert contents(bad.folder) == before
    run("merge", bad.folder)
    after = contents(bad.folder)
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name.startswith(("returns", "issued"))] == [
        n for n in before if n.startswith("returns")
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_single_file_is_checked_against_the_locality_above_it(good: Locality, tmp_path: Path) -> None:
    (file,) = good.return_files()
    assert document("check", file)["files"][0]["file"] == f"returns/{file.name}"
    elsewhere = tmp_path / "somewhere else.xlsx"
    shutil.copy(file, elsewhere)
    assert run("check", elsewhere).exit_code == 2


def test_issue_writes_one_blank_return_for_each_partner(good: Locality, tmp_path: Path) -> None:
    place = shutil.copytree(good.folder, tmp_path / "copy")
    assert run("issue", place).exit_code == 0
    assert sorted(path.name for path in (place / "issued").iterdir()) == [
        "Anytown - NORTH - Northern Trust.xlsx",
        "Anytown - SOUTH - Southern Practice.xlsx",
    ]


# --- The start


@pytest.fixture(scope="module")
def after_help() -> list[str]:
    script = (
        "import sys\nfrom icsassess.cli import main\nsys.argv = ['icsassess', '--help']\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        "print('MODULES', *sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout.split("MODULES")[1].split()


@pytest.mark.parametrize(
    "library",
    [
        "pandas",
        "numpy",
        "pandera",
        "openpyxl",
        "xlsxwriter",
        "pydantic",
        "rich",
        "rapidfuzz",
        "python_calamine",
        "xlrd",
    ],
)
def test_help_is_quick_because_nothing_heavy_is_imported(library: str, after_help: list[str]) -> None:
    assert "icsassess.cli" in after_help
    assert library not in after_help


def test_help_names_every_command_and_each_command_has_help() -> None:
    shown = run("--help").output
    assert all(f"\n  {command} " in shown for command in COMMANDS)
    for command in COMMANDS:
        assert run(command, "--help").exit_code == 0


def test_the_version_is_told() -> None:
    assert VERSION in run("--version").output


# --- Where nothing can be printed

FULL = Path("/dev/full")
WEEKS = ROOT / "workbooks" / "trafford-three-weeks"
only_with_full = pytest.mark.skipif(not FULL.exists(), reason="no file that is always full here")


def run_into(stream: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output or error is a full disk, in an environment of its own."""
    command = [sys.executable, "-m", "icsassess", *map(str, arguments)]
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with FULL.open("w", encoding="utf-8") as full:
        streams[stream] = full
        clean = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
        return subprocess.run(command, env=clean, text=True, check=False, timeout=60, **streams)


@only_with_full
@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}, {"ICSASSESS_PLAIN": "1"}], ids=str)
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("merge", "--help"),
        ("check", "{good}"),
        ("status", "{good}"),
        ("status", "{good}", "--json"),
        ("gaps", "{good}", "--csv"),
        ("changes", str(WEEKS)),
    ],
    ids=" ".join,
)
def test_where_nothing_can_be_printed_the_command_says_so_once_and_ends_with_2(
    good: Locality, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = run_into("stdout", *(part.format(good=good.folder) for part in arguments), **environment)
    assert done.returncode == 2
    first, *others = done.stderr.splitlines()
    assert first.startswith("What the command prints cannot be written: No space left on device.")
    assert [line[:15] for line in others] == ["Make room there"]


@only_with_full
def test_a_merge_that_cannot_be_printed_has_written_its_workbook(good: Locality) -> None:
    done = run_into("stdout", "merge", good.folder, "--as-at", "2024-01-30")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert (good.folder / "merged" / "Anytown 2024-01-30.xlsx").is_file()


@only_with_full
def test_a_refusal_whose_document_cannot_be_printed_is_still_told_in_words(tmp_path: Path) -> None:
    done = run_into("stdout", "merge", tmp_path, "--json")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "locality.toml" in done.stderr
    assert "No space left on device" in done.stderr


@only_with_full
def test_where_nobody_can_be_told_the_exit_status_still_tells(tmp_path: Path) -> None:
    done = run_into("stderr", "merge", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently there")
def test_a_program_that_stopped_listening_needs_no_words(good: Locality) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "icsassess", "status", str(good.folder)]
    clean = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=clean, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(writing)
    assert done.stderr == ""
