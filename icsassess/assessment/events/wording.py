"""Events counted, in the words of ``templates/events.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from icsassess.assessment.events.model import KINDS, Event
from icsassess.support.data_files import shipped_toml


def counted(events: Iterable[Event], kinds: Iterable[str] = KINDS) -> str:
    """Give how many events there are of each kind, ‘1 rating fell, 3 gaps opened’; ``""`` where there are none."""
    numbers, words = Counter(event.kind for event in events), shipped_toml("events.toml")
    return ", ".join(
        words[kind]["one" if numbers[kind] == 1 else "many"].format(n=numbers[kind])
        for kind in kinds
        if numbers[kind] and kind in words
    )
