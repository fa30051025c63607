"""A condition of signing: what could stand in the way, in the words of ``conditions.toml``, with all its places."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from icsassess.assessment.output.headlines import day_in_words
from icsassess.support.data_files import shipped_toml

FIRST_PLACES = 6


class Acceptance(NamedTuple):
    """Why the signatory accepts a condition, who follows it up, and until when."""

    reason: str
    follow_up: str
    until: datetime.date

    @property
    def in_words(self) -> str:
        """The reason, and who follows it up until when, in sentences."""
        return f"{self.reason.rstrip('.')}. To be followed up by {self.follow_up} until {day_in_words(self.until)}."


class ConditionKind(NamedTuple):
    """One kind of condition, as the data file describes it."""

    code: str
    title: str
    one: str
    many: str
    do: str
    sheet: str
    can_be_accepted: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as it stands: all its places, and how the signatory accepts it, None if not."""

    kind: ConditionKind
    where: tuple[str, ...] = ()
    accepted: Acceptance | None = None

    @property
    def code(self) -> str:
        """What names it, as in ``--accept``."""
        return self.kind.code

    @property
    def count(self) -> int:
        """How many things are not right; 0 where nothing stands in the way."""
        return len(self.where)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it keeps the self-assessment from being signed."""
        return bool(self.where) and (self.accepted is None or not self.kind.can_be_accepted)

    @property
    def first_places(self) -> str:
        """The first few places, and how many more there are; a place may have commas of its own."""
        more = [f"and {self.count - FIRST_PLACES} more"] if self.count > FIRST_PLACES else []
        return "; ".join([*self.where[:FIRST_PLACES], *more])

    @property
    def message(self) -> str:
        """What is not right, in one sentence; that nothing is, where nothing is."""
        if not self.where:
            return f"{self.kind.title}: none."
        words = self.kind.one if self.count == 1 else self.kind.many
        return words.format(count=f"{self.count:,}", where=self.first_places)

    def as_json(self) -> dict[str, object]:
        """Give the condition with the contract's keys."""
        return {
            "code": self.code,
            "count": self.count,
            "title": self.kind.title,
            "message": self.message,
            "do": self.kind.do,
            "where": list(self.where),
            "can_be_accepted": self.kind.can_be_accepted,
            "accepted": self.accepted.reason if self.accepted else None,
            "followed_up_by": self.accepted.follow_up if self.accepted else None,
            "until": self.accepted.until.isoformat() if self.accepted else None,
        }


@cache
def condition_kinds() -> dict[str, ConditionKind]:
    """Give every kind of condition by its code, the weightiest first."""
    return {words["code"]: ConditionKind(**words) for words in shipped_toml("conditions.toml")["condition"]}
