"""Returns read side by side: the same as one after the other, and a file that goes wrong costs only itself."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from icsassess.assessment.merging.merge import merge
from icsassess.locality.locality import Locality, open_locality
from icsassess.locality.new_locality import new_locality
from icsassess.returns.checking.check import check_all
from icsassess.returns.issuing.issue import issue
from icsassess.returns.reading import worker_pool as many
from icsassess.returns.reading.compact import PackedEntries, pack
from icsassess.returns.reading.read_return import read_return
from icsassess.returns.reading.session import Reading, read_all
from icsassess.workbook.write import locality_workbook

pytestmark = pytest.mark.begins_early

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "trafford"
AS_AT = datetime.date(2024, 1, 10)
Simulate = Callable[[dict[str, Callable[[], object]]], None]
METHODS = ["spawn", pytest.param("fork", marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux only"))]
only_where_forked = pytest.mark.skipif(sys.platform != "linux", reason="what is simulated here is inherited by forking")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Locality:
    """The example, with files among its returns that cannot be read."""
    folder = tmp_path_factory.mktemp("parallel") / "trafford"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("merged", "history", "feedback", "signed-off"))
    returns = folder / "returns"
    whole = next(iter(sorted(returns.glob("*.xlsx")))).read_bytes()
    (returns / "a half.xlsx").write_bytes(whole[: len(whole) // 2])
    (returns / "nothing.xlsx").write_bytes(b"")
    (returns / "words.xlsx").write_bytes(b"These are words.")
    (returns / "zz twice.xlsx").write_bytes(whole)
    return open_locality(folder)


def workbook_of(place: Locality, files: list[Path], processes: int) -> bytes:
    checked = check_all(read_all(files, place, None, processes), place)
    return locality_workbook(merge(checked, place, AS_AT))


def test_the_workbook_is_the_same_to_the_byte_whether_read_side_by_side_or_not(place: Locality) -> None:
    files = place.return_files()
    assert workbook_of(place, files, 3) == workbook_of(place, files, 0)


def test_the_workbook_is_the_same_whatever_the_order_of_the_files(place: Locality) -> None:
    files = place.return_files()
    assert workbook_of(place, files[::-1], 2) == workbook_of(place, files, 2)


@pytest.mark.parametrize("method", METHODS)
def test_what_is_read_is_the_same_by_every_way_of_beginning_a_process(place: Locality, method: str) -> None:
    files = place.return_files()
    with many.reader_pool(place, 2, method) as pool:
        in_pool = many.read_in_pool(pool, files, place)
    alone = [read_return(file, place) for file in files]
    assert [read.file for read in in_pool] == [read.file for read in alone]
    for one, other in zip(in_pool, alone, strict=True):
        assert (one.partner, one.sha256, one.refused, one.completed_on) == (
            other.partner,
            other.sha256,
            other.refused,
            other.completed_on,
        )
        assert one.problems == other.problems
        assert one.rows_of == other.rows_of
        assert [(entry.ref, entry.sheet, entry.row.values, entry.row.labels) for entry in one.entries] == [
            (entry.ref, entry.sheet, entry.row.values, entry.row.labels) for entry in other.entries
        ]


@pytest.fixture
def simulated(place: Locality, monkeypatch: pytest.MonkeyPatch) -> Simulate:
    """Let reading the files of these names do something else; processes that are forked do it as well."""

    def simulate(instead: dict[str, Callable[[], object]]) -> None:
        def read(path: Path, locality: Locality) -> object:
            instead.get(path.name, lambda: None)()
            return read_return(path, locality)

        monkeypatch.setattr("icsassess.returns.reading.read_return.read_return", read)

    return simulate


def outcomes(place: Locality, processes: int = 2) -> dict[str, list[str]]:
    """Give for each file that was refused the codes of its points."""
    reads = read_all(place.return_files(), place, None, processes)
    return {Path(read.file).name: [problem.code for problem in read.problems] for read in reads if read.refused}


def refused_in_any_case(place: Locality) -> dict[str, list[str]]:
    return outcomes(place, 0)


@only_where_forked
def test_a_file_that_kills_its_process_is_refused_and_all_others_are_read(place: Locality, simulated: Simulate) -> None:
    bad = refused_in_any_case(place)
    victim = next(path.name for path in place.return_files() if path.name not in bad)
    simulated({victim: lambda: os._exit(9)})
    assert outcomes(place) == bad | {victim: ["file-damaged"]}


@only_where_forked
def test_where_every_file_kills_its_process_each_is_refused(place: Locality, simulated: Simulate) -> None:
    simulated({path.name: lambda: os._exit(9) for path in place.return_files()})
    assert set(outcomes(place)) == {path.name for path in place.return_files()}


@only_where_forked
def test_a_file_that_hangs_is_stopped_and_refused_and_all_others_are_read(
    place: Locality, simulated: Simulate, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = refused_in_any_case(place)
    victim = next(path.name for path in place.return_files() if path.name not in bad)
    monkeypatch.setattr(many, "SECONDS", 8.0)
    simulated({victim: lambda: time.sleep(600)})
    began = time.monotonic()
    assert outcomes(place) == bad | {victim: ["file-too-slow"]}
    assert time.monotonic() - began < 60


@only_where_forked
def test_a_file_that_takes_too_much_memory_is_refused_and_all_others_are_read(
    place: Locality, simulated: Simulate
) -> None:
    bad = refused_in_any_case(place)
    victim = next(path.name for path in place.return_files() if path.name not in bad)
    simulated({victim: lambda: bytearray(400 * 1024 * 1024)})
    assert outcomes(place) == bad | {victim: ["file-too-large"]}


def fail() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("processes", [0, pytest.param(2, marks=only_where_forked)])
def test_a_mistake_in_the_program_costs_the_file_that_brings_it_to_light(
    place: Locality,
    simulated: Simulate,
    processes: int,
) -> None:
    bad = refused_in_any_case(place)
    victim = next(path.name for path in place.return_files() if path.name not in bad)
    simulated({victim: fail})
    assert outcomes(place, processes) == bad | {victim: ["program-mistake"]}


def test_a_file_that_was_lost_still_has_its_partner_by_its_name_and_its_fingerprint(place: Locality) -> None:
    path = next(path for path in place.return_files() if path.name.startswith("Trafford - PC"))
    lost = many.refused(path, place, "file-too-slow", "it takes more than 20 seconds")
    alone = read_return(path, place)
    assert (lost.partner, lost.sha256, lost.refused) == ("PC", alone.sha256, True)


def test_progress_hears_of_every_file_and_of_how_many_are_done_before_it(place: Locality) -> None:
    files = place.return_files()
    for processes in (0, 2):
        heard: list[tuple[int, int, str]] = []
        read_all(files, place, lambda *call: heard.append(call), processes)  # noqa: B023
        assert [name for _, _, name in heard] == [path.name for path in files]
        assert {of for _, of, _ in heard} == {len(files)}
        assert all(max(0, number - processes) <= done <= number for number, (done, _, _) in enumerate(heard))


def test_a_few_files_are_read_without_any_process_beside_this_one() -> None:
    assert many.processes_for(9) == 0


def test_where_no_process_can_be_begun_the_files_are_read_one_after_the_other(
    place: Locality, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = read_all(place.return_files(), place, None, 0)

    def cannot(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("icsassess.support.workers.pool.Worker", cannot)
    one_by_one = read_all(place.return_files(), place, None, 2)
    assert [(read.file, read.partner, len(read.entries)) for read in one_by_one] == [
        (read.file, read.partner, len(read.entries)) for read in alone
    ]


def test_packed_entries_are_the_same_when_they_are_asked_for(place: Locality) -> None:
    path = next(path for path in place.return_files() if path.name.startswith("Trafford - PC"))
    plain, packed = read_return(path, place), pack(read_return(path, place))
    rows = plain.rows_of
    assert isinstance(packed.entries, PackedEntries)
    assert [entry.row.values for entry in packed.entries] == [entry.row.values for entry in plain.entries]
    assert [entry.row.own for entry in packed.entries] == [entry.row.own for entry in plain.entries]
    assert [entry.row.labels for entry in packed.entries] == [entry.row.labels for entry in plain.entries]
    assert [entry.ref for entry in packed.entries] == [entry.ref for entry in plain.entries]
    assert packed.rows_of == dict(rows)
    assert packed.rows_of["Q1-PEX"] == rows["Q1-PEX"]


def test_a_merged_cell_keeps_its_own_address_beside_returns_of_the_same_layout(tmp_path: Path) -> None:
    path = next(iter(sorted((EXAMPLE / "returns").glob("*.xlsx"))))
    earlier = open_locality(Path(shutil.copytree(EXAMPLE, tmp_path / "merged")))
    returns = earlier.folder / "returns"
    shutil.rmtree(returns)
    returns.mkdir()
    for name in ("a", "b", "c"):
        shutil.copyfile(path, returns / f"{name}.xlsx")
    plain = read_return(returns / "a.xlsx", earlier)
    (sheet, upper), (_, lower) = [rows[0] for rows in list(plain.rows_of.values())[:2]]
    book = openpyxl.load_workbook(returns / "b.xlsx")
    book[sheet].merge_cells(f"{upper.cell('evidence')}:{lower.cell('evidence')}")
    book.save(returns / "b.xlsx")
    reads = read_all(earlier.return_files(), earlier, None, 1)
    cells = [[rows[0][1].cell("evidence") for rows in list(read.rows_of.values())[:2]] for read in reads]
    apart, together = [upper.cell("evidence"), lower.cell("evidence")], [upper.cell("evidence")] * 2
    assert cells == [apart, together, apart]


def test_the_processes_do_not_outlive_the_reading(place: Locality) -> None:
    import multiprocessing

    read_all(place.return_files(), place, None, 2)
    assert multiprocessing.active_children() == []


def test_forty_returns_and_more_are_read_side_by_side_and_give_what_each_gives_alone(tmp_path: Path) -> None:
    earlier = new_locality(tmp_path / "many", name="Many", deadline=datetime.date(2024, 1, 31))
    partner = earlier.partners[0]
    paths = issue(earlier, [partner], AS_AT)
    returns = earlier.folder / "returns"
    for number in range(42):
        shutil.copyfile(paths[0], returns / f"{number:02}.xlsx")
    checked = check_all(read_all(earlier.return_files(), earlier, None, 2), earlier)
    assert [Path(read.file).name for read in checked.returns] == [f"{number:02}.xlsx" for number in range(42)]
    assert len({tuple(problem.code for problem in read.problems) for read in checked.returns}) == 1
    assert checked.entries == []


def test_returns_read_ahead_are_the_same_as_those_read_when_asked_for(place: Locality) -> None:
    with Reading(place) as reading:
        ahead = reading.finish()
    alone = Reading(place).finish()
    assert [(read.file, read.partner, read.problems, len(read.entries)) for read in ahead] == [
        (read.file, read.partner, read.problems, len(read.entries)) for read in alone
    ]


@only_where_forked
def test_a_file_that_kills_its_process_while_others_are_read_ahead_is_refused(
    place: Locality, simulated: Simulate
) -> None:
    bad = refused_in_any_case(place)
    victim = next(path.name for path in place.return_files() if path.name not in bad)
    simulated({victim: lambda: os._exit(9)})
    with Reading(place) as reading:
        reads = reading.finish()
    assert {Path(read.file).name for read in reads if read.refused} == {*bad, victim}


def test_nothing_goes_on_once_nobody_waits_for_the_returns_any_more(place: Locality) -> None:
    import multiprocessing

    with pytest.raises(LookupError), Reading(place):
        raise LookupError
    assert multiprocessing.active_children() == []
    assert [thread.name for thread in threading.enumerate() if "ThreadPool" in thread.name] == []


def test_a_command_begins_to_read_before_pandas_is_loaded() -> None:
    """Whatever reading needs must not bring in what takes longest to load."""
    code = (
        "import icsassess.returns.reading.session, sys; "
        "print(sorted({'pandas', 'pandera', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@only_where_forked
def test_what_reading_needs_is_loaded_before_a_file_s_memory_is_bounded(place: Locality, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from icsassess.locality.locality import open_locality\n"
        "from icsassess.returns.reading import worker_pool as many\n"
        "answer = Path(sys.argv[2])\n"
        "from icsassess.support.workers import worker; from icsassess.support.workers.bounds import Baseline\n"
        "def limit(memory):\n"
        "    answer.write_text(str('icsassess.returns.reading.read_return' in sys.modules))\n"
        "    return Baseline(0, True)\n"
        "worker.limit_own_memory = limit\n"
        "place = open_locality(Path(sys.argv[1]))\n"
        "assert 'icsassess.returns.reading.read_return' not in sys.modules\n"
        "with many.reader_pool(place, 1) as pool: many.read_in_pool(pool, place.return_files()[:1], place)\n"
    )
    answer = tmp_path / "answer"
    subprocess.run([sys.executable, "-c", code, str(place.folder), str(answer)], check=True)
    assert answer.read_text() == "True"
