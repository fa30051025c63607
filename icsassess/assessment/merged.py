"""The one view that a merge makes: everything the workbook, the JSON and the lists are written from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from icsassess.locality import Locality
    from icsassess.problems import Problem


@dataclass(frozen=True)
class Merged:
    """The merged view of a locality; each table is described by its model in :mod:`icsassess.tables`.

    ``entries`` Entries · ``partner_lines`` PartnerLines · ``lines`` Lines (in the framework's order) ·
    ``gaps`` Gaps (in the framework's order) · ``returns`` Returns (partners in the settings' order) ·
    ``problems`` in order of weight.
    """

    locality: Locality
    as_at: datetime.date
    entries: pd.DataFrame
    partner_lines: pd.DataFrame
    lines: pd.DataFrame
    gaps: pd.DataFrame
    returns: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)

    @property
    def days_left(self) -> int:
        """Days from the as-at date to the deadline; negative when it has passed."""
        return (self.locality.settings.deadline - self.as_at).days
