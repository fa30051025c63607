"""Events counted, in the words of ``templates/events.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from icsassess.assessment.events.model import KINDS, Event
from icsassess.support.data_files import shipped_toml


def counted(events: Iterable[Event], most: int = len(KINDS)) -> str:
    """Give how many events there are of each kind, ‘1 rating fell, 3 gaps opened’; ``""`` where there are none.

    Of more than ``most`` kinds the first are named, which are the most important.
    """
    numbers, words = Counter(event.kind for event in events), shipped_toml("events.toml")
    phrases = [
        words[kind]["one" if numbers[kind] == 1 else "many"].format(n=numbers[kind])
        for kind in KINDS
        if numbers[kind] and kind in words
    ]
    return ", ".join(phrases[:most]) + (" and more" if len(phrases) > most else "")
