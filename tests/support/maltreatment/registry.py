"""What partners do to a return. A maltreatment changes a draft, and with it what is expected of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.support.maltreatment.draft import Draft, Item

Change = Callable[[Draft, Random], None]


@dataclass(frozen=True)
class Maltreatment:
    name: str
    phase: int
    change: Change


MALTREATMENTS: dict[str, Maltreatment] = {}
# The order in which maltreatments are applied, whatever order they are drawn in.
CELLS, ROWS, LABEL_CELLS, HEADINGS, COLUMNS, SHEETS, MERGES, HIDING = range(8)


def maltreatment(phase: int) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        name = change.__name__
        MALTREATMENTS[name] = Maltreatment(name, phase, change)
        return change

    return register


def maltreat(draft: Draft, rng: Random, names: list[str]) -> Draft:
    for one in sorted((MALTREATMENTS[name] for name in names), key=lambda m: (m.phase, m.name)):
        one.change(draft, rng)
        draft.done.append(one.name)
    return draft


def typed_items(draft: Draft, name: str) -> list[Item]:
    return [
        item
        for _, row in draft.rows("line", "added")
        for item in row.items
        if item.field == name and item.entry is not None and item.value is not None
    ]


def sample(rng: Random, items: list[Item], share: float = 0.4) -> list[Item]:
    return [item for item in items if rng.random() < share]


def expect(item: Item, value: object) -> None:
    assert item.entry is not None
    item.entry.values[item.field] = value


_number = iter(range(1, 10_000_000))


def new_token(what: str) -> str:
    return f"{what} t{next(_number)}t"
