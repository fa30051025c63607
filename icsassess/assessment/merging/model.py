"""The one view that a merge makes: everything the workbook, the JSON and the lists are written from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from icsassess.assessment.group_edits.outcome import Carried, Conflict

if TYPE_CHECKING:
    import pandas as pd

    from icsassess.assessment.history.model import Changes, Week
    from icsassess.domain.problems import Problem
    from icsassess.locality.locality import Locality


@dataclass(frozen=True)
class Merged:
    """The merged view of a locality; each table is described by its model in :mod:`icsassess.tables.models`.

    ``entries`` Entries · ``partner_lines`` PartnerLines · ``lines`` Lines (in the framework's order) ·
    ``gaps`` Gaps (in the framework's order) · ``returns`` Returns (partners in the settings' order) ·
    ``problems`` in order of weight. By line: ``states`` what each partner says
    (:mod:`icsassess.assessment.ratings.drift`), ``basis`` what it said when the group agreed a rating, ``moved`` what
    changed since in words. ``filled_in`` by gap what the program itself fills in, ``typed`` which fields the group
    typed in; ``conflicts`` where group and partner changed the same; ``carried`` what else came through from the
    group's workbook; ``changes`` since the merge before; ``weeks`` each merge of the round in figures, this one last.
    By file: ``points_of`` the points of a return that counts, ``points_since`` what became of those of the one before
    (:mod:`icsassess.assessment.history.point_progress`). ``nothing_new``: nothing changed since the last merge, nothing
    was written.
    """

    locality: Locality
    as_at: datetime.date
    entries: pd.DataFrame
    partner_lines: pd.DataFrame
    lines: pd.DataFrame
    gaps: pd.DataFrame
    returns: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    basis: dict[str, Mapping[str, str] | None] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    filled_in: dict[str, dict[str, str]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    carried: Carried = field(default_factory=Carried)
    changes: Changes | None = None
    weeks: tuple[Week, ...] = ()
    points_of: dict[str, list[dict[str, str | None]]] = field(default_factory=dict)
    points_since: dict[str, dict[str, int]] = field(default_factory=dict)
    nothing_new: bool = False

    @property
    def days_left(self) -> int:
        """Days from the as-at date to the deadline; negative when it has passed."""
        return (self.locality.settings.deadline - self.as_at).days
