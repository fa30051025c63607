"""Rows of long tables put together in a process beside this one, half of them each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from icsassess.processes import METHOD, Beside, messages, processors

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from icsassess.excel.long_tables import Batch, LongRows

Make = Callable[["Batch"], bytes]


class RowsBeside:
    """A process that puts rows together, begun with it if it is ``wanted`` and can be had.

    It is best begun early, before this process has much in memory, and takes hardly any until it is asked.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._beside: Beside | None = None
        # One that has to be spawned would load the program anew; one processor has no time to spare.
        if wanted and METHOD == "fork" and processors() > 1:
            with contextlib.suppress(OSError):
                self._beside = Beside(_serve)

    def __enter__(self) -> Self:
        """Give it itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the process."""
        self._end()

    def made(self, table: LongRows, batches: Iterator[Batch], make: Make) -> Iterator[bytes]:
        """Give what ``make`` gives for each batch of the table's rows, in their order; every other one is made beside.

        What cannot be made there, whatever the reason, is made here.
        """
        self._send(table)
        for batch in batches:
            sent = self._send(batch)
            following = next(batches, None) if sent else None
            made_here = None if following is None else make(following)
            yield (self._received() if sent else None) or make(batch)
            if made_here is not None:
                yield made_here

    def _send(self, message: object) -> bool:
        try:
            if self._beside is not None:
                self._beside.pipe.send(message)
        except OSError:
            self._end()
        return self._beside is not None

    def _received(self) -> bytes | None:
        try:
            return self._beside.pipe.recv() if self._beside is not None else None
        except (EOFError, OSError):
            self._end()
            return None

    def _end(self) -> None:
        if self._beside is not None:
            self._beside.end()
            self._beside = None


def _serve(pipe: Connection[Any, Any]) -> None:
    """Make the batches that come through the pipe, each of the table that came last."""
    from icsassess.excel.long_tables import LongRows

    make: Make | None = None
    for message in messages(pipe):
        if isinstance(message, LongRows):
            make = message.maker()
        elif make is not None:
            pipe.send(_tried(make, message))


def _tried(make: Make, batch: Batch) -> bytes | None:
    """Give a batch made, None where that fails: it fails again where somebody hears of it."""
    try:
        return make(batch)
    except Exception:  # noqa: BLE001  # it is made once more by the process that asked, which says what is wrong
        return None
