"""The ways of producing a return, by name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.support.wild.case import Case

Produce = Callable[[Case], None]
WILD: dict[str, Produce] = {}


def wild_return(produce: Produce) -> Produce:
    WILD[produce.__name__] = produce
    return produce


def produced(name: str, seed: int) -> Case:
    case = Case(Random(f"{name} {seed}"))
    WILD[name](case)
    return case
