"""What returns brought that came since: against what the partners heard both times make of each line now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from icsassess.assessment.events.comparison import Comparison, combined, direction
from icsassess.support.text import count, listing

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def brought_by(comparison: Comparison, partner: str) -> str:
    """Say what one partner's first return brought, ``""`` where it moved nothing and proposes nothing."""
    moved = _moved(comparison, {partner})
    what = {"fell": "worse than the others had put", "rose": "better than the others had put"}
    parts = [
        f"{_are(moved[how], 'line')} {words} {'it' if moved[how] == 1 else 'them'}"
        for how, words in what.items()
        if moved[how]
    ]
    if moved["rated"]:
        parts.append(f"{_are(moved['rated'], 'line')} rated that the others had left open")
    if moved["again"]:
        parts.append(f"{_are(moved['again'], 'agreed rating')} to be looked at again")
    if actions := sum(action.proposed_by == partner for action in comparison.new.actions.values()):
        parts.append(f"{_are(actions, 'action')} proposed")
    return f"; with it {listing(parts)}" if parts else ""


def arrivals_in_words(comparison: Comparison) -> str:
    """Say in one sentence how many returns came and what they made of the ratings, ``""`` where none came.

    For example ``6 returns came; with them 21 ratings are worse than two partners alone had put them.``
    """
    came, heard = len(comparison.came), len(comparison.heard_twice)
    if not came:
        return ""
    moved = _moved(comparison, comparison.came)
    worse, better = moved["fell"], moved["rose"]
    sentence = f"{count(came, 'return')} came"
    if worse or better:
        by = [f"{number} {how}" for number, how in ((worse, "worse"), (better, "better")) if number]
        by[0] = f"{_are(worse or better, 'rating')} {by[0].split()[1]}"
        alone = f"{_NUMBERS[heard] if heard < len(_NUMBERS) else heard} {'partner' if heard == 1 else 'partners'} alone"
        sentence += f"; with {'it' if came == 1 else 'them'} {' and '.join(by)} than {alone} had put "
        sentence += "it" if worse + better == 1 else "them"
    return f"{sentence}."


def _are(number: int, one: str) -> str:
    return f"{count(number, one)} {'is' if number == 1 else 'are'}"


def _moved(comparison: Comparison, came: Collection[str]) -> Counter[str]:
    """Count the lines by what the partners that came make of them beside those heard both times.

    A rating that the group agreed stays; ``again`` counts those whose ground moved by these returns alone.
    """
    moved: Counter[str] = Counter()
    for line in comparison.new.lines.values():
        others = [partner for partner in line.ratings if partner in comparison.heard_twice]
        newly = [partner for partner in line.ratings if partner in came]
        was = comparison.old.lines.get(line.ref)
        if line.agreed:
            is_new = line.changed_since_agreed and not (was and was.changed_since_agreed)
            answers = any(line.ratings[partner] for partner in newly)
            moved["again"] += is_new and answers and not comparison.changed(line.ref)
        elif newly:
            without = combined(line, others, comparison.new.combine)
            moved[direction(without, combined(line, [*others, *newly], comparison.new.combine))] += 1
    return moved
