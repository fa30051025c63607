"""Where evidence stood before: the same words in the same return, or almost the same anywhere."""

from collections.abc import Sequence
from typing import NamedTuple

from icsassess.support.text import words_once
from icsassess.tables.records import TypedEntry

# Shorter answers (‘See above’, ‘Annual report’) are rightly repeated.
_SHORTEST = 40


class Repeated(NamedTuple):
    """Where an entry's evidence stood before: ``same_as`` to the word, ``like`` almost, ``alike`` in per cent."""

    same_as: str
    like: str
    alike: int


def repeated_evidence(entries: Sequence[TypedEntry]) -> list[Repeated]:
    """Give for each entry where its evidence stood before, ``""`` and 0 for nowhere.

    The entries of a file stand one after the other.
    """
    # Only here: it needs numpy, which reading, the rules and feedback do without.
    from icsassess.returns.similarity.near_duplicates import find_near_duplicates

    plain = [words_once(entry.evidence) if len(entry.evidence) >= _SHORTEST else "" for entry in entries]
    same_as = _same_before(entries, plain)
    like, alike = [""] * len(entries), [0] * len(entries)
    similar = find_near_duplicates(plain, [(entry.partner, entry.file) for entry in entries])
    for number, (earlier, per_cent) in similar.items():
        entry = entries[earlier]
        line = f" for {entry.ref}" if entry.ref else ""
        like[number] = f"the evidence of {entry.partner}{line} ({entry.sheet}, {entry.place.cell('evidence')})"
        alike[number] = per_cent
    return list(map(Repeated, same_as, like, alike))


def _same_before(entries: Sequence[TypedEntry], plain: Sequence[str]) -> list[str]:
    """Give where the same words stood before in the same return; ``plain`` is ‘’ for what is rightly repeated."""
    before = []
    first: dict[tuple[str, str], TypedEntry] = {}
    for entry, text in zip(entries, plain, strict=True):
        earlier = first.setdefault((entry.file, text), entry) if text else entry
        is_one = earlier is entry or (earlier.sheet == entry.sheet and earlier.row == entry.row)
        before.append("" if is_one else f"{earlier.sheet}, {earlier.place.cell('evidence')}")
    return before
