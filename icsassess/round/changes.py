"""What changed between two merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icsassess.assessment.history.model import Changes


@dataclass(frozen=True)
class ChangesResult:
    """The changes, with the merges that they lie between."""

    changes: Changes

    @property
    def summary(self) -> str:
        """How much changed, with a sentence for the returns that came."""
        return self.changes.summary

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every change in one sentence."""
        return tuple(change.sentence for change in self.changes.changes)

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """The sentences under their titles, the most important first."""
        from icsassess.assessment.events.model import grouped

        return [(title, [event.sentence for event in events]) for title, events in grouped(self.changes.changes)]

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``changes``."""
        changes = self.changes
        return {
            "from": changes.since,
            "to": changes.until,
            "changes": [change.as_json() for change in changes.changes],
        }


def changes(folder: Path, merges: Sequence[str] = ()) -> ChangesResult:
    """Compare two merges of a folder: the last two, or those named by as-at date or by workbook, the older first.

    Raises ``Refusal`` where the folder is no locality or has no such merge.

    ``changes(Path("trafford"), ("2024-01-10", "2024-01-17")).sentences``
    """
    from icsassess.assessment.history.changes import changes_between
    from icsassess.locality.locality import open_locality

    return ChangesResult(changes_between(open_locality(folder), tuple(merges)))
