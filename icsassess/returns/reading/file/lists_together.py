"""A return that comes as several lists: Excel saves one sheet as CSV, and a return of three themes is three files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from icsassess.domain.problems import make_problem
from icsassess.returns.reading.compact import rows_by_line
from icsassess.returns.reading.file.places import JOINED, content_at
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import clip, listing

_LISTS = (".csv", ".tsv", ".txt")


def combine_lists(reads: Sequence[ReadReturn], folder: Path) -> list[ReadReturn]:
    """Give the returns; lists of one partner in one folder, mail or archive that have no line in common are one return.

    It goes by their names, and its sheets by the names of the files; ``folder`` is the locality's. Where two lists have
    a line in common, they are two answers, and stay two returns.
    """
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, read in enumerate(reads):
        path = PurePosixPath(read.file)
        if path.suffix.casefold() in _LISTS and not read.refused and read.partner is not None:
            groups[str(path.parent), read.partner].append(number)
    combined = list(reads)
    dropped: set[int] = set()
    for numbers in groups.values():
        of_group = [reads[number] for number in numbers]
        lines = [ref for read in of_group for ref in read.rows_of]
        if len(of_group) > 1 and len(lines) == len(set(lines)):
            combined[numbers[0]] = _one_of(of_group, folder)
            dropped.update(numbers[1:])
    return [read for number, read in enumerate(combined) if number not in dropped]


def _one_of(reads: Sequence[ReadReturn], folder: Path) -> ReadReturn:
    result = replace(reads[0], entries=[], rows_of={}, problems=[])
    rows = {}
    for read in reads:
        sheet = PurePosixPath(read.file).stem
        result.entries += [entry._replace(sheet=sheet) for entry in read.entries]
        for ref, places in rows_by_line(read.rows_of).items():
            rows[ref] = [(sheet, place) for _, place in places]
        result.problems += [replace(problem, sheet=problem.sheet and sheet) for problem in read.problems]
        result.completed_on = max(filter(None, (result.completed_on, read.completed_on)), default=None)
        result.modified = max(result.modified, read.modified)
    result.rows_of = rows
    result.problems = list(dict.fromkeys(result.problems))
    names = listing([f"‘{clip(PurePosixPath(read.file).name, 60)}’" for read in reads])
    result.problems.append(make_problem("lists-read-together", files=names))
    result.file = JOINED.join([reads[0].file, *(PurePosixPath(read.file).name for read in reads[1:])])
    result.sha256 = hashlib.sha256(b"".join(content_at(folder / read.file)[0] for read in reads)).hexdigest()
    return result
