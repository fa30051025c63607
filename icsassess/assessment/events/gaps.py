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

    A gap that only a return opened that came, or closed that went, is told with that return.
    """
    for ref in [ref for ref in comparison.new.lines if ref in comparison.old.lines]:
        was, gap = comparison.old.gaps.get(ref), comparison.new.gaps.get(ref)
        title = comparison.new.lines[ref].title
        if was is None and gap is not None:
            cause = _cause(comparison, ref, gap)
            if cause is not RETURN_CAME:
                reasons = ", ".join(gap.reasons)
                yield Event("gap opened", cause, f"{title} became a gap: {reasons}.", ref, current=reasons)
        elif was is not None and gap is None:
            cause = _cause(comparison, ref, was)
            if cause not in (RETURN_CAME, RETURN_GONE):
                reasons = ", ".join(was.reasons)
                yield Event("gap closed", cause, f"{title} is no gap any more (was: {reasons}).", ref, was=reasons)
        elif was is not None and gap is not None and was.covered != gap.covered:
            yield _covered(title, ref, is_covered=gap.covered)


def _covered(title: str, ref: str, *, is_covered: bool) -> Event:
    if is_covered:
        sentence = f"{title}: the group finds that the actions together cover what is missing."
        return Event("gap covered", GROUP_DECIDED, sentence, ref, current="Yes")
    sentence = f"{title}: the group no longer says that the actions cover what is missing."
    return Event("gap not covered", GROUP_DECIDED, sentence, ref, was="Yes")


def _cause(comparison: Comparison, ref: str, gap: PastGap) -> Cause:
    """Tell what opened or closed a gap: the group's decision, else a partner, a return, time, or the settings."""
    was, line = comparison.old.lines[ref], comparison.new.lines[ref]
    if was.agreed != line.agreed:
        return GROUP_DECIDED
    changed = comparison.changed(ref)
    if changed & set(gap.partners) or (changed and not gap.partners):
        return PARTNER_CHANGED
    if comparison.came & set(line.ratings):
        return RETURN_CAME
    if comparison.gone & set(was.ratings):
        return RETURN_GONE
    if changed:
        return PARTNER_CHANGED
    return TIME_PASSED if set(gap.reasons) <= {STALE} else SETTINGS_CHANGED
