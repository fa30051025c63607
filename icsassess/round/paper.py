"""The newest merge as a paper for the board, or as a flash report, to go on writing in Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage

PaperKind = Literal["paper", "flash"]
"""The paper for a board or committee, or the two-monthly flash report on one page."""


@dataclass(frozen=True)
class PaperResult:
    """The paper; whether this very one was there before; what has changed since the merge, ``""`` if nothing has."""

    paper: Path
    is_unchanged: bool
    changed_since: str = ""

    @property
    def needs_attention(self) -> bool:
        """Whether something has changed since the merge."""
        return bool(self.changed_since)

    @property
    def advice(self) -> str:
        """What the author should know, in one sentence."""
        if self.is_unchanged:
            return "It was there already: nothing has changed since."
        return "Yellow brackets are left for the author."


def paper(folder: Path, kind: PaperKind = "paper", progress: ShowProgress | None = None) -> PaperResult:
    """Write a paper about the newest merge as a Word document into ``reports/``; nothing there is ever overwritten.

    Raises ``Refusal`` where the folder is no locality, nothing has been merged yet, or it cannot be written.

    ``paper(Path("trafford"), "flash").paper``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.reports.output_folder import save_paper
        from icsassess.reports.papers.board_paper import board_paper, name_of
        from icsassess.reports.papers.flash_report import flash_name, flash_report
        from icsassess.reports.provenance import changes_since_merge
        from icsassess.workbook.signing.latest_merge import newest_merge

        newest = newest_merge(locality, reading)
    if kind == "flash":
        path, is_unchanged = save_paper(locality, flash_name(newest), flash_report(newest))
    else:
        path, is_unchanged = save_paper(locality, name_of(newest), board_paper(newest))
    return PaperResult(path, is_unchanged, changes_since_merge(newest))
