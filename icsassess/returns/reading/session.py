"""Reading the returns of a locality, side by side where that pays, and ahead of the rest of the program."""

import contextlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from icsassess.locality.locality import Locality
from icsassess.returns.reading.file.enclosed_returns import settle_enclosed
from icsassess.returns.reading.file.lists_together import combine_lists
from icsassess.returns.reading.file.places import return_places
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.returns.reading.worker_pool import (
    Progress,
    processes_ahead,
    processes_for,
    read_in_pool,
    read_one,
    reader_pool,
)
from icsassess.support.workers.pool import NoWorkers, Pool

__all__ = ["Progress", "Reading", "read_all"]


class Reading:
    """The returns of a locality, being read.

    Within ``with``, processes beside this one read them at once, while this one loads what the rest of its work takes
    (pandas and pandera take longer to load than eight returns to read). Without, they are read when they are asked for.
    ``progress`` hears (done, of, name) before each file. With ``remember`` they stay in ``returns`` once they are read.
    """

    def __init__(self, locality: Locality, progress: Progress | None = None, *, remember: bool = False) -> None:
        self.returns: list[ReadReturn] = []
        self._remember = remember
        self._locality = locality
        self._files = return_places(locality.return_files())
        self._progress = progress
        self._pool: Pool[Path, ReadReturn] | None = None
        self._thread = ThreadPoolExecutor(1)
        self._future: Future[list[ReadReturn]] | None = None

    def __enter__(self) -> Self:
        """Begin to read."""
        if size := processes_ahead(len(self._files)):
            with contextlib.suppress(NoWorkers):
                self._pool = reader_pool(self._locality, size, alone=False)
                self._future = self._thread.submit(
                    read_in_pool, self._pool, self._files, self._locality, self._progress
                )
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, finished or not."""
        if self._pool is not None:
            self._pool.stop()
            self._thread.shutdown()
            self._pool.end()

    def finish(self) -> list[ReadReturn]:
        """Give the returns in the order of their files, once all are read."""
        reads = self._finish()
        if self._remember:
            self.returns = reads
        return reads

    def _finish(self) -> list[ReadReturn]:
        if self._pool is not None and self._future is not None:
            self._pool.alone = True
            with contextlib.suppress(NoWorkers):
                reads = self._future.result()
                self._pool.stop()  # they need not wait in memory for the end
                return combine_lists(settle_enclosed(self._files, reads), self._locality.folder)
        return read_all(self._files, self._locality, self._progress)


def read_all(
    paths: Sequence[Path], locality: Locality, progress: Progress | None = None, processes: int | None = None
) -> list[ReadReturn]:
    """Read files, each on its own, and give the returns in order; ``progress`` hears (done, of, name) before each.

    A mail or an archive gives the returns in it. What lies beside them and is none is named in a point, and lists that
    are one return are read as one: so there may be more returns than files, or fewer; each says its ``file``.
    Many files are read side by side, in so many ``processes`` (0 for none; as many as pay when left out). What comes
    out is the same.
    """
    places = return_places(paths)
    reads = _read_each(places, locality, progress, processes)
    return combine_lists(settle_enclosed(places, reads), locality.folder)


def _read_each(
    paths: Sequence[Path], locality: Locality, progress: Progress | None, processes: int | None
) -> list[ReadReturn]:
    size = min(processes_for(len(paths)) if processes is None else processes, len(paths))
    if size:
        with contextlib.suppress(NoWorkers), reader_pool(locality, size) as pool:
            return read_in_pool(pool, paths, locality, progress)
    reads = []
    for done, path in enumerate(paths):
        if progress is not None:
            progress(done, len(paths), path.name)
        reads.append(read_one(path, locality))
    return reads
