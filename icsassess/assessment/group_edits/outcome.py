"""What came through a merge beside agreed ratings and actions, and what has lost its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.assessment.group_edits.edits import CellValue, OwnSheet


class Displaced(NamedTuple):
    """Something the group typed that no longer has a place, kept where it can be seen.

    ``why`` says what became of its place; ``sheet``, ``key`` and ``title`` say where it stood.
    """

    why: str
    sheet: str
    key: str
    title: str
    text: str
    since: str


class Conflict(NamedTuple):
    """A cell that both the group and a partner changed: the group's is kept, both are shown."""

    key: str
    title: str
    group: str
    partner: str


@dataclass(frozen=True)
class CarryOverResult:
    """What came through: own columns, sheets and notes, what lost its place, and where both sides changed.

    ``own_columns`` are by table, title and key, ``notes`` by table, key and title: keys are lines, gaps and actions.
    ``agreed`` lines, ``actions`` that the group typed into, and among these its ``own_actions`` are counted.
    """

    agreed: int = 0
    actions: int = 0
    own_actions: int = 0
    own_columns: Mapping[str, Mapping[str, Mapping[str, CellValue]]] = field(default_factory=dict)
    own_sheets: list[OwnSheet] = field(default_factory=list)
    notes: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    kept: list[Displaced] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def as_json(self) -> dict[str, int]:
        """Count what came through, by kind."""
        return {
            "agreed": self.agreed,
            "actions": self.actions,
            "own_rows": self.own_actions,
            "own_columns": sum(len(titles) for titles in self.own_columns.values()),
            "own_sheets": len(self.own_sheets),
            "notes": len(self.notes),
            "kept": len(self.kept),
            "conflicts": len(self.conflicts),
        }
