"""Measures the whole merge and its stages against what else could be done with the same files.

    python benchmarks/run.py --returns 8 40 400 2000 [--rounds 5] [--folder FOLDER] [--write docs/benchmarks.md]

For each number N of returns a locality folder is made from scratch (or found in FOLDER, where it was made before). Then
``icsassess merge`` and three references run in turn, A B C D A B C D, each as a process of its own on the same files:

(a) what an analyst would write: pandas on openpyxl (reference_pandas.py)
(b) the same on calamine
(c) the floor: a bare calamine read of all cells and a bare xlsxwriter write of the same register (reference_floor.py)

A ratio is the median of the ratios within the rounds. Peak memory is that of all processes together, what they share
counted once, from a run of its own. Measure what is installed (``pip install .``), not a checkout: that is what people
run.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from memory import peak_mebibytes
from realistic_returns import make_locality

_ABOUT = """`python benchmarks/run.py --returns 8 40 400 2000` makes N realistic returns from scratch (102 lines each on
three theme sheets; borders, merged cells, colours and notes; text of 50 to 400 characters in three columns; one of ten
saved by LibreOffice) and runs `icsassess merge` and three references in turn, each a process of its own on the same
files: (a) what an analyst would write with pandas on openpyxl, (b) the same on calamine, (c) the floor: a bare calamine
read of all cells and a bare xlsxwriter write of the same register. A ratio is the median of the ratios within the
rounds. Peak memory is that of all processes together, what they share counted once, from a run of its own."""
_REMARKS = "## What the time goes into"
HERE = Path(__file__).parent
PROGRAM = "merge"
NAMES = {PROGRAM: "icsassess merge", "a": "(a) pandas, openpyxl", "b": "(b) pandas, calamine", "c": "(c) the floor"}
STAGES = ("import", "read", "check", "merge", "write")
# What was asked for: the most that the whole merge may take, as a multiple of a reference, and of memory in MiB.
BARS = {
    8: {"a": 0.9, "memory": 200},
    40: {"a": 0.5, "b": 0.8, "memory": 250},
    400: {"a": 0.35, "b": 0.6, "c": 1.8, "memory": 300},
    2000: {"a": 0.35, "b": 0.6, "c": 1.8, "memory": 600},
}
MOST_MEASURED = 400
"""Returns up to which the references' memory is measured too: it takes a run of its own."""
PACKAGES = ("pandas", "pandera", "openpyxl", "python-calamine", "xlsxwriter", "rapidfuzz", "pydantic")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--returns", type=int, nargs="+", default=[8, 40])
    parser.add_argument("--rounds", type=int, help="rounds for each number; fewer for the larger ones when left out")
    parser.add_argument("--folder", type=Path, help="where the returns are made and kept")
    parser.add_argument("--write", type=Path, help="a Markdown file for the results")
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="icsassess-benchmark-"))
    measured = {}
    for number in asked.returns:
        place = folder / f"{number}-returns"
        if not place.exists():
            print(f"Making {number} returns ...", file=sys.stderr, flush=True)
            make_locality(place, number, os.cpu_count() or 1)
        measured[number] = measure(place, asked.rounds or max(1, min(7, 800 // number)))
        print(as_markdown(measured), flush=True)
        if asked.write:
            asked.write.write_text(page(measured, remarks_in(asked.write)), encoding="utf-8", newline="\n")
    if asked.folder is None:
        shutil.rmtree(folder)


def measure(place: Path, rounds: int) -> dict[str, object]:
    """Run everything in turn on the returns of one locality."""
    out = place.with_suffix(".xlsx")
    returns = str(place / "returns")
    commands = {
        PROGRAM: ["-m", "icsassess", "merge", str(place), "--as-at", "2024-01-10"],
        "a": [str(HERE / "reference_pandas.py"), returns, str(out), "openpyxl"],
        "b": [str(HERE / "reference_pandas.py"), returns, str(out), "calamine"],
        "c": [str(HERE / "reference_floor.py"), returns, str(out)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    computed: dict[str, list[float]] = {name: [] for name in commands}
    stages: list[dict[str, float]] = []
    for number in range(rounds):
        for name, command in commands.items():
            wall, processor = timed(command, place)
            seconds[name].append(wall)
            computed[name].append(processor)
        stages.append(json.loads(run([str(HERE / "stages.py"), str(place)])))
        print(f"  round {number + 1} of {rounds} done", file=sys.stderr, flush=True)
    memory: dict[str, float | None] = dict.fromkeys(commands)
    for name, command in commands.items():
        if name == PROGRAM or len(list((place / "returns").iterdir())) <= MOST_MEASURED:
            forget_merges(place)
            memory[name] = peak_mebibytes([sys.executable, *command])
    out.unlink(missing_ok=True)
    return {"seconds": seconds, "computed": computed, "stages": stages, "memory": memory}


def timed(command: list[str], place: Path) -> tuple[float, float]:
    """Give how long a command took, by the clock and in processors' time."""
    forget_merges(place)
    began, before = time.perf_counter(), os.times()
    run(command)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, processor


def run(command: list[str]) -> str:
    """Run a script with this Python; exit status 1 says that returns need attention, and that is what they are for."""
    # As for anybody who installed it: what was compiled once is not compiled again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    return done.stdout


def forget_merges(place: Path) -> None:
    """Take away what earlier merges wrote: each is to be the first."""
    for name in ("merged", "history"):
        for path in (place / name).glob("*"):
            path.unlink()


def as_markdown(measured: dict[int, dict]) -> str:
    """Give the results as Markdown tables."""
    help_time = f'`icsassess --help` takes {help_ratio():.2f} of the time of `python -c "import openpyxl"` (bar: 0.5).'
    tables = (time_table(measured), stage_table(measured), memory_table(measured))
    check_time = (
        f"`icsassess check` of one return takes {check_ratio():.2f} of the time of "
        '`python -c "import pandera.pandas"` (bar: 0.6).'
    )
    return "\n\n".join((*tables, growth(measured), help_time, check_time))


def ratio(results: dict, name: str, what: str = "seconds") -> float:
    """Give the median of our time as a multiple of a reference's in the same round."""
    return statistics.median(
        seconds / other for seconds, other in zip(results[what][PROGRAM], results[what][name], strict=True)
    )


def help_ratio() -> float:
    """Give how long ``icsassess --help`` takes, as a multiple of importing openpyxl; the median of nine in turn."""
    return _ratio(["-m", "icsassess", "--help"], ["-c", "import openpyxl"])


def check_ratio() -> float:
    """Give how long checking one return takes, as a multiple of importing pandera; the median of nine in turn."""
    with tempfile.TemporaryDirectory() as folder:
        (path, *_) = make_locality(Path(folder), 1).return_files()
        return _ratio(["-m", "icsassess", "check", str(path)], ["-c", "import pandera.pandas"])


def _ratio(command: list[str], reference: list[str]) -> float:
    return statistics.median(timed_once(command) / timed_once(reference) for _ in range(9))


def timed_once(command: list[str]) -> float:
    """Give how long a command takes by the clock."""
    began = time.perf_counter()
    run(command)
    return time.perf_counter() - began


def time_table(measured: dict[int, dict]) -> str:
    """Give the times of the whole job and the ratios."""
    lines = [
        "| N | | seconds: median (least to most) | processor seconds | ours is so many times that | bar | met |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for number, results in measured.items():
        for name, title in NAMES.items():
            times = results["seconds"][name]
            spread = f"{statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f})"
            row = [str(number), title, spread, f"{statistics.median(results['computed'][name]):.2f}"]
            bar = BARS.get(number, {}).get(name)
            if name == PROGRAM:
                row += ["", "", ""]
            else:
                times_that = ratio(results, name)
                met = "" if bar is None else "yes" if times_that <= bar else "no"
                row += [
                    f"{times_that:.2f} (processor time {ratio(results, name, 'computed'):.2f})",
                    str(bar or ""),
                    met,
                ]
            lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def stage_table(measured: dict[int, dict]) -> str:
    """Give the seconds of each stage."""
    lines = ["| N | " + " | ".join(STAGES) + " | entries | points | workbook, MB |", "| --- " * (len(STAGES) + 4) + "|"]
    for number, results in measured.items():
        medians = [f"{statistics.median(one[stage] for one in results['stages']):.2f}" for stage in STAGES]
        last = results["stages"][-1]
        counts = [f"{last['entries']:,}", f"{last['points']:,}", f"{last['bytes'] / 1e6:.1f}"]
        lines.append("| " + " | ".join([str(number), *medians, *counts]) + " |")
    return "\n".join(lines)


def memory_table(measured: dict[int, dict]) -> str:
    """Give the peak memory of all processes together."""
    lines = ["| N | " + " | ".join(f"{name}, MiB" for name in NAMES.values()) + " | bar | met |"]
    lines.append("| --- " * (len(NAMES) + 3) + "|")
    for number, results in measured.items():
        shown = ["" if results["memory"][name] is None else f"{results['memory'][name]:.0f}" for name in NAMES]
        bar, used = BARS.get(number, {}).get("memory"), results["memory"][PROGRAM]
        met = "" if bar is None or used is None else "yes" if used <= bar else "no"
        lines.append("| " + " | ".join([str(number), *shown, str(bar or ""), met]) + " |")
    return "\n".join(lines)


def growth(measured: dict[int, dict]) -> str:
    """Tell how the cost of one return grows with their number."""
    each = {number: statistics.median(results["seconds"][PROGRAM]) / number for number, results in measured.items()}
    costs = [f"{seconds * 1000:.0f} ms at N = {number}" for number, seconds in each.items()]
    words = f"Time for each return: {', '.join(costs)}."
    if {400, 2000} <= set(each):
        words += f" From 400 to 2,000 it grows {each[2000] / each[400]:.2f} times (bar: 1.15)."
    return words


def machine() -> str:
    """Say what it ran on: cores, memory and versions."""
    memory = ""
    if hasattr(os, "sysconf"):
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores{memory}, {platform.system()}, Python {platform.python_version()}, {versions}."


def page(measured: dict[int, dict], remarks: str) -> str:
    """Give the results as a page."""
    return f"# Benchmarks\n\n{_ABOUT}\n\n{machine()}\n\n{as_markdown(measured)}\n\n{remarks}"


def remarks_in(path: Path) -> str:
    """Give what people wrote below the results: it is kept when the page is written again."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[text.index(_REMARKS) :] if _REMARKS in text else ""


if __name__ == "__main__":
    main()
