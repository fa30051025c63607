"""Considerations by weight: statements with Red lines, those first that the largest share of partners call Red."""

from __future__ import annotations

from dataclasses import dataclass

from icsassess.assessment.actions.states import OVERDUE
from icsassess.domain import rag
from icsassess.domain.framework import Statement
from icsassess.view.assessment_view import ShownAction, ShownLine, View
from icsassess.view.priorities.red_lines import RedLine, red_by_share


@dataclass(frozen=True, slots=True)
class Concern:
    """A quality statement with Red lines, the weightiest first, and its late actions on any of them."""

    statement: Statement
    reds: tuple[RedLine, ...]
    late: tuple[ShownAction, ...]

    @property
    def critical(self) -> tuple[str, ...]:
        """The codes of the partners that rate any of its Red lines Red."""
        codes = [code for red in self.reds for code, word in red.line.partners.items() if word == rag.RED]
        return tuple(dict.fromkeys(codes))

    @property
    def is_wide(self) -> bool:
        """Whether most partners that rate one of its lines say Red, or the group agreed it."""
        return any(red.line.agreed == rag.RED or red.red * 2 > red.rated > 1 for red in self.reds)


def concerns(view: View) -> list[Concern]:
    """Give the statements with Red lines, the weightiest first; a line of theirs that is Red to more comes first."""
    by_statement: dict[str, list[RedLine]] = {}
    for red in red_by_share(view):
        by_statement.setdefault(red.line.line.statement.code, []).append(red)
    return [
        Concern(reds[0].line.line.statement, tuple(reds), tuple(_late(view, [red.line for red in reds])))
        for reds in by_statement.values()
    ]


def _late(view: View, lines: list[ShownLine]) -> list[ShownAction]:
    refs = {line.line.ref for line in lines}
    late = [action for action in view.actions if action.state == OVERDUE and action.ref in refs]
    return sorted(late, key=lambda action: (str(action.due), action.id))


def late_elsewhere(view: View, shown: list[Concern]) -> list[ShownAction]:
    """Give the late actions that stand in none of these concerns, the longest late first."""
    named = {action.id for concern in shown for action in concern.late}
    late = [action for action in view.actions if action.state == OVERDUE and action.id not in named]
    return sorted(late, key=lambda action: (str(action.due), action.id))
