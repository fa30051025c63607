"""The gaps and what each still needs."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.locality.locality import SETTINGS, open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage

if TYPE_CHECKING:
    from icsassess.tables.records import Action, Gap


class GapRow(NamedTuple):
    """A gap in words."""

    line: str
    rating: str
    reasons: str
    partners: str
    actions: str
    plan: str
    missing: str


@dataclass(frozen=True)
class GapsResult:
    """The gaps and actions, in the framework's order."""

    gaps: list[Gap]
    actions: list[Action]

    @property
    def plans(self) -> Sequence[tuple[str, int]]:
        """How many gaps are in each state of their plan, the most urgent state first; ``""`` is no plan required."""
        order = _order()
        counts = Counter(gap.plan for gap in self.gaps)
        return sorted(counts.items(), key=lambda state: order[state[0]])

    @property
    def rows(self) -> list[GapRow]:
        """The gaps in words, the most urgent plan first."""
        order = _order()
        return [
            GapRow(
                gap.ref,
                gap.rating or "not rated",
                ", ".join(gap.reasons),
                ", ".join(gap.partners),
                f"{len(gap.actions)}, {gap.late} late" if gap.late else str(len(gap.actions)),
                gap.plan or "-",
                ", ".join(gap.missing),
            )
            for gap in sorted(self.gaps, key=lambda gap: order[gap.plan])
        ]

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``gaps``."""
        from icsassess.assessment.output.as_json import actions_as_json, gaps_as_json

        return {"gaps": gaps_as_json(self.gaps), "actions": actions_as_json(self.actions)}

    def as_csv(self) -> str:
        """Give the gaps and actions as CSV in which nothing is taken for a formula."""
        from icsassess.assessment.output.gaps_csv import actions_as_csv

        return actions_as_csv(self.gaps, self.actions)


def _order() -> dict[str, int]:
    from icsassess.assessment.gaps.plans import PLAN_STATES

    return {state: number for number, state in enumerate((*PLAN_STATES, ""))}


def gaps(path: Path, as_at: datetime.date | None = None, progress: ShowProgress | None = None) -> GapsResult:
    """Give the gaps and actions of a locality folder, or of one of its merged workbooks as the group left it.

    Nothing is written. A workbook that is not in its locality's folder any more is read from its own sheets alone.
    ``as_at`` is the workbook's own date, the settings' or today when left out.
    Raises ``Refusal`` where the path is neither.

    ``gaps(Path("trafford")).as_csv()``
    """
    show = stage("Reading returns", progress)
    if path.is_dir() or not path.exists():
        locality = open_locality(path)
        from icsassess.workbook.merging.in_memory import merge_in_memory

        merged = merge_in_memory(locality, locality.as_at(as_at), Reading(locality, show))
        return GapsResult(merged.gaps, merged.actions)
    from icsassess.workbook.merging.folder_state import read_folder_state
    from icsassess.workbook.merging.in_memory import merge_in_memory
    from icsassess.workbook.read_back.reader import open_locality_workbook
    from icsassess.workbook.read_back.standalone_gaps import read_standalone_gaps

    workbook = open_locality_workbook(path)
    folder = path.resolve().parent.parent
    if not (folder / SETTINGS).is_file():
        return GapsResult(*read_standalone_gaps(workbook, path.name, as_at))
    locality = open_locality(folder)
    recorded = workbook.custom_properties.get("icsassess.as_at")
    day = as_at or (datetime.date.fromisoformat(recorded) if recorded else locality.as_at(None))
    state = read_folder_state(locality, path)
    merged = merge_in_memory(locality, day, Reading(locality, show), state)
    return GapsResult(merged.gaps, merged.actions)
