"""One workbook over several localities."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsassess.round.progress import ShowProgress, stage
from icsassess.support.text import count

if TYPE_CHECKING:
    from icsassess.rollup.comparison import Rollup
    from icsassess.rollup.write import Written


class LocalityRow(NamedTuple):
    """A locality in words; empty texts where there is nothing to show of it."""

    name: str
    state: str
    as_at: str = ""
    rated: str = ""
    red: str = ""
    amber: str = ""
    green: str = ""
    gaps: str = ""


@dataclass(frozen=True)
class RollUpResult:
    """The localities side by side, and what was written."""

    rollup: Rollup
    written: Written

    @property
    def localities(self) -> list[LocalityRow]:
        """Every locality, those that nothing can be shown of last."""
        rows = []
        for locality in self.rollup.localities:
            counts = locality.counts
            red, amber, green = (str(counts.by_word[word]) for word in ("Red", "Amber", "Green"))
            rated = f"{counts.rated} of {counts.out_of}"
            day = f"{locality.as_at:%d/%m/%Y}"
            gaps = str(len(locality.gaps))
            rows.append(LocalityRow(locality.label, locality.in_words, day, rated, red, amber, green, gaps))
        return rows + [LocalityRow(absent.name, "nothing to show") for absent in self.rollup.absent]

    @property
    def summary(self) -> tuple[str, ...]:
        """What is signed, what several localities share, and what changed since the last roll-up, in sentences."""
        from icsassess.rollup.localities_sheet import signed_in_words

        rollup, written = self.rollup, self.written
        sentences = (
            f"{signed_in_words(rollup)}.",
            f"{count(len(rollup.shared_gaps), 'gap')} shared by several localities; "
            f"{count(len(rollup.strengths), 'strength')} of one that another lacks.",
        )
        if written.last is None:
            return sentences
        name = written.last.name.removesuffix(".json")
        return (*sentences, f"{count(len(written.changes), 'change')} since {name}.")

    @property
    def points(self) -> tuple[str, ...]:
        """Every point in words."""
        return tuple(map(str, self.written.problems))

    @property
    def needs_attention(self) -> bool:
        """Whether a locality could not be shown, or is not as it was signed."""
        return self.rollup.needs_attention

    def as_json(self) -> dict[str, object]:
        """Give the contract's ``rollup``."""
        from icsassess.rollup.as_json import rollup_as_json

        points = [problem.as_json() for problem in self.written.problems]
        return {**rollup_as_json(self.rollup, self.written), "problems": points}


def roll_up(
    places: Sequence[Path],
    as_at: datetime.date | None = None,
    output: Path | None = None,
    progress: ShowProgress | None = None,
) -> RollUpResult:
    """Put locality folders, folders full of these, and workbooks side by side in one workbook with its record.

    ``as_at`` is the latest of the localities' dates when left out; ``output`` a name with the date, in the one folder
    named or else the current one. Raises ``Refusal`` where there is nothing to show, or nothing can be written.

    ``roll_up([Path("trafford"), Path("salford")]).written.workbook``
    """
    from icsassess.rollup.comparison import roll_up as read_localities
    from icsassess.rollup.write import default_output, write_rollup

    rollup = read_localities(places, as_at, stage("Reading workbooks", progress))
    return RollUpResult(rollup, write_rollup(rollup, output or default_output(rollup, places)))
