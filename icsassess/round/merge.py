"""One locality workbook from all returns and what the group typed into the last one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, begin, stage

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged


@dataclass(frozen=True)
class MergeResult:
    """The merged view, and the workbook it was written into."""

    merged: Merged
    workbook: Path

    @property
    def headlines(self) -> tuple[str, ...]:
        """Where the locality stands, in sentences."""
        from icsassess.assessment.output.headlines import headlines

        return tuple(headlines(self.merged))

    @property
    def questions(self) -> tuple[str, ...]:
        """What has to be settled first: whose a return is, which of two counts; with what to do about it."""
        return tuple(f"{problem.question} {problem.suggestion}" for problem in self.merged.questions)

    @property
    def priorities(self) -> tuple[str, ...]:
        """What to look at first, in sentences, the weightiest first."""
        from icsassess.view.assessment_view import View
        from icsassess.view.priorities.worst_first import priorities

        return tuple(priority.sentence for priority in priorities(View(self.merged)))

    @property
    def needs_attention(self) -> bool:
        """Whether a return was left out or a point is a blocker."""
        from icsassess.assessment.merging.merge import has_refused_return
        from icsassess.returns.checking.check import needs_attention

        return has_refused_return(self.merged) or needs_attention(self.merged.counted_problems)

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``merge``."""
        from icsassess.assessment.output.as_json import merge_as_json

        return merge_as_json(self.merged, self.merged.locality.relative(self.workbook))


def merge(folder: Path, as_at: datetime.date | None = None, progress: ShowProgress | None = None) -> MergeResult:
    """Merge a locality folder into a new workbook in ``merged/``; nothing there is ever overwritten.

    ``as_at`` is the settings' date or today when left out. Raises ``Refusal`` where the folder is no locality, where
    the group's workbook can no longer be understood, or where nothing can be written.

    ``merge(Path("trafford"), datetime.date(2024, 1, 10)).workbook``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        # Imported within: it takes as long as reading, which other processes do meanwhile.
        from icsassess.round.merge_and_write import merge_and_write

        begin("Putting the returns together", progress)
        merged, workbook = merge_and_write(locality, locality.as_at(as_at), reading)
    return MergeResult(merged, workbook)
