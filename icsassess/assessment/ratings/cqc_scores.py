"""Indicative scores, 1 to 4, added up by CQC's published rule for local authorities: exact fractions, no floats.

They are indicative and not CQC's. A score is typed by the group; it is never derived from a RAG. No limiter by which
one poor part caps the whole could be verified: there is none here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from icsassess.assessment.group_edits.edits import CellValue
from icsassess.domain.framework import Verified
from icsassess.support.data_files import templates_folder
from icsassess.support.toml_files import load

_Per_cent = Annotated[int, Field(ge=0, le=100)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meaning(_Data):
    """What a score means."""

    score: int
    meaning: str
    verified: Verified


class Band(_Data):
    """The whole per cents that make a score of a statement, and a rating of all of them."""

    first: _Per_cent = Field(alias="from")
    last: _Per_cent = Field(alias="to")
    score: int
    rating: str


class Rule(_Data):
    """How far the rule was checked for a framework; ``""`` stands for every other."""

    framework: str
    verified: Verified
    says: str


class Scoring(_Data):
    """The label that stands wherever a score does, what scores mean, the bands, and how far the rule was checked."""

    label: str
    scores: tuple[Meaning, ...] = Field(alias="score", min_length=2)
    bands: tuple[Band, ...] = Field(alias="band", min_length=1)
    rules: tuple[Rule, ...] = Field(alias="rule", min_length=1)

    @model_validator(mode="after")
    def _bands_leave_no_gap(self) -> Self:
        for before, after in zip(self.bands, self.bands[1:], strict=False):
            if after.first != before.last + 1:
                raise ValueError(f"the band from {after.first} does not begin where the one before ends")
        if self.bands[-1].last != 100:
            raise ValueError("the last band does not end at 100")
        return self

    @cached_property
    def highest(self) -> int:
        """The highest score there is."""
        return max(meaning.score for meaning in self.scores)

    @cached_property
    def rating_of(self) -> dict[int, str]:
        """What a score of all statements is called, by score."""
        return {band.score: band.rating for band in self.bands}

    def band(self, per_cent: int) -> Band:
        """Give the band of a whole per cent; below the first band it is the first."""
        return next((band for band in reversed(self.bands) if per_cent >= band.first), self.bands[0])

    def rule(self, framework: str) -> Rule:
        """Give how far the rule was checked for a framework."""
        by_framework = {rule.framework: rule for rule in self.rules}
        return by_framework.get(framework, by_framework[""])


@cache
def scoring() -> Scoring:
    """Give the rule, from ``templates/scoring.toml``. Raises ``Refusal`` where that is faulty."""
    return load(templates_folder() / "scoring.toml", Scoring)


class Sum(NamedTuple):
    """The scores of several parts added up: ``parts`` are those to be scored, ``scored`` those that are.

    ``points`` is the sum, ``out_of`` the most it could be: the raw fraction.
    """

    parts: int
    scored: int
    points: int

    @property
    def out_of(self) -> int:
        """The most points there could be: for the parts to be scored alone."""
        return self.parts * scoring().highest

    @property
    def is_complete(self) -> bool:
        """Whether every part to be scored is: only then the sum makes a score."""
        return self.parts > 0 and self.scored == self.parts

    @property
    def fraction(self) -> str:
        """The raw fraction, such as ``23/36``."""
        return f"{self.points}/{self.out_of}"

    @property
    def per_cent(self) -> int | None:
        """The sum as a whole per cent, a half rounded up (62.5 is 63); None where parts are not scored yet."""
        return (200 * self.points + self.out_of) // (2 * self.out_of) if self.is_complete else None

    @property
    def is_tie(self) -> bool:
        """Whether it is exactly half a per cent: the rounding decides."""
        return self.is_complete and 200 * self.points % (2 * self.out_of) == self.out_of

    @property
    def is_on_the_edge(self) -> bool:
        """Whether the per cent is the first of a band or the last before one."""
        edges = {edge for band in scoring().bands[1:] for edge in (band.first - 1, band.first)}
        return self.per_cent in edges

    @property
    def score(self) -> int | None:
        """The score that it makes, None where parts are not scored yet."""
        return None if self.per_cent is None else scoring().band(self.per_cent).score

    @property
    def rating(self) -> str | None:
        """What it is called where it is the sum of all statements."""
        return None if self.per_cent is None else scoring().band(self.per_cent).rating

    @property
    def note(self) -> str:
        """What to know of it: what is not scored yet, a tie that the rounding decides, or the edge of a band."""
        if not self.parts:
            return "Nothing to be scored"
        if not self.is_complete:
            return f"{self.scored} of {self.parts} scored: no score yet"
        if self.is_tie:
            return f"A tie: {self.points * 100 // self.out_of}.5 is rounded up to {self.per_cent}"
        return "On the edge of a band" if self.is_on_the_edge else ""


def added_up(scores: Sequence[int | None]) -> Sum:
    """Add up the scores of the parts to be scored; None stands for one that is not scored yet."""
    typed = [score for score in scores if score is not None]
    return Sum(len(scores), len(typed), sum(typed))


def read_score(typed: CellValue | None) -> int | None:
    """Read a score as the group typed it: a whole number from 1 to 4, None for anything else."""
    text = str(int(typed)) if isinstance(typed, float) and typed.is_integer() else str(typed or "").strip()
    permitted = {str(meaning.score): meaning.score for meaning in scoring().scores}
    return permitted.get(text)
