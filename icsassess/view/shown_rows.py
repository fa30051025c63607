"""Lines, actions and gaps of a merge as people see them: words for what partners, rule and group make of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from icsassess.assessment.actions.states import NOT_TAKEN_UP
from icsassess.assessment.ratings.combine import RED_AND_GREEN
from icsassess.domain import rag
from icsassess.domain.framework import Line
from icsassess.domain.rated import counted_rating
from icsassess.domain.states import ActionState, PlanState

if TYPE_CHECKING:
    from icsassess.locality.locality import Partner


class ShownLine(NamedTuple):
    """A line in words; ``partners`` has a word for every partner, by code; ``rating`` is never empty.

    ``drift`` says what changed since the group agreed its rating. ``organisations`` has, by the code of a partner for
    which several answer, the name and the word of each that did.
    """

    line: Line
    partners: dict[str, str]
    suggested: str
    agreed: str
    agreed_reason: str
    agreed_on: datetime.date | None
    rating: str
    agreement: str
    evidence: int
    drift: str = ""
    organisations: Mapping[str, tuple[tuple[str, str], ...]] = {}

    def in_full(self, code: str) -> str:
        """Give a partner's word, with what each organisation says: ‘Red: Elm Practice Green, The Oaks Red’."""
        word, each = self.partners[code], self.organisations.get(code, ())
        if not each:
            return word
        differ = any(rating != word for _, rating in each)
        if word == rag.vocabulary().absent.blank and not differ:
            return word
        return f"{word}: " + ", ".join(f"{name} {rating}" if differ else name for name, rating in each)

    def senders_by_word(self, words: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Give who stands for each word, in the order of ``words``: partners by code, ‘GP: Elm Practice’ of several."""
        senders: dict[str, list[str]] = {}
        for code, rating in self.partners.items():
            for name, word in self.organisations.get(code) or [("", rating)]:
                senders.setdefault(word, []).append(f"{code}: {name}" if name else code)
        return [(word, senders[word]) for word in words if word in senders]

    def names_rating(self, word: str, partners: Sequence[Partner]) -> list[str]:
        """Give the names of the partners that have a word, with the organisations that do where several answer."""
        names = []
        for partner in partners:
            each = self.organisations.get(partner.code, ())
            with_word = [name for name, rating in each if rating == word]
            if with_word or self.partners[partner.code] == word:
                names.append(f"{partner.name} ({', '.join(with_word)})" if with_word else partner.name)
        return names

    @property
    def counted(self) -> str:
        """The rating that counts: agreed Not applicable without a reason counts as if it were not agreed."""
        return counted_rating(self.rating, self.agreed_reason or not self.agreed, self.suggested)

    @property
    def look_again(self) -> bool:
        """Whether the group should look again at what it agreed: its ground has moved, or it does not count."""
        return bool(self.agreed) and (bool(self.drift) or self.counted != self.rating)

    @property
    def to_be_moderated(self) -> bool:
        """Whether partners are Red and Green and the group has not yet agreed a rating."""
        return self.agreement == RED_AND_GREEN and not self.agreed

    def codes_by_word(self, words: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Give the partners' codes by the word that stands for their rating, in the order of ``words``."""
        return [
            (word, codes)
            for word in words
            if (codes := [code for code, rating in self.partners.items() if rating == word])
        ]


class ShownAction(NamedTuple):
    """An action with its line, None where its Ref is no line's.

    ``proposed_by`` is the partner's code (‘GP: Elm’ of several organisations), or ‘Group’; ``due`` is text where
    what was typed is no date. ``file``, ``sheet`` and ``row`` (0 where there is none) say where a partner's action
    stands in its return.
    """

    id: str
    gap: str
    ref: str
    line: ShownLine | None
    proposed_by: str
    action: str
    owner: str
    accountable: str
    due: datetime.date | str | None
    status: str
    evidenced_by: str
    evidenced_on: datetime.date | None
    update: str
    taken_up: str
    why_not: str
    state: ActionState
    missing: tuple[str, ...]
    file: str
    sheet: str
    row: int

    @property
    def is_live(self) -> bool:
        """Whether it counts: until the group says No, every action does."""
        return self.state != NOT_TAKEN_UP


class ShownGap(NamedTuple):
    """A gap with its line, its plan and its actions; ``stated`` is what each partner says is missing."""

    id: str
    line: ShownLine
    stated: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    partners: tuple[str, ...]
    no_proposal_from: tuple[str, ...]
    actions: tuple[ShownAction, ...]
    late: int
    plan: PlanState
    missing: tuple[str, ...]
    covered: str

    @property
    def live_actions(self) -> tuple[ShownAction, ...]:
        """Those of its actions that count."""
        return tuple(action for action in self.actions if action.is_live)

    @property
    def stated_in_words(self) -> str:
        """What is missing as a cell shows it: a line for each partner, with its code before it."""
        return "\n".join(f"{partner}: {text}" for partner, text in self.stated)
