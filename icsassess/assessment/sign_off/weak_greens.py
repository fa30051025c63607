"""Green ratings of single partners that rest on evidence which is old, undated or kept nowhere: for the signatory."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.assessment.merging.model import Merged

_WHY = {
    "green-on-old-evidence": "too old",
    "green-on-undated-evidence": "without a date",
    "green-on-unplaced-evidence": "without a place",
}
"""What is wrong with the evidence, by the code of the point."""


class WeakGreen(NamedTuple):
    """A partner's Green rating of a line, and what is wrong with its evidence: ‘I3-OBS (NAME: too old)’ as a text."""

    ref: str
    partner: str
    why: tuple[str, ...]

    def __str__(self) -> str:
        """Give it as the places of a condition are written."""
        return f"{self.ref} ({self.partner}: {', '.join(self.why)})"


def weak_greens(merged: Merged) -> list[WeakGreen]:
    """Give each such rating once, in the framework's order and then the partners'; superseded returns left out."""
    why: dict[tuple[str, str], list[str]] = {}
    for problem in merged.counted_problems:
        if problem.code in _WHY:
            why.setdefault((problem.ref or "", problem.partner or ""), []).append(_WHY[problem.code])
    order = {(row.ref, row.partner): number for number, row in enumerate(merged.partner_lines)}
    refs = {line.ref: number for number, line in enumerate(merged.lines)}
    pairs = sorted(why, key=lambda pair: (refs.get(pair[0], len(refs)), order.get(pair, len(order))))
    return [WeakGreen(*pair, tuple(dict.fromkeys(why[pair]))) for pair in pairs]
