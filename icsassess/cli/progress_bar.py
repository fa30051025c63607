"""How far a long piece of work is, on standard error: only on a terminal, and only once it takes more than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as BarOfRich
    from rich.progress import TaskID

    from icsassess.round.progress import Progress, ShowProgress

_QUIET_SECONDS = 1.0
_DRAWN_AGAIN_SECONDS = 0.1


@contextmanager
def showing_progress() -> Iterator[ShowProgress]:
    """Give what shows how far a long piece of work is; without a terminal nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    bar = ProgressBar()
    try:
        yield bar.show
    finally:
        bar.clear()


class ProgressBar:
    """A bar on the terminal, taken away when the work is done. It keeps no thread of its own."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._drawn = 0.0
        self._bar: BarOfRich | None = None
        self._task: TaskID | None = None

    def show(self, progress: Progress) -> None:
        """Draw the bar, but neither in the first moment nor more often than an eye can follow."""
        instant = time.monotonic()
        if instant - self._started < _QUIET_SECONDS or instant - self._drawn < _DRAWN_AGAIN_SECONDS:
            return
        from icsassess.support.text import clean

        self._drawn = instant
        if self._bar is None or self._task is None:
            self._bar = _bar_of_rich()
            self._bar.start()
            self._task = self._bar.add_task(progress.stage, name="")
        self._bar.update(
            self._task,
            description=progress.stage,
            completed=progress.done,
            total=progress.total,
            name=clean(progress.name),
        )
        self._bar.refresh()

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _bar_of_rich() -> BarOfRich:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as BarOfRich

    return BarOfRich(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
