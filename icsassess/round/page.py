"""The newest merge as one page to look at, to search, to filter and to print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from icsassess.locality.locality import open_locality
from icsassess.returns.reading.session import Reading
from icsassess.round.progress import ShowProgress, stage


@dataclass(frozen=True)
class PageResult:
    """The page, and what has changed since the merge in words, ``""`` where nothing has."""

    page: Path
    changed_since: str = ""

    @property
    def needs_attention(self) -> bool:
        """Whether something has changed since the merge."""
        return bool(self.changed_since)


def page(folder: Path, progress: ShowProgress | None = None) -> PageResult:
    """Write the newest merge as one self-contained HTML page into ``reports/``, in place of one of the same merge.

    Raises ``Refusal`` where the folder is no locality, nothing has been merged yet, or it cannot be written.

    ``page(Path("trafford")).page``
    """
    locality = open_locality(folder)
    with Reading(locality, stage("Reading returns", progress)) as reading:
        # Imported within: it takes as long as reading, which other processes do meanwhile.
        from icsassess.reports.output_folder import save_page
        from icsassess.reports.page.page import as_page
        from icsassess.reports.provenance import changes_since_merge
        from icsassess.workbook.signing.latest_merge import newest_merge

        newest = newest_merge(locality, reading)
    return PageResult(save_page(locality, newest.name, as_page(newest)), changes_since_merge(newest))
