"""Blank returns for the partners."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class IssueResult:
    """The blank returns that were written, in the order of the partners, and those in ``issued/`` that are stale."""

    files: tuple[Path, ...]
    stale: tuple[str, ...] = ()


def issue(folder: Path, codes: Sequence[str] = (), as_at: datetime.date | None = None) -> IssueResult:
    """Write the blank returns of the partners with these codes (of all when there are none) into ``issued/``.

    Raises ``Refusal`` where the folder is no locality, a code is unknown, or a file cannot be written.

    ``issue(Path("trafford"), ["PH1"]).files``
    """
    from icsassess.locality.locality import open_locality, partner_with_code
    from icsassess.returns.issuing.issue import issue as write_blanks
    from icsassess.returns.issuing.stale_blanks import stale_blanks

    locality = open_locality(folder)
    partners = [partner_with_code(locality, code) for code in codes] or list(locality.partners)
    files = tuple(write_blanks(locality, partners, locality.as_at(as_at)))
    return IssueResult(files, tuple(stale_blanks(locality)))
