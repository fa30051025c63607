"""What two merges can be compared by: partners heard both times, those that came, and those that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from icsassess.assessment.events.snapshot import PastLine, Snapshot
from icsassess.assessment.ratings.combine import combine_ratings
from icsassess.domain import rag


@dataclass(frozen=True)
class Comparison:
    """Two merges side by side. Nothing is compared with a time when somebody had not answered yet."""

    old: Snapshot
    new: Snapshot

    @cached_property
    def heard_twice(self) -> frozenset[str]:
        """The partners whose returns counted both times."""
        return self.old.heard() & self.new.heard()

    @cached_property
    def came(self) -> frozenset[str]:
        """The partners of the settings both times whose return counts now and did not before."""
        return self.new.heard() - self.old.heard()

    @cached_property
    def gone(self) -> frozenset[str]:
        """The partners whose return counted before and does not now."""
        return self.old.heard() - self.new.heard()

    @cached_property
    def resent(self) -> frozenset[str]:
        """The partners heard both times that have sent another return since."""
        before, current = (
            {(each.partner, each.sha256) for each in merge.returns if each.state == "received"}
            for merge in (self.old, self.new)
        )
        return self.heard_twice & {partner for partner, _ in before ^ current if partner}

    def lines(self) -> Iterator[tuple[PastLine, PastLine]]:
        """Give each line of both merges, as it was and as it is; what only one of them knows is left out of both."""
        for ref, line in self.new.lines.items():
            if ref in self.old.lines:
                was = self.old.lines[ref]
                if None in (was.unsettled, line.unsettled):
                    yield was._replace(unsettled=None), line._replace(unsettled=None)
                else:
                    yield was, line

    def asked_twice(self, was: PastLine, line: PastLine) -> list[str]:
        """Give the partners heard both times that were asked for a line both times."""
        return [partner for partner in line.ratings if partner in self.heard_twice and partner in was.ratings]

    def changed(self, ref: str) -> frozenset[str]:
        """Give the partners heard both times that say something else of a line now: another rating or other words."""
        was, line = self.old.lines.get(ref), self.new.lines.get(ref)
        if was is None or line is None:
            return frozenset()
        return frozenset(
            partner
            for partner in self.asked_twice(was, line)
            if was.ratings[partner] != line.ratings[partner] or was.states.get(partner) != line.states.get(partner)
        )

    @property
    def same_rule(self) -> bool:
        """Whether ratings were combined in the same way both times."""
        return self.old.combine == self.new.combine


def combined(line: PastLine, partners: Iterable[str], combine: str) -> str | None:
    """Give what the ratings of some partners make of a line, None where none of them rated it."""
    ratings = ["" if partner in (line.unsettled or ()) else line.ratings.get(partner) or "" for partner in partners]
    return combine_ratings(ratings, combine, rag.vocabulary()) or None


def direction(was: str | None, current: str | None) -> str:
    """Tell how a rating moved: ``same``, ``rose``, ``fell``, ``rated`` (from none), ``gone`` (to none), ``changed``."""
    if was == current:
        return "same"
    order = rag.vocabulary().ordered
    if was in order and current in order:
        return "rose" if order.index(current or "") > order.index(was or "") else "fell"
    unrated = (None, rag.NOT_ASSESSED, rag.NO_RETURN)
    if was in unrated and current not in unrated:
        return "rated"
    return "gone" if current in unrated and was not in unrated else "changed"


def rating_in_words(rating: str | None) -> str:
    """Give a rating as it reads in a sentence; left blank where there is none."""
    return rating or rag.vocabulary().absent.blank.lower()
