"""The returns that came in one mail or archive, looked at together once they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from icsassess.domain.problems import make_problem
from icsassess.returns.reading.file.places import listing_of
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count

_NO_RETURN = {
    "not-a-return": "no table of a return in it",
    "return-blank": "a blank return",
    "file-not-a-workbook": "no table in it",
    "file-without-sheets": "no worksheet in it",
}
"""What is no fault where a return lies beside it: a mail brings a list of contacts along, or the blank it answers."""


def settle_enclosed(places: Sequence[Path], reads: Sequence[ReadReturn]) -> list[ReadReturn]:
    """Give the returns, without what only lay beside one in the same mail or archive and is none.

    The first return of each mail or archive gets a point that names what was not read.
    """
    groups: defaultdict[Path, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        if not place.is_file() and (file := next((above for above in place.parents if above.is_file()), None)):
            groups[file].append(number)
    left_out: set[int] = set()
    for file, numbers in groups.items():
        usable = [number for number in numbers if not reads[number].refused]
        if not usable:
            continue
        others = list(listing_of(file).others)
        for number in numbers:
            if reads[number].refused and reads[number].problems[0].code in _NO_RETURN:
                left_out.add(number)
                name = places[number].relative_to(file).as_posix()
                others.append((name, _NO_RETURN[reads[number].problems[0].code]))
        if others:
            from icsassess.returns.reading.file.wrapping import others_in_words

            more = {"number": count(len(others), "further file"), "were": "was" if len(others) == 1 else "were"}
            point = make_problem("envelope-holds-more", others=others_in_words(sorted(others)), **more)
            reads[usable[0]].problems.append(point)
    return [read for number, read in enumerate(reads) if number not in left_out]
