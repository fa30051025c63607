"""Which of several returns of one sender counts, and what of an earlier one that says more than the newest.

The newer return counts. Where it leaves blank what an earlier one answers, it may be all that the sender still has to
say, or the one part that was forgotten the first time: only the sender knows. Until somebody says so in
``locality.toml``, a blank is no answer: the newer one counts for every line that it answers, the earlier one for the
others, and a point asks. So nothing is lost whichever was meant, nothing is older than it has to be, and the figures do
not collapse; keeping the earlier one whole would hide a correction, and taking the newer whole would hide an answer.

What can be said under ``[which_counts]``: ``added`` (go on so, and do not ask), ``instead`` (the newer takes the place
of all before it), ``not`` (it does not count).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.whose import ADDED, INSTEAD, NOT
from icsassess.returns.checking.check import Checked
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count

_RATED, _SAYS_SOMETHING = 2, 1
_NOT_ANSWERS = frozenset({"partner", "file", "sheet", "row", "place", "completed_on", "same_as", "like", "alike"})


class Answers:
    """What returns answer: how much for each line, and all of it in a form that can be compared."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    @cached_property
    def by_line(self) -> dict[str, dict[str, int]]:
        """By file and line: 2 where it is rated (also in words that were not understood), 1 where it says something."""
        levels: dict[str, dict[str, int]] = defaultdict(dict)
        for line in self._checked.lines:
            if line.rating or not line.understood:
                levels[line.file][line.ref] = _RATED
            elif line.entries:
                levels[line.file][line.ref] = _SAYS_SOMETHING
        return levels

    @cached_property
    def content(self) -> dict[str, frozenset[tuple[object, ...]]]:
        """By file all that its entries say, wherever it stands."""
        content: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        for entry in self._checked.entries:
            values = zip(entry._fields, entry, strict=True)
            content[entry.file].add(tuple(str(value) for name, value in values if name not in _NOT_ANSWERS))
        return {file: frozenset(entries) for file, entries in content.items()}


class Candidate(NamedTuple):
    """A return, and what ``locality.toml`` says of it; None where that says nothing."""

    read: ReadReturn
    ruling: str | None
    answers: Answers

    @property
    def levels(self) -> dict[str, int]:
        """How much it answers, by line."""
        return self.answers.by_line.get(self.read.file, {})

    @property
    def rated(self) -> int:
        """How many lines it rates."""
        return sum(level == _RATED for level in self.levels.values())


@dataclass
class Choice:
    """What becomes of a return: it counts, for ``lines`` only where these are named; or another does in its place.

    ``newer`` are the names of the returns that leave these lines blank; ``answered_elsewhere`` are the lines that it
    leaves blank itself and an earlier one answers.
    """

    read: ReadReturn
    in_place_of: str | None = None
    lines: frozenset[str] | None = None
    newer: list[str] = field(default_factory=list)
    answered_elsewhere: set[str] = field(default_factory=set)
    points: list[Problem] = field(default_factory=list)


def choose(candidates: Sequence[Candidate], sender: str) -> list[Choice]:
    """Give what becomes of each return of one sender, by whose name messages call it; ``candidates`` by file."""
    choices = {one.read.file: Choice(one.read) for one in candidates}
    counting = []
    for one in candidates:
        if one.ruling == NOT:
            choices[one.read.file].in_place_of = "It does not count: locality.toml says so."
        else:
            counting.append(one)
    different = list(_without_copies(counting, choices))
    if different:
        _by_age(different, choices, sender)
    return list(choices.values())


def _without_copies(candidates: Sequence[Candidate], choices: dict[str, Choice]) -> Iterable[Candidate]:
    """Leave out files that are the same as another, byte by byte or in all that they say."""
    by_bytes: dict[str, Candidate] = {}
    for one in candidates:
        first = by_bytes.setdefault(one.read.sha256, one)
        if first is not one:
            _is_a_copy(choices[one.read.file], first)
    by_content: dict[object, Candidate] = {}
    several = len(by_bytes) > 1
    for one in sorted(by_bytes.values(), key=_age_among(list(by_bytes.values())), reverse=True) if several else ():
        first = by_content.setdefault(one.answers.content.get(one.read.file), one)
        if first is not one:
            _is_a_copy(choices[one.read.file], first)
    return by_content.values() if several else by_bytes.values()


def _is_a_copy(choice: Choice, first: Candidate) -> None:
    choice.in_place_of = f"The same as {first.read.file}."
    choice.points.append(make_problem("same-file-twice", other=first.read.file))


def _by_age(candidates: list[Candidate], choices: dict[str, Choice], sender: str) -> None:
    """Let the newest count; of each earlier one what all newer ones leave blank, unless these take its place."""
    by_date = sorted(candidates, key=_age_among(candidates), reverse=True)
    ordered = sorted(by_date, key=lambda one: not _is_said_to_be_newer(one, by_date[0]))
    newest = ordered[0]
    levels, newer = dict(newest.levels), [newest]
    points = choices[newest.read.file].points
    for one in ordered[1:]:
        unclear = "" if newest.ruling else _unclear(newest.read, one.read)
        why = unclear or _why(newest, one.read)
        lines = frozenset(ref for ref, level in one.levels.items() if level > levels.get(ref, 0))
        if lines and all(each.ruling != INSTEAD for each in newer):
            choice = choices[one.read.file]
            choice.lines, choice.newer = lines, [_name(each) for each in newer]
            levels |= {ref: one.levels[ref] for ref in lines}
            for each in newer:
                choices[each.read.file].answered_elsewhere |= lines - each.levels.keys()
            if newest.ruling != ADDED and not unclear:
                points.append(_answers_less(newest, one, lines, sender))
            newer.append(one)
        else:
            choices[one.read.file].in_place_of = f"{newest.read.file} was used: {why}."
        if unclear or not choices[one.read.file].lines:
            code = "same-partner-unclear" if unclear else "same-partner-twice"
            points.append(
                make_problem(
                    code,
                    partner=newest.read.partner or "",
                    sender=sender,
                    other=one.read.file,
                    used=newest.read.file,
                    why=why,
                    file_name=_name(newest),
                    other_name=_name(one),
                )
            )


def _answers_less(newest: Candidate, earlier: Candidate, lines: frozenset[str], sender: str) -> Problem:
    return make_problem(
        "newer-return-answers-less",
        found=count(newest.rated, "rated line"),
        sender=sender,
        file_name=_name(newest),
        other_name=_name(earlier),
        number=count(newest.rated, "rated line"),
        earlier=f"{earlier.rated:,}",
        blank=count(len(lines), "line"),
    )


def _name(one: Candidate) -> str:
    return PurePosixPath(one.read.file).name


def _is_said_to_be_newer(one: Candidate, newest: Candidate) -> bool:
    """Tell whether it is the newest, or ``locality.toml`` says so where the dates do not."""
    if newest.ruling:
        return one is newest
    return one.ruling in (ADDED, INSTEAD) and bool(_unclear(newest.read, one.read))


def _age_among(candidates: list[Candidate]) -> Callable[[Candidate], tuple[str, str, int, str]]:
    """Give what orders returns: the cover's date where all have one, then the file's; without it the file's first.

    Of two with the same dates the one that answers more is taken for the newer.
    """
    covers = all(one.read.completed_on for one in candidates)

    def age(one: Candidate) -> tuple[str, str, int, str]:
        cover = one.read.completed_on.isoformat() if one.read.completed_on else ""
        dates = (cover, one.read.modified) if covers else (one.read.modified, cover)
        return (*dates, sum(one.levels.values()), one.read.file)

    return age


def _unclear(newest: ReadReturn, other: ReadReturn) -> str:
    """Say why it cannot be told which of two is the newer, ``""`` where it can: a tie, or dates that contradict."""
    if newest.completed_on == other.completed_on:
        return "" if newest.modified != other.modified else "both have the same dates"
    if newest.completed_on is None or other.completed_on is None:
        return "" if newest.modified[:10] != other.modified[:10] else "only one of the two has a date on its cover"
    if newest.modified and other.modified and newest.modified[:10] < other.modified[:10]:
        return (
            f"the cover of ‘{newest.file}’ has the later date, {newest.completed_on:%d/%m/%Y}, "
            f"but the file ‘{other.file}’ was changed later, on {_day(other.modified)}"
        )
    return ""


def _why(newest: Candidate, other: ReadReturn) -> str:
    read = newest.read
    if newest.ruling:
        return "locality.toml says so"
    if read.completed_on and other.completed_on and read.completed_on != other.completed_on:
        return f"its cover is dated {read.completed_on:%d/%m/%Y}"
    return f"the file was last changed on {_day(read.modified)}" if read.modified else "neither has a date"


def _day(moment: str) -> str:
    return "/".join(reversed(moment[:10].split("-")))
