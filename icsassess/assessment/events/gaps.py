"""Events of gaps: opened and closed, where a partner, the group, time or the settings did it."""

from __future__ import annotations

from collections.abc import Iterator

from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import (
    GROUP_DECIDED,
    PARTNER_CHANGED,
    RETURN_CAME,
    RETURN_GONE,
    SETTINGS_CHANGED,
    TIME_PASSED,
    Cause,
    Event,
)
from icsassess.assessment.events.snapshot import PastGap

STALE = "stale evidence"


def gap_events(comparison: Comparison) -> Iterator[Event]:
    """Give the gaps that opened and closed, and those that the group called covered.

    A gap that only a return opened or closed that came or went is told with that return.
    """
    for ref in [ref for ref in comparison.new.lines if ref in comparison.old.lines]:
        was, gap = comparison.old.gaps.get(ref), comparison.new.gaps.get(ref)
        title = comparison.new.lines[ref].title
        if was is not None and gap is not None:
            if was.covered != gap.covered:
                yield _covered(title, ref, is_covered=gap.covered)
        elif changed := gap or was:
            cause = _cause(comparison, ref, changed, opened=gap is not None)
            reasons = ", ".join(changed.reasons)
            if cause in (RETURN_CAME, RETURN_GONE):
                continue
            if gap is not None:
                yield Event("gap opened", cause, f"{title} has become a gap: {reasons}.", ref, current=reasons)
            else:
                yield Event("gap closed", cause, f"{title} is no longer a gap; before: {reasons}.", ref, was=reasons)


def _covered(title: str, ref: str, *, is_covered: bool) -> Event:
    if is_covered:
        sentence = f"{title}: the group finds that the actions together cover what is missing."
        return Event("gap covered", GROUP_DECIDED, sentence, ref, current="Yes")
    sentence = f"{title}: the group no longer says that the actions cover what is missing."
    return Event("gap not covered", GROUP_DECIDED, sentence, ref, was="Yes")


def _cause(comparison: Comparison, ref: str, gap: PastGap, *, opened: bool) -> Cause:
    """Tell what opened or closed a gap: the group's decision, else a partner, a return, time, or the settings."""
    was, line = comparison.old.lines[ref], comparison.new.lines[ref]
    if was.agreed != line.agreed:
        return GROUP_DECIDED
    of_gap, changed = frozenset(gap.partners), comparison.changed(ref)
    if changed & of_gap or (changed and not of_gap):
        return PARTNER_CHANGED
    later = comparison.new.as_at > comparison.old.as_at
    if opened and later and gap.reasons == (STALE,) and (not of_gap or of_gap & comparison.heard_twice):
        return TIME_PASSED
    if comparison.came & ((of_gap if opened else None) or line.ratings.keys()):
        return RETURN_CAME
    if comparison.gone & was.ratings.keys():
        return RETURN_GONE
    # A record without words does not say who changed what beside its rating: but somebody did.
    by_partner = changed or comparison.resent & (of_gap or line.ratings.keys()) or not line.states
    return PARTNER_CHANGED if by_partner else SETTINGS_CHANGED
