"""Reading many localities' workbooks side by side: verifying a signed one takes seconds, and they wait for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from icsassess.returns.reading.session import Progress
from icsassess.rollup.find_workbooks import Found
from icsassess.rollup.locality_summary import NotRolled, Rolled
from icsassess.rollup.read_locality import read
from icsassess.support.processes import processors

_WORTH_IT = 6
"""So many workbooks make up for beginning further processes."""
_MOST_PROCESSES = 8
Result = Rolled | NotRolled | None


def read_all(
    found: Sequence[Found | NotRolled], progress: Progress | None = None, processes: int | None = None
) -> list[Result]:
    """Read workbooks and give what each says, in their order; what could not be found stays as it is.

    Many are read in so many ``processes`` (0 for none; as many as pay when left out): what comes out is the same. Where
    a workbook brings a process down, all are read here.
    """
    there = [one for one in found if isinstance(one, Found)]
    number = _processes_for(len(there)) if processes is None else processes
    results = _side_by_side(there, progress, number) if number else None
    if results is None:
        results = list(_one_by_one(there, progress))
    given = iter(results)
    return [next(given) if isinstance(one, Found) else one for one in found]


def _processes_for(workbooks: int) -> int:
    return min(processors(), _MOST_PROCESSES) if workbooks >= _WORTH_IT and processors() > 1 else 0


def _one_by_one(there: Sequence[Found], progress: Progress | None) -> Iterator[Result]:
    for done, one in enumerate(there):
        if progress is not None:
            progress(done, len(there), one.file)
        yield read(one)


def _side_by_side(there: Sequence[Found], progress: Progress | None, processes: int) -> list[Result] | None:
    """Give the results, None where processes cannot be begun or one came down."""
    results: list[Result] = []
    try:
        with ProcessPoolExecutor(processes) as pool:
            for done, (one, result) in enumerate(zip(there, pool.map(read, there), strict=True)):
                if progress is not None:
                    progress(done, len(there), one.file)
                results.append(result)
    except (BrokenProcessPool, OSError, NotImplementedError):
        return None
    return results
