"""Agreed ratings to look at again: which partner got worse or better since, and who had not answered then."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.domain import rag
from icsassess.view.assessment_view import ShownLine, View


class Move(NamedTuple):
    """A partner that rates a line otherwise than before."""

    partner: str
    was: str
    current: str

    @property
    def is_worse(self) -> bool:
        """Whether it rates the line worse."""
        order = rag.vocabulary().ordered
        return order.index(self.current) < order.index(self.was)


class SecondLook(NamedTuple):
    """An agreed rating whose ground has moved: partners that rate it otherwise since, and those that answered since."""

    line: ShownLine
    moves: tuple[Move, ...]
    answered: tuple[str, ...]

    @property
    def worse(self) -> tuple[Move, ...]:
        """The moves to a worse rating."""
        return tuple(move for move in self.moves if move.is_worse)


def second_looks(view: View) -> list[SecondLook]:
    """Give the agreed ratings to look at again, those first under which a partner got worse."""
    looks = [_look(view, line) for line in view.lines if line.agreed and line.drift]
    return sorted(looks, key=lambda look: (not look.worse, not look.moves))


def _look(view: View, line: ShownLine) -> SecondLook:
    order, ref = rag.vocabulary().ordered, line.line.ref
    current, agreed = view.merged.states.get(ref, {}), view.merged.basis.get(ref) or {}
    moves, answered = [], []
    for code in view.codes:
        after = current[code].rating if code in current else ""
        before = agreed[code].rating if code in agreed else ""
        if before in order and after in order and before != after:
            moves.append(Move(code, before, after))
        elif after in order and before not in order:
            answered.append(code)
    return SecondLook(line, tuple(moves), tuple(answered))
