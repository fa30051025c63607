"""What all sentences of a paper are made from: the merge, its view, where its cells are, and who was heard already."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from icsassess.assessment.actions.states import OVERDUE
from icsassess.assessment.output.headlines import day_in_words
from icsassess.reports.papers.wording import Wording
from icsassess.view.assessment_view import ShownAction, ShownLine, View
from icsassess.view.findings.concerns import Concern, concerns
from icsassess.view.findings.explanations import Explanation, heard_in_turn
from icsassess.view.findings.names import name_of, names_of
from icsassess.view.findings.quotations import Hearing
from icsassess.view.findings.second_looks import SecondLook, second_looks
from icsassess.view.findings.sentence import Sentence, Source
from icsassess.view.findings.sources import Sources
from icsassess.view.findings.strengths import Step, Strength, strengths
from icsassess.workbook.signing.latest_merge import NewestMerge


class Limits(NamedTuple):
    """How much a paper has room for: characters of a quotation or an action, and partners named in one sentence."""

    reason: int
    figures: int
    evidence: int
    action: int
    names: int
    late: int


class Account:
    """One merge, to be told in a paper."""

    def __init__(self, latest: NewestMerge, limits: Mapping[str, int]) -> None:
        self.latest = latest
        self.limits = Limits(**{name: limits[name] for name in Limits._fields})
        self.view = View(latest.merged)
        self.locality = latest.merged.locality
        self.settings = self.locality.settings
        self.sources = Sources(self.view)
        self.hearing = Hearing()
        self.phrases = Wording("phrases")

    @cached_property
    def concerns(self) -> list[Concern]:
        """The statements with Red judgements by weight."""
        return concerns(self.view)

    @cached_property
    def strengths(self) -> dict[Step, list[Strength]]:
        """The strengths by how sure they are."""
        return strengths(self.view)

    @cached_property
    def looks(self) -> list[SecondLook]:
        """The agreed ratings to look at again."""
        return second_looks(self.view)

    @cached_property
    def late(self) -> list[ShownAction]:
        """The late actions."""
        return [action for action in self.view.actions if action.state == OVERDUE]

    @property
    def as_at(self) -> str:
        """The as-at date in words."""
        return day_in_words(self.latest.merged.as_at)

    @property
    def is_signed(self) -> bool:
        """Whether this very merge is signed."""
        return self.latest.signed is not None

    @property
    def age_allowed(self) -> tuple[Source, ...]:
        """The setting that says how old evidence may be."""
        months = self.settings.rules.evidence_max_age_months
        return self.sources.of_setting("evidence_max_age_months", months)

    @property
    def merged(self) -> tuple[Source, ...]:
        """The workbook of the merge, where its as-at date stands."""
        return (Source(f"merged/{self.latest.name}.xlsx", "Summary", "", self.as_at),)

    @property
    def framework(self) -> tuple[Source, ...]:
        """The framework's data file."""
        return (Source(f"{self.locality.framework.id}.toml", "", "", self.locality.framework.title),)

    def name(self, code: str) -> str:
        """Give what a partner is called in running text."""
        return name_of(self.view, code)

    def names(self, codes: Iterable[str]) -> str:
        """Give several partners as a sentence lists them."""
        return names_of(self.view, codes, self.limits.names)

    def heard(self, line: ShownLine, partners: Sequence[str], most: int) -> list[Explanation]:
        """Give why so many of these partners rate a line as they do: those that were heard least so far."""
        longest = (self.limits.reason, self.limits.figures)
        return heard_in_turn(self.sources, line, partners, self.hearing, most, longest)

    def voice(self, key: str, one: Explanation, **words: object) -> Sentence:
        """Give what a partner says, in a sentence that quotes it."""
        quotations = one.quotations
        text = self.phrases.say(
            key, partner=self.name(one.partner), quotations="; ".join(each.in_marks for each in quotations), **words
        )
        return Sentence(text, tuple(each.source for each in quotations))


def on_day(phrases: Wording, key: str, day: datetime.date | None) -> str:
    """Give ‘ on 5 January 2024’, ``""`` where the day is not known."""
    return phrases.say(key, day=day_in_words(day)) if day else ""
