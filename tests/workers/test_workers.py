"""Workers: a job that crashes, hangs or takes too much costs only itself, on every system and in a frozen program."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import NoWorkers, Pool, bounded_call
from icsassess.support.workers.worker import Lost, Reason, Task

ROOT = Path(__file__).parents[2]
METHODS = ["spawn", pytest.param("fork", marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux only"))]
ROOMY = Bounds(seconds=60, memory=512 * MEBIBYTE)
TIGHT = Bounds(seconds=60, memory=64 * MEBIBYTE)
only_on_linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def do(job: str) -> str:
    """Do what the job says."""
    match job:
        case "crash":
            os._exit(9)
        case "hang":
            time.sleep(600)
        case "raise":
            raise ZeroDivisionError
        case "grow":
            blocks = []
            for _ in range(40):
                blocks.append(b"x" * (16 * MEBIBYTE))
                time.sleep(0.02)
        case "call":
            return f"{bounded_call(do, 'crash', ROOMY)} {bounded_call(do, 'me', ROOMY)}"
    return f"{job} done"


def hide_resource() -> None:
    """Be a system without ``resource``, such as Windows."""
    sys.modules["resource"] = None  # type: ignore[assignment]


def results(
    jobs: list[str], bounds: Bounds = ROOMY, method: str = "fork", size: int = 2, **task: object
) -> list[object]:
    with Pool(Task(do, bounds, **task), size, method) as pool:  # type: ignore[arg-type]
        by_number = dict(pool.run(jobs))
    return [by_number[number] for number in range(len(jobs))]


@pytest.mark.parametrize("method", METHODS)
def test_a_job_that_brings_its_process_down_costs_only_itself(method: str) -> None:
    assert results(["a", "crash", "b", "crash", "c"], method=method) == [
        "a done", Lost(Reason.CRASHED), "b done", Lost(Reason.CRASHED), "c done",
    ]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_a_job_that_hangs_is_ended_and_costs_only_itself(method: str) -> None:
    began = time.monotonic()
    assert results(["a", "hang", "b"], Bounds(2, 512 * MEBIBYTE), method) == ["a done", Lost(Reason.TOO_SLOW), "b done"]
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("method", METHODS)
def test_a_job_that_takes_too_much_memory_costs_only_itself(method: str) -> None:
    assert results(["a", "grow", "b"], TIGHT, method) == ["a done", Lost(Reason.TOO_LARGE), "b done"]


@pytest.mark.parametrize("method", METHODS)
def test_memory_is_bounded_from_outside_where_the_system_has_no_limits(method: str) -> None:
    assert results(["a", "grow", "b"], TIGHT, method, prepare=hide_resource) == [
        "a done", Lost(Reason.TOO_LARGE), "b done",
    ]  # fmt: skip


def test_what_fits_the_bound_is_done_where_the_system_has_no_limits() -> None:
    assert results(["grow"], Bounds(60, 1024 * MEBIBYTE), size=1, prepare=hide_resource) == ["grow done"]


def test_a_single_call_is_bounded_where_the_system_has_no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    assert bounded_call(do, "grow", TIGHT) == Lost(Reason.TOO_LARGE)
    assert bounded_call(do, "hang", Bounds(1, 512 * MEBIBYTE)) == Lost(Reason.TOO_SLOW)


def test_an_exception_is_named_and_its_process_goes_on() -> None:
    assert results(["raise", "a"], size=1) == [Lost(Reason.RAISED, "ZeroDivisionError"), "a done"]


def test_a_worker_can_make_a_bounded_call_of_its_own() -> None:
    assert results(["call"], size=1) == [f"{Lost(Reason.CRASHED)} me done"]


CHANGED: list[str] = []


def inherited(_: None) -> list[str]:
    return CHANGED


def test_a_call_beside_other_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "CHANGED", ["since it was imported"])
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert bounded_call(inherited, None, ROOMY) == []
    finally:
        ended.set()
        thread.join()


def test_workers_that_die_before_their_first_job_are_not_begun_again_and_again() -> None:
    with pytest.raises(NoWorkers):
        results(["a"], prepare=end_at_once)


def end_at_once() -> None:
    os._exit(3)


def test_no_process_is_left_behind() -> None:
    results(["a", "crash", "hang"], Bounds(1, 512 * MEBIBYTE))
    assert multiprocessing.active_children() == []


@only_on_linux
def test_an_idle_worker_ends_with_the_process_that_began_it_even_if_another_is_at_work() -> None:
    """A worker that is at work holds the idle one's pipe open, so that its end alone tells nothing."""
    code = (
        "import time; from icsassess.support.workers import worker; worker._ORPHAN_CHECK = 0.2\n"
        "from icsassess.support.workers.pool import Pool\n"
        "from tests.workers.test_workers import ROOMY, Task, do\n"
        "pool = Pool(Task(do, ROOMY), 2)\n"
        "print(*(worker.process.pid for worker in pool._workers), flush=True)\n"
        "list(pool.run(['a', 'hang']))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    time.sleep(1)  # by now one is idle
    parent.kill()
    parent.wait()
    try:
        ended, running = psutil.wait_procs(workers, timeout=5)
        assert (len(ended), len(running)) == (1, 1)
    finally:
        for worker in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.send_signal(signal.SIGKILL)
        parent.stdout.close()


def test_a_worker_does_not_import_what_lies_in_the_folder_people_work_in(tmp_path: Path) -> None:
    for name in ("pickle", "socket", "struct"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(7)")
    code = (
        f"import os, sys; sys.path[:] = [*filter(None, sys.path), {str(ROOT)!r}]; os.chdir({str(tmp_path)!r})\n"
        "from icsassess.support.workers.pool import Pool\n"
        "from icsassess.support.workers.bounds import Bounds\n"
        "from icsassess.support.workers.worker import Task\n"
        "with Pool(Task(abs, Bounds(60, 1 << 30)), 1, 'spawn') as pool: print(list(pool.run([-3])))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[(0, 3)]\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="begins a script by its first line")
def test_workers_begin_in_a_program_that_is_frozen_into_one_executable(tmp_path: Path) -> None:
    """The executable stands in for one of PyInstaller's: it is no Python, and knows only its own command line."""
    frozen = tmp_path / "icsassess"
    frozen.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        f"sys.frozen, sys.executable = True, {str(frozen)!r}\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "import multiprocessing, multiprocessing.spawn\n"
        "multiprocessing.spawn.set_executable(sys.executable)\n"
        "def freeze_support():  # as PyInstaller has it, on every system\n"
        "    if sys.argv[-2:-1] == ['-c'] and sys.argv[-1].startswith('from multiprocessing.resource_tracker'):\n"
        "        exec(sys.argv[-1])\n"
        "        sys.exit()\n"
        "    multiprocessing.spawn.freeze_support()\n"
        "multiprocessing.freeze_support = freeze_support\n"
        "if sys.argv[1:] == ['work']:\n"
        "    from icsassess.support.workers.pool import Pool\n"
        "    from icsassess.support.workers.bounds import Bounds\n"
        "    from icsassess.support.workers.worker import Task\n"
        "    with Pool(Task(abs, Bounds(60, 1 << 30)), 1, 'spawn') as pool: print(list(pool.run([-3])))\n"
        "else:\n"
        "    from icsassess.cli import main\n"
        "    main()\n"
    )
    frozen.chmod(0o755)
    done = subprocess.run([frozen, "work"], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[(0, 3)]\n", "")
