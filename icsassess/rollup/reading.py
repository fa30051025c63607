"""Reading many localities' workbooks side by side: verifying a signed one takes seconds, and they wait for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icsassess.domain.problems import make_problem
from icsassess.returns.reading.worker_pool import MOST_PROCESSES, Progress
from icsassess.rollup.find_workbooks import WorkbookToRead
from icsassess.rollup.locality_summary import LocalitySummary, SkippedWorkbook
from icsassess.rollup.read_locality import read
from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import NoWorkers, Pool
from icsassess.support.workers.worker import Lost, Reason, Task, processors

BOUNDS = Bounds(seconds=600, memory=4096 * MEBIBYTE)
"""What one workbook may take in a process of its own; those that the program wrote itself may be large."""
_WORTH_IT = 6
"""So many workbooks make up for beginning further processes."""
Result = LocalitySummary | SkippedWorkbook | None


def read_all(
    sources: Sequence[WorkbookToRead | SkippedWorkbook], progress: Progress | None = None, processes: int | None = None
) -> list[Result]:
    """Read workbooks and give what each says, in their order; what could not be found stays as it is.

    Many are read in so many ``processes`` (0 for none; as many as pay when left out): what comes out is the same. A
    workbook that brings a process down costs only itself.
    """
    workbooks = [source for source in sources if isinstance(source, WorkbookToRead)]
    size = _processes_for(len(workbooks)) if processes is None else processes
    results = iter(_side_by_side(workbooks, progress, size) or _one_by_one(workbooks, progress))
    return [next(results) if isinstance(source, WorkbookToRead) else source for source in sources]


def _processes_for(workbooks: int) -> int:
    return min(processors(), MOST_PROCESSES) if workbooks >= _WORTH_IT and processors() > 1 else 0


def _one_by_one(workbooks: Sequence[WorkbookToRead], progress: Progress | None) -> Iterator[Result]:
    for done, workbook in enumerate(workbooks):
        if progress is not None:
            progress(done, len(workbooks), workbook.file)
        yield read(workbook)


def _side_by_side(workbooks: Sequence[WorkbookToRead], progress: Progress | None, size: int) -> list[Result]:
    """Give the results; none where there are no processes."""
    if not size:
        return []

    def on_start(number: int, done: int) -> None:
        if progress is not None:
            progress(done, len(workbooks), workbooks[number].file)

    results: dict[int, Result] = {}
    try:
        with Pool(Task(read, BOUNDS), min(size, len(workbooks))) as pool:
            for number, result in pool.run(workbooks, on_start):
                results[number] = _without(workbooks[number], result) if isinstance(result, Lost) else result
    except NoWorkers:
        return []
    return [results[number] for number in sorted(results)]


def _without(workbook: WorkbookToRead, lost: Lost) -> Result:
    if lost.reason is Reason.RAISED:  # a mistake in the program, which is to come to light here
        return read(workbook)
    name = workbook.locality.name if workbook.locality is not None else workbook.path.stem
    detail = lost.reason.value
    problem = make_problem("rollup-unreadable", file=workbook.file, sheet=workbook.file, detail=detail)
    return SkippedWorkbook(name, workbook.file, problem)
