"""Who has returned what, and how long there is to the deadline."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.domain.states import SUPERSEDED
from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage
from icsassess.support.text import count

if TYPE_CHECKING:
    from icsassess.assessment.merging.model import Merged


class ReturnRow(NamedTuple):
    """A return or an outstanding partner, in words."""

    partner: str
    state: str
    rated: str
    entries: str
    points: str
    file: str


@dataclass(frozen=True)
class StatusResult:
    """The round as it stands, in the merged view of the folder."""

    merged: Merged

    @property
    def headlines(self) -> tuple[str, ...]:
        """Where the locality stands, in sentences."""
        from icsassess.assessment.output.headlines import headlines

        return tuple(headlines(self.merged))

    @property
    def calls(self) -> tuple[str, ...]:
        """What is odd about the workbooks in ``merged/``, and whom to ring today, in sentences."""
        from icsassess.view.priorities.calls import calls
        from icsassess.view.priorities.workbooks import workbook_sentences

        return (*workbook_sentences(self.merged.counted_problems), *calls(self.merged))

    @property
    def stale_blanks(self) -> tuple[str, ...]:
        """Blank returns in ``issued/`` that are not to be sent, in sentences."""
        from icsassess.returns.issuing.stale_blanks import stale_blanks

        return tuple(stale_blanks(self.merged.locality))

    @property
    def questions(self) -> tuple[str, ...]:
        """What has to be settled first: whose a return is, which of two counts; with what to do about it."""
        return tuple(f"{problem.question} {problem.suggestion}" for problem in self.merged.questions)

    @property
    def returns(self) -> list[ReturnRow]:
        """Every return and every outstanding partner, in the order of the partners."""
        return [
            ReturnRow(
                f"{row.partner}: {row.organisation}" if row.organisation else row.partner or "?",
                row.state,
                f"{row.lines_rated} of {row.lines_to_rate}",
                str(row.entries),
                ", ".join(
                    count(number, word)
                    for number, word in ((row.blockers, "blocker"), (row.warnings, "warning"), (row.notes, "note"))
                    if number and row.state != SUPERSEDED
                ),
                row.file or row.remark,
            )
            for row in self.merged.returns
        ]

    @property
    def needs_attention(self) -> bool:
        """Whether a return was left out, or something about one has to be settled first."""
        from icsassess.assessment.merging.merge import has_refused_return

        return has_refused_return(self.merged) or bool(self.merged.questions)

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``status``."""
        from icsassess.assessment.output.as_json import status_as_json

        return status_as_json(self.merged)


def status(folder: Path, as_at: datetime.date | None = None, progress: ShowProgress | None = None) -> StatusResult:
    """Look who has returned what as at a date; the settings' or today when left out. Nothing is written.

    Raises ``Refusal`` where the folder is no locality or the group's workbook can no longer be understood.

    ``status(Path("trafford")).headlines``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.workbook.merging.in_memory import merge_in_memory

        return StatusResult(merge_in_memory(locality, locality.as_at(as_at), reading))
