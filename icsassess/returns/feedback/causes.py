"""The points of a return by their cause: one row for what is one thing to do, with the cells where it is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from icsassess.domain.problems import Problem, Severity, title
from icsassess.returns.marks.wording import to_do, where
from icsassess.support.text import listing

_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing to do: what it is, in how many places, and which; ``places`` is in words, by sheet."""

    severity: Severity
    title: str
    number: int
    places: str
    to_do: str


def causes_of(points: Sequence[Problem]) -> list[Cause]:
    """Give the points by cause, in their order; none where each point is a cause of its own."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for point in points:
        alike.setdefault((point.code, to_do(point)), []).append(point)
    if len(alike) == len(points):
        return []
    return [
        Cause(same[0].severity, title(code), len(same), places_in_words(same), do) for (code, do), same in alike.items()
    ]


def places_in_words(points: Iterable[Problem], most: int = _MOST_PLACES) -> str:
    """Give the cells of points by their sheets: ‘Integration: K5, K7 and K33; Leadership: K9’."""
    by_sheet: dict[str, list[str]] = {}
    for point in points:
        if point.sheet and point.cell:
            by_sheet.setdefault(point.sheet, []).append(point.cell)
        else:
            by_sheet.setdefault(where(point), [])
    return "; ".join(
        f"{sheet}: {listing(list(dict.fromkeys(cells)), most=most)}" if cells else sheet
        for sheet, cells in by_sheet.items()
    )
