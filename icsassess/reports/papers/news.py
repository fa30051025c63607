"""What moved since the last report: partners that rate worse or better than before, and actions done with evidence.

What the group decided is no news, and a return that came is none: only the same partner, heard both times, gets worse
or better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icsassess.assessment.actions.names import GROUP
from icsassess.assessment.events.model import Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.assessment.history.record import Record
from icsassess.domain import rag
from icsassess.reports.papers.account import Account
from icsassess.reports.papers.risks import early_agreements, look_in_sentences
from icsassess.reports.papers.wording import Wording
from icsassess.view.findings.explanations import explanation
from icsassess.view.findings.names import begin, kind_of, titled
from icsassess.view.findings.quotations import shortened
from icsassess.view.findings.sentence import Sentence, Source

Item = tuple[str, Sequence[Sentence]]


@dataclass(frozen=True)
class News:
    """The events between two merges, for the newer one, with its actions by their names."""

    account: Account
    flash: Wording
    events: Sequence[Event]
    actions: Mapping[str, PastAction]
    compared: Record | None = None

    def emerging_risks(self, most: int) -> list[Item]:
        """Tell the agreed ratings under which a partner got worse, then where else a partner rates worse."""
        looks = [look for look in self.account.looks if look.worse]
        items: list[Item] = [(f"{titled(look.line.line)}.", look_in_sentences(self.account, look)) for look in looks]
        agreed = {look.line.line.ref for look in looks}
        items += [self._moved(event, "emerging.moved") for event in self._of("partner fell") if event.ref not in agreed]
        rest = len(items) - most
        items = items[:most]
        if rest > 0:
            items.append(("", [Sentence(self.flash.say("emerging.more", rest))]))
        if early := early_agreements(self.account):
            items.append(("", early))
        return items

    def better(self) -> list[Item]:
        """Tell where a partner rates better than before."""
        return [self._moved(event, "news.better") for event in self._of("partner rose")]

    def done(self) -> list[Item]:
        """Tell which actions were done, with evidence."""
        return [self._done(event) for event in self.events if event.kind == "action evidenced" and event.action]

    def _of(self, kind: str) -> list[Event]:
        """Give the events of a kind between two ratings, of lines that there are, in the framework's order."""
        refs, order = list(self.account.view.line_by_ref), rag.vocabulary().ordered
        events = [one for one in self.events if one.kind == kind and one.ref in refs and one.partner]
        rated = [one for one in events if one.was in order and one.current in order]
        return sorted(rated, key=lambda event: refs.index(str(event.ref)))

    def _moved(self, event: Event, key: str) -> Item:
        line, partner = self.account.view.line_by_ref[str(event.ref)], str(event.partner)
        limits = self.account.limits
        one = explanation(self.account.sources, line, partner, (limits.reason, limits.figures))
        words = {"kind": kind_of(line.line), "was": event.was, "current": event.current}
        quotations = one.quotations
        text = self.flash.say(
            key if quotations else f"{key}_silent",
            partner=self.account.name(partner),
            quotations="; ".join(each.in_marks for each in quotations),
            **words,
        )
        cells = (*(each.source for each in quotations), *self.account.sources.of_partners(line, str(event.current)))
        return f"{line.line.statement.title}.", [Sentence(text, (*cells, *self._before(event)))]

    def _before(self, event: Event) -> tuple[Source, ...]:
        """Give the merge in which a partner's earlier rating stands."""
        if self.compared is None:
            return ()
        file = f"history/{self.compared.path.name}"
        return (Source(file, "", f"{event.ref}, {event.partner}", str(event.was)),)

    def _done(self, event: Event) -> Item:
        action = self.actions[str(event.action)]
        who = GROUP if action.proposed_by == GROUP else action.proposed_by
        words = shortened(action.action, self.account.limits.action)
        sentence = self.flash.say("news.evidenced", partner=begin(self.account.name(who)), action=words)
        shown = next((one for one in self.account.view.actions if one.id == event.action), None)
        cells = self.account.sources.of_action(shown, "evidenced_by") if shown else ()
        line = self.account.view.line_by_ref.get(event.ref or "")
        return f"{line.line.statement.title}." if line else "", [Sentence(sentence, cells)]
