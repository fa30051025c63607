"""The one view that a merge makes: everything the workbook, the JSON and the lists are written from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from icsassess.assessment.actions.register import ActionRegister
from icsassess.assessment.group_edits.outcome import CarryOverResult
from icsassess.domain.problems import PERSONAL_DATA
from icsassess.domain.states import SUPERSEDED

if TYPE_CHECKING:
    from icsassess.assessment.history.model import Changes, Week
    from icsassess.assessment.ratings.drift import StatesOfLine
    from icsassess.domain.problems import Problem
    from icsassess.locality.locality import Locality
    from icsassess.tables.records import Action, Entry, Gap, Line, PartnerLine, ReturnRow


@dataclass(frozen=True)
class Merged:
    """The merged view of a locality; the rows of its tables are described by the models in ``icsassess.tables.models``.

    Entries, lines, gaps and actions are in the framework's order, returns in that of the settings' partners. Of a
    line's actions those of partners come first, in the same order, then the group's; those without a line are last.
    """

    locality: Locality
    as_at: datetime.date
    entries: list[Entry]
    partner_lines: list[PartnerLine]
    lines: list[Line]
    gaps: list[Gap]
    actions: list[Action]
    returns: list[ReturnRow]
    problems: list[Problem] = field(default_factory=list)
    """All points, in order of weight."""
    answered: list[Problem] = field(default_factory=list)
    """The points that partners answered in the returns that count, each with its answer: shown, and counted nowhere."""
    register: ActionRegister = field(default_factory=ActionRegister)
    """What partners and group say of each action, and those that there were once."""
    states: Mapping[str, StatesOfLine] = field(default_factory=dict)
    """What each partner says of a line, by line."""
    basis: Mapping[str, StatesOfLine | None] = field(default_factory=dict)
    """What each partner said when the group agreed a line's rating, by line; None where that is not known."""
    drift: Mapping[str, str] = field(default_factory=dict)
    """What changed since the group agreed a line's rating, in words, by line."""
    carried: CarryOverResult = field(default_factory=CarryOverResult)
    """What else came through from the group's workbook."""
    changes: Changes | None = None
    """What changed since the merge before; None where it was not looked for."""
    weeks: tuple[Week, ...] = ()
    """Each merge of the round in figures, this one last."""
    points_of: Mapping[str, list[dict[str, str | None]]] = field(default_factory=dict)
    """The points of each return that counts, by file (:mod:`icsassess.assessment.history.point_progress`)."""
    points_since: Mapping[str, dict[str, int]] = field(default_factory=dict)
    """What became of the points of the return before, in figures, by file."""
    identity: str = ""
    """What tells this merge from every other: it stands in its record and in the workbook's properties."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """The organisation that each return is of, by file, where several answer for its partner."""
    counted_lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The lines for which a return counts, by file, where a newer one counts for the others."""
    answered_elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The lines that a return leaves blank and an earlier one answers, by the newer one's file."""
    asked_whose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The partners whose return it may be, by file, where its signs name several."""
    nothing_new: bool = False
    """Whether nothing changed since the last merge, so that nothing was written."""

    @property
    def counted_problems(self) -> list[Problem]:
        """The points that count, the weightiest first: all but those of superseded files.

        What looks like an NHS number counts as long as the file lies there.
        """
        return [problem for problem in self.problems if not self._is_superseded(problem)]

    @property
    def questions(self) -> list[Problem]:
        """The points that ask what has to be settled first: whose a return is, and which of two counts."""
        return [problem for problem in self.counted_problems if problem.question]

    @property
    def superseded_problems(self) -> list[Problem]:
        """The points of what another file counts in the place of: listed apart, and counted and mailed nowhere."""
        return [problem for problem in self.problems if self._is_superseded(problem)]

    def _is_superseded(self, problem: Problem) -> bool:
        if problem.code in PERSONAL_DATA:
            return False
        file, lines = problem.file or "", self.counted_lines.get(problem.file or "")
        if file in self._superseded_files or (lines is not None and problem.ref not in lines):
            return True
        return problem.ref in self.answered_elsewhere.get(file, ())

    @cached_property
    def _superseded_files(self) -> frozenset[str]:
        return frozenset(row.file for row in self.returns if row.state == SUPERSEDED)

    @property
    def days_to_deadline(self) -> int:
        """Days from the as-at date to the deadline; negative when it has passed."""
        return (self.locality.settings.deadline - self.as_at).days
