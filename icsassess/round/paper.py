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
    sources: Path | None = None
    """The list of sources beside it, where it was asked for."""

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


def paper(
    folder: Path, kind: PaperKind = "paper", progress: ShowProgress | None = None, *, sources: bool = False
) -> PaperResult:
    """Write a paper about the newest merge as a Word document into ``reports/``; nothing there is ever overwritten.

    With ``sources`` a workbook beside it lists every sentence with the files, sheets and cells that it came from.

    Raises ``Refusal`` where the folder is no locality, nothing has been merged yet, or it cannot be written.

    ``paper(Path("trafford"), "flash").paper``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        from icsassess.reports.output_folder import save_paper, save_source_list
        from icsassess.reports.papers.board_paper import name_of, write_board_paper
        from icsassess.reports.papers.flash_report import flash_name, write_flash_report
        from icsassess.reports.papers.source_list import source_list
        from icsassess.reports.provenance import changes_since_merge
        from icsassess.workbook.signing.latest_merge import newest_merge

        newest = newest_merge(locality, reading)
    name, write = (flash_name, write_flash_report) if kind == "flash" else (name_of, write_board_paper)
    title, writer = name(newest), write(newest)
    path, is_unchanged = save_paper(locality, title, writer.paper.as_bytes())
    listed = save_source_list(path, source_list(newest, f"{title}: sources", writer.sentences)) if sources else None
    return PaperResult(path, is_unchanged, changes_since_merge(newest), listed)
