"""What a roll-up takes from one locality's workbook: how far it is signed, its lines, and its gaps."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from icsassess.domain import rag
from icsassess.domain.problems import Problem
from icsassess.domain.rated import count_rated, counted_rating
from icsassess.rollup.returns_of import NOT_TOLD, ReturnsSummary
from icsassess.view.tallies import COUNTED, NO_RATING
from icsassess.workbook.signing.accepted import accepted_in_words
from icsassess.workbook.signing.verdict import AS_SIGNED, CHANGED, NOT_SIGNED

STATES = {AS_SIGNED: "Signed and verified", CHANGED: "CHANGED since it was signed", NOT_SIGNED: "Not signed"}
"""How far a locality is signed, in words, by the verdict."""


@dataclass(frozen=True, slots=True, order=True)
class FrameworkName:
    """Which framework a workbook was made with, as it says of itself; ``""`` where it does not say."""

    id: str
    version: str

    @property
    def in_words(self) -> str:
        """The framework's id and version."""
        return f"{self.id or 'not said'}, version {self.version or 'not said'}"


@dataclass(frozen=True, slots=True)
class GapSummary:
    """A gap of a locality, how many actions it has, and how many of these are late."""

    id: str
    ref: str
    reasons: tuple[str, ...]
    plan: str
    actions: int
    late: int


@dataclass(frozen=True, slots=True)
class LineSummary:
    """A line of a locality. ``rating`` is a word, also where there is no rating; ``cell`` is where that stands.
    ``ratings`` has each asked partner's, None where it left the line blank.

    ``explained`` says of a line that is Not applicable whether there is a reason: only then it leaves a denominator.
    """

    ref: str
    theme: str
    statement: str
    category: str
    rating: str
    suggested: str
    agreed: str
    agreement: str
    evidence: int
    explained: bool = False
    cell: str = ""
    gap: GapSummary | None = None
    ratings: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def counted(self) -> str:
        """The rating that counts: agreed Not applicable without a reason counts as if it were not agreed."""
        return counted_rating(self.rating, self.explained, self.suggested if self.agreed else "")

    @property
    def is_to_be_rated(self) -> bool:
        """Whether it counts in a denominator: all but what does not apply, with a reason."""
        return self.counted != rag.NOT_APPLICABLE

    @property
    def is_strength(self) -> bool:
        """Whether it is Green with evidence and no gap, and every partner expected to rate it has returned."""
        everybody = rag.vocabulary().absent.no_return not in self.ratings.values()
        return self.rating == rag.GREEN and self.evidence > 0 and self.gap is None and everybody

    @property
    def is_lacking(self) -> bool:
        """Whether it is Red, Amber, or a gap."""
        return self.rating in (rag.RED, rag.AMBER) or self.gap is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines have which rating; ``rated`` of ``out_of``, those to be rated."""

    lines: int
    by_word: dict[str, int]
    rated: int
    out_of: int


def counted(lines: Iterable[LineSummary]) -> Counts:
    """Count lines by their rating, with what has none as the last."""
    ratings = [line.counted for line in lines]
    words = Counter(rating if rating in COUNTED else NO_RATING for rating in ratings)
    by_word = {word: words[word] for word in (*COUNTED, NO_RATING)}
    return Counts(len(ratings), by_word, *count_rated(ratings))


@dataclass(frozen=True)
class LocalitySummary:
    """A locality as its workbook tells it. ``label`` names it in headings: no other locality has the same.

    ``actions`` counts its actions by their state, on gaps or not. ``accepted`` are the conditions accepted when it was
    signed (:func:`..signing.accepted.accepted_conditions`).
    """

    name: str
    file: str
    sha256: str
    as_at: datetime.date | None
    framework: FrameworkName
    template: str
    marking: str
    state: str
    signed: str = ""
    accepted: tuple[Mapping[str, Any], ...] = ()
    looked_at: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: tuple[LineSummary, ...] = field(default=(), repr=False)
    returns: ReturnsSummary = NOT_TOLD
    actions: Counter[str] = field(default_factory=Counter)
    problems: tuple[Problem, ...] = ()
    number: int = 0
    label: str = ""

    @property
    def gaps(self) -> list[GapSummary]:
        """Its gaps in the order of its lines."""
        return [line.gap for line in self.lines if line.gap is not None]

    @property
    def counts(self) -> Counts:
        """Its lines by their rating."""
        return counted(self.lines)

    @property
    def in_words(self) -> str:
        """How far it is signed, and with how many conditions accepted."""
        if self.state == AS_SIGNED and self.accepted:
            return f"Signed{accepted_in_words(self.accepted).removeprefix(',')}"
        return STATES[self.state]

    @property
    def agreed(self) -> int:
        """How many ratings its group agreed."""
        return sum(bool(line.agreed) for line in self.lines)


@dataclass(frozen=True, slots=True)
class SkippedWorkbook:
    """A locality or file of which nothing could be taken, and the point that says why."""

    name: str
    file: str
    problem: Problem
