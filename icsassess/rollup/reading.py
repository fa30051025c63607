"""Reading many localities' workbooks side by side: verifying a signed one takes seconds, and they wait for nobody."""

from collections.abc import Sequence
from contextlib import suppress

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
    pays = len(workbooks) >= _WORTH_IT and processors() > 1
    size = (min(processors(), MOST_PROCESSES) if pays else 0) if processes is None else processes

    def show(number: int, done: int) -> None:
        if progress is not None:
            progress(done, len(workbooks), workbooks[number].file)

    results: dict[int, Result] = {}
    with suppress(NoWorkers):
        if size:
            with Pool(Task(read, BOUNDS), min(size, len(workbooks))) as pool:
                for number, result in pool.run(workbooks, show):
                    results[number] = _without(workbooks[number], result) if isinstance(result, Lost) else result
    for number in sorted(set(range(len(workbooks))) - results.keys()):
        show(number, number)
        results[number] = read(workbooks[number])
    in_order = iter([results[number] for number in range(len(workbooks))])
    return [next(in_order) if isinstance(source, WorkbookToRead) else source for source in sources]


def _without(workbook: WorkbookToRead, lost: Lost) -> Result:
    if lost.reason is Reason.RAISED:  # a mistake in the program, which is to come to light here
        return read(workbook)
    name = workbook.locality.name if workbook.locality is not None else workbook.path.stem
    detail = lost.reason.value
    problem = make_problem("rollup-unreadable", file=workbook.file, sheet=workbook.file, detail=detail)
    return SkippedWorkbook(name, workbook.file, problem)
