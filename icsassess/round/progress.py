"""How far a long piece of work is, as whoever asked for it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` pieces of a stage are done, and the one called ``name`` is being worked on."""

    stage: str
    done: int
    total: int
    name: str


ShowProgress = Callable[[Progress], None]
"""Hears :class:`Progress` before each piece; it may be called from another thread."""


def stage(name: str, show: ShowProgress | None) -> Callable[[int, int, str], None] | None:
    """Give what the floors below call with (done, total, name) while they are at the stage of this name."""
    if show is None:
        return None
    return lambda done, total, piece: show(Progress(name, done, total, piece))


def begin(name: str, show: ShowProgress | None) -> None:
    """Say that a stage begins whose length nobody knows: until the next one it is what is shown."""
    if show is not None:
        show(Progress(name, 0, 1, ""))
