"""What moved, as a flash report tells it: emerging risks and good news, with titles of lines and names of partners.

What the group decided is neither, and a return that came is no news of its own: only the same partner, heard both
times, gets worse or better.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from icsassess.assessment.events.comparison import rating_in_words
from icsassess.assessment.events.model import PARTNER_CHANGED, Event
from icsassess.assessment.events.snapshot import PastAction
from icsassess.reports.papers.wording import say
from icsassess.support.text import clip, listing
from icsassess.view.assessment_view import View

_OF_RATINGS = ("partner fell", "partner rose", "partner rated", "partner changed")
_LONGEST_ACTION = 70


@dataclass(frozen=True)
class News:
    """The events between two merges, for the view of the newer one, with its actions by their names."""

    view: View
    events: Sequence[Event]
    actions: Mapping[str, PastAction]

    def emerging_risks(self) -> list[str]:
        """Give a sentence for each line that a partner rates worse, or whose agreed rating has lost its ground."""
        worse = self._refs("changed since agreed") | self._refs("partner fell")
        return [self._emerging(ref) for ref in self._in_order(worse)]

    def good_news(self) -> list[str]:
        """Give a sentence for each line that a partner rates better or closed, then for each action that was done."""
        closed = self._refs("gap closed", PARTNER_CHANGED)
        worse = self._refs("changed since agreed") | self._refs("partner fell")
        better = (self._refs("partner rose") | closed) - worse
        lines = [self._better(ref, is_closed=ref in closed) for ref in self._in_order(better)]
        return [*lines, *self._done()]

    def _refs(self, kind: str, cause: str = "") -> set[str]:
        return {e.ref for e in self.events if e.kind == kind and e.ref and (not cause or e.cause == cause)}

    def _in_order(self, refs: Collection[str]) -> list[str]:
        return [ref for ref in self.view.line_by_ref if ref in refs]

    def title(self, ref: str) -> str:
        """Give a line's title, with its reference in brackets at the end."""
        line = self.view.line_by_ref[ref].line
        category = line.category.title
        return f"{line.statement.title}: {category[:1].lower()}{category[1:]} ({ref})"

    def _name(self, code: str | None) -> str:
        if code is None:
            return say("flash", "group")
        return next((partner.name for partner in self.view.partners if partner.code == code), code)

    def _moves(self, ref: str, kinds: Collection[str]) -> str:
        return listing(
            [
                say(
                    "flash",
                    "moved",
                    partner=self._name(event.partner),
                    was=rating_in_words(event.was),
                    current=rating_in_words(event.current),
                )
                for event in self.events
                if event.ref == ref and event.kind in kinds
            ],
            most=3,
        )

    def _emerging(self, ref: str) -> str:
        agreed = next((e.current for e in self.events if e.ref == ref and e.kind == "changed since agreed"), None)
        if agreed is None:
            return say("flash", "line", title=self.title(ref), what=self._moves(ref, ("partner fell",)))
        what = self._moves(ref, _OF_RATINGS) or say("flash", "other_words")
        return say("flash", "look_again", title=self.title(ref), agreed=agreed, what=what)

    def _better(self, ref: str, *, is_closed: bool) -> str:
        what = [self._moves(ref, ("partner rose",)), say("flash", "no_gap") if is_closed else ""]
        return say("flash", "line", title=self.title(ref), what="; ".join(filter(None, what)))

    def _done(self) -> Iterator[str]:
        evidenced = {event.action for event in self.events if event.kind == "action evidenced"}
        for event in self.events:
            is_delivered = event.kind == "action delivered" and event.action not in evidenced
            if event.action and (is_delivered or event.kind == "action evidenced"):
                yield say(
                    "flash",
                    "delivered" if is_delivered else "evidenced",
                    title=self.title(event.ref) if event.ref in self.view.line_by_ref else event.action,
                    action=clip(self.actions[event.action].action, _LONGEST_ACTION).rstrip("."),
                    partner=self._name(event.partner),
                )
