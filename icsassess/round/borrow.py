"""Another exercise's evidence for the statements that both share, as suggestions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.round.progress import ShowProgress, stage
from icsassess.support.text import count, listing

if TYPE_CHECKING:
    from icsassess.borrowing.suggestions_workbook import Borrowed

_NAMED = 40


class SharedRow(NamedTuple):
    """A statement that both frameworks have, and how many suggestions there are for it."""

    code: str
    title: str
    their_code: str
    how: str
    suggestions: int


@dataclass(frozen=True)
class BorrowResult:
    """What the other exercise could lend, and the workbook of suggestions."""

    borrowed: Borrowed
    workbook: Path

    @property
    def summary(self) -> str:
        """How much of the framework is shared, in one sentence."""
        borrowed, other = self.borrowed, self.borrowed.other.locality
        statements = borrowed.own.locality.framework.statements
        shared = f"{len(borrowed.shared)} of {len(statements)} quality statements are shared"
        return f"{shared} with {other.name}, {other.framework.title}."

    @property
    def shared(self) -> list[SharedRow]:
        """The statements that both have, in the order of this exercise's framework."""
        number = Counter(suggestion.statement.code for suggestion in self.borrowed.suggestions)
        return [
            SharedRow(pair.own.code, pair.own.title, pair.other.code, pair.how, number[pair.own.code])
            for pair in self.borrowed.shared
        ]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is not shared, how many suggestions there are, and that they count nowhere, in sentences."""
        from icsassess.borrowing.suggestions_workbook import COUNTED_NOWHERE

        borrowed = self.borrowed
        not_shared = (f"Not shared: {listing(borrowed.not_shared, most=_NAMED)}.",) if borrowed.not_shared else ()
        nowhere = sum(not suggestion.ref for suggestion in borrowed.suggestions)
        without = f"; {nowhere} of them in a category that there is none of here" if nowhere else ""
        return (*not_shared, f"{count(len(borrowed.suggestions), 'suggestion')}{without}. {COUNTED_NOWHERE}")

    def as_json(self) -> dict[str, object]:
        """Give what ``borrow`` prints with ``--json``."""
        borrowed, other = self.borrowed, self.borrowed.other.locality
        return {
            "workbook": borrowed.own.locality.relative(self.workbook),
            "from": {"name": other.name, "framework": other.framework.id, "version": other.framework.version},
            "shared": [
                {"statement": row.code, "theirs": row.their_code, "how": row.how, "suggestions": row.suggestions}
                for row in self.shared
            ],
            "not_shared": borrowed.not_shared,
            "suggestions": [suggestion.as_json() for suggestion in borrowed.suggestions],
        }


def borrow(folder: Path, other: Path, progress: ShowProgress | None = None) -> BorrowResult:
    """Offer the evidence of another locality folder's returns; a workbook of it goes into ``borrowed/``.

    Nothing is merged, and the other folder is not changed. Raises ``Refusal`` where one of them is no locality, where
    they are the same, share no statement, or the other has no evidence for those that they share.

    ``borrow(Path("trafford"), Path("trafford-council")).summary``
    """
    from icsassess.borrowing.suggestions_workbook import borrow as borrow_evidence
    from icsassess.borrowing.suggestions_workbook import write_borrowed
    from icsassess.locality.locality import open_locality

    borrowed = borrow_evidence(open_locality(folder), open_locality(other), stage("Reading returns", progress))
    return BorrowResult(borrowed, write_borrowed(borrowed))
