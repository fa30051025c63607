"""The figures for other tools: every row of a merge, each column described once, and nothing that acts as a formula."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from icsassess.cli import cli
from icsassess.domain.problems import Refusal
from icsassess.reports.export.csv_file import as_csv, harmless
from icsassess.reports.export.data_package import data_package
from icsassess.reports.export.tidy_tables import NAMES, TidyTable, tidy_tables
from icsassess.round.export import export, tables
from icsassess.round.merge_and_write import merge_and_write
from icsassess.tables.models import Lines
from tests.support.returns_dsl import fill_in, locality_of
from tests.support.sample_merges import newest, small

ANSWERS = """
Ref    | Evidence         | Where it is kept | Evidence date | RAG   | Reason for rating | Gap         | Action
Q1-PEX | Survey of carers | Shared drive     | 01/12/2023    | Green | Read and checked  |             |
Q1-STF | Staff survey     | Intranet         | 01/10/2023    | Red   | One team only     | Other teams | Ask them
"""
DOCS = Path(__file__).parents[2] / "docs" / "figures.md"


@pytest.fixture(scope="module")
def localities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one merged locality and one in which nothing was merged."""
    folder = tmp_path_factory.mktemp("export")
    locality = locality_of(folder / "trafford", {"NORTH": "Q1", "SOUTH": "Q1"})
    fill_in(locality, ANSWERS, partner="NORTH")
    merge_and_write(locality, datetime.date(2024, 1, 10))
    locality_of(folder / "empty", {"WEST": "Q1"})
    return folder


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def table(name: str, made: list[TidyTable]) -> TidyTable:
    return next(each for each in made if each.name == name)


def test_every_row_of_the_merge_is_in_its_table() -> None:
    merged = newest(seed=3).merged
    made = tidy_tables([("Trafford", merged)])
    records = {
        "lines": merged.lines, "partner_ratings": merged.partner_lines, "entries": merged.entries,
        "gaps": merged.gaps, "actions": merged.actions, "returns": merged.returns,
    }  # fmt: skip
    assert [each.name for each in made] == list(NAMES)
    assert {name: len(table(name, made).rows) for name in records} == {
        name: len(rows) for name, rows in records.items()
    }
    rows = read(as_csv(table("lines", made)))
    assert [(row["ref"], row["rating"]) for row in rows] == [(line.ref, line.rating) for line in merged.lines]
    assert {row["locality"] for row in rows} == {"Trafford"}
    actions = read(as_csv(table("actions", made)))
    assert [row["due"] for row in actions] == [one.due.isoformat() if one.due else "" for one in merged.actions]


def test_each_column_is_described_by_its_model_and_no_file_has_another() -> None:
    made = tidy_tables([("Trafford", small().merged)])
    package = json.loads(data_package(made, "Trafford"))
    for resource, each in zip(package["resources"], made, strict=True):
        described = [column["name"] for column in resource["schema"]["fields"]]
        header = as_csv(each).decode("utf-8-sig").splitlines()[0]
        assert header == ",".join(described)
        assert all(column["description"] and column["title"] for column in resource["schema"]["fields"])
        assert resource["path"] == f"{each.name}.csv"
    fields = {column["name"]: column for column in package["resources"][0]["schema"]["fields"]}
    assert fields["agreed_reason"]["description"] == Lines.to_schema().columns["agreed_reason"].description
    assert (fields["agreed_on"]["type"], fields["evidence"]["type"]) == ("date", "integer")
    assert fields["rating"]["constraints"]["enum"] == ["Red", "Amber", "Green", "Not applicable", "Not assessed"]
    assert package["resources"][0]["schema"]["primaryKey"] == ["locality", "framework", "ref"]


def test_values_are_of_the_type_and_among_the_words_that_are_described() -> None:
    made = tidy_tables([("Trafford", newest(seed=2).merged)])
    kinds = {"string": str, "integer": int, "boolean": bool, "date": datetime.date}
    for each in made:
        for row in each.rows:
            for column, value in zip(each.columns, row, strict=True):
                assert value is None or isinstance(value, kinds[column.kind]), (each.name, column.name)
                assert not column.words or value in ("", *column.words), (each.name, column.name)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("plain; text", "plain; text"),
        ("a;=1+1", "a;'=1+1"),
        ('a;"=1+1', "a;\"'=1+1"),
        ("a\n-2", "a\n'-2"),
        ("a\t =1", "a\t '=1"),
        ("2 + 2 = 4", "2 + 2 = 4"),
    ],
)
def test_nothing_becomes_a_formula_whatever_separates_lists(typed: str, written: str) -> None:
    assert harmless(typed) == written


def test_no_cell_of_what_people_typed_begins_a_formula_with_a_comma_or_a_semicolon() -> None:
    for each in tidy_tables([("Trafford", small(hostile=True).merged)]):
        text = as_csv(each).decode("utf-8-sig")
        for separator in ",;":
            cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
            assert [cell for cell in cells if re.match(r"[=@+]|-\D", cell)] == []


def test_excel_knows_the_letters_and_nobodys_nhs_number_is_handed_on() -> None:
    made = tidy_tables([("Trafford", small(hostile=True).merged)])
    data = b"".join(map(as_csv, made))
    assert as_csv(made[0]).startswith(b"\xef\xbb\xbf")
    assert b"999 000 0018" not in data
    assert b"[NHS number]" in data


def test_several_localities_are_in_the_same_tables_and_one_that_cannot_be_read_is_told(localities: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(localities), "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["localities"] == ["Anytown"]
    assert [problem["code"] for problem in told["problems"]] == ["no-merge-yet"]
    assert Path(told["folder"]) == localities / "Figures 2024-01-10"
    assert sorted(told["files"]) == sorted(path.name for path in (localities / "Figures 2024-01-10").iterdir())


def test_the_same_merge_gives_the_same_bytes(localities: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    both = [export([localities / "trafford"], tmp_path / name, parquet=True) for name in "ab"]
    first, second = ([path.read_bytes() for path in result.files] for result in both)
    assert first == second
    assert len(first) == 1 + 2 * len(NAMES)


def test_parquet_holds_the_same_rows_with_their_types_and_meanings(localities: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    export([localities / "trafford"], tmp_path / "out", parquet=True)
    shown = parquet.read_table(tmp_path / "out" / "lines.parquet")
    rows = tables([localities / "trafford"]).records("lines")
    assert shown.to_pylist() == rows
    assert shown.schema.field("as_at").metadata[b"title"] == b"As at"


def test_a_folder_without_a_locality_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no locality folder"):
        export([tmp_path])


def test_the_python_in_the_documentation_runs(
    localities: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(localities / "trafford", tmp_path / "trafford")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(DOCS), "exec"), {})
    rows = len(tables([tmp_path / "trafford"]).records("lines"))
    assert out.getvalue() == f"1 Red, 0 late\nAnytown 2024-01-10 figures {rows}\n"


def test_the_documentation_names_every_file(localities: Path, tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8")
    files = export([localities / "trafford"], tmp_path / "out").files
    assert [path.name for path in files if f"`{path.name}`" not in text] == []
