"""Events of ratings: what a partner changed, and what the group decided. Never what a new return brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icsassess.assessment.events.comparison import Comparison, combined, direction, rating_in_words
from icsassess.assessment.events.model import GROUP_DECIDED, PARTNER_CHANGED, SETTINGS_CHANGED, Cause, Event
from icsassess.assessment.events.snapshot import PastLine
from icsassess.domain import rag

_LINE_KINDS = {
    "rose": "rating rose",
    "fell": "rating fell",
    "gone": "rating gone",
    "rated": "rated",
    "changed": "rating changed",
}
_PARTNER_KINDS = {"rose": "partner rose", "fell": "partner fell", "rated": "partner rated"}


def rating_events(comparison: Comparison) -> Iterator[Event]:
    """Give the events of lines' and partners' ratings.

    A line fell or rose where the partners heard both times make something else of it than they did. What the group
    decided is an event of its own, neither good news nor bad.
    """
    for was, line in comparison.lines():
        yield from _partners(comparison, was, line)
        yield from _line(comparison, was, line)
        yield from _agreed(was, line)
        if line.changed_since_agreed and not was.changed_since_agreed and comparison.changed(line.ref):
            who = _by_whom(comparison.asked_twice(was, line), was, line)
            sentence = f"{line.title}: what partners say has changed since the group agreed {line.agreed}{who}."
            yield Event("changed since agreed", PARTNER_CHANGED, sentence, line.ref, current=line.agreed)


def _partners(comparison: Comparison, was: PastLine, line: PastLine) -> Iterator[Event]:
    for partner in comparison.asked_twice(was, line):
        before, current = was.ratings[partner], line.ratings[partner]
        if before != current:
            kind = _PARTNER_KINDS.get(direction(before, current), "partner changed")
            sentence = f"{line.title}: {partner} went from {_typed(was, partner)} to {_typed(line, partner)}."
            yield Event(kind, PARTNER_CHANGED, sentence, line.ref, partner, before, current)


def _line(comparison: Comparison, was: PastLine, line: PastLine) -> Iterator[Event]:
    """Give how a line moved that the group has agreed neither before nor now: an agreed rating stays by itself."""
    if was.agreed or line.agreed:
        return
    asked = comparison.asked_twice(was, line)
    before = combined(was, asked, comparison.old.combine)
    by_partners = combined(line, asked, comparison.old.combine)
    by_rule = combined(line, asked, comparison.new.combine)
    if by_partners != before:
        yield _moved(was, line, before, by_partners, _by_whom(asked, was, line), PARTNER_CHANGED)
    if by_rule != by_partners:
        yield _moved(was, line, by_partners, by_rule, ": ratings are combined in another way", SETTINGS_CHANGED)
    elif by_partners == before and _is_moved_by_settings(comparison, was, line):
        yield _moved(was, line, was.rating, line.rating, ": the settings are others", SETTINGS_CHANGED)


def _is_moved_by_settings(comparison: Comparison, was: PastLine, line: PastLine) -> bool:
    """Tell whether a line has another rating although nobody says anything else of it, and no return came or went."""
    if was.rating == line.rating or not (was.states and line.states) or comparison.changed(line.ref):
        return False
    return not (comparison.came | comparison.gone) & {*was.ratings, *line.ratings}


def _by_whom(asked: Sequence[str], was: PastLine, line: PastLine) -> str:
    """Name in brackets the partners that say something else of a line, and what; ``""`` where only words changed."""
    movements = [movement for partner in asked if (movement := _movement(partner, was, line))]
    return f" ({', '.join(movements)})" if movements else ""


def _movement(partner: str, was: PastLine, line: PastLine) -> str:
    before, current = was.ratings[partner], line.ratings[partner]
    if before != current:
        return f"{partner} {_typed(was, partner)} → {_typed(line, partner)}"
    was_explained, is_explained = (partner not in (one.unsettled or ()) for one in (was, line))
    if was_explained == is_explained:
        return ""
    return f"{partner} {'says' if is_explained else 'no longer says'} why it does not apply"


def _moved(was: PastLine, line: PastLine, before: str | None, current: str | None, why: str, cause: Cause) -> Event:
    how = direction(before, current)
    verb = how if how in ("rose", "fell") else "went"
    whole = (before, current) == (was.rating, line.rating)
    among = "" if whole else " among the partners heard both times"
    sentence = f"{line.title} {verb} from {_words(before)} to {_words(current)}{among}{why}."
    return Event(_LINE_KINDS[how], cause, sentence, line.ref, None, before, current)


def _agreed(was: PastLine, line: PastLine) -> Iterator[Event]:
    if was.agreed == line.agreed:
        return
    if line.agreed:
        before = f"; before it was {_words(was.rating)}" if was.rating != line.agreed else ""
        sentence = f"{line.title}: the group agreed {line.agreed}{before}."
        yield Event("agreed", GROUP_DECIDED, sentence, line.ref, None, was.rating, line.agreed)
    else:
        sentence = f"{line.title}: the group took back its agreed rating, {was.agreed}."
        yield Event("agreement taken back", GROUP_DECIDED, sentence, line.ref, None, was.agreed, line.rating)


def _typed(line: PastLine, partner: str) -> str:
    """Give what a partner says in words: what was typed and not understood is not called blank."""
    not_understood = rag.vocabulary().absent.not_understood
    if line.states.get(partner, "").startswith(not_understood):
        return not_understood.lower()
    return _words(line.ratings[partner])


def _words(rating: str | None) -> str:
    return rating_in_words(None if rating == rag.NO_RETURN else rating)
