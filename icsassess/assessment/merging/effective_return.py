"""Which file counts as a partner's return where there are several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Set
from typing import NamedTuple

from icsassess.domain.problems import Problem, point
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import words

RECEIVED = "received"
OUTSTANDING = "outstanding"
REFUSED = "refused"
SUPERSEDED = "superseded"


class Standing(NamedTuple):
    """What became of a file, in the contract's words, and why."""

    state: str
    remark: str = ""


def standings(reads: list[ReadReturn], with_many: Set[str] = frozenset()) -> dict[str, Standing]:
    """Give what became of each file; returns that stand twice or were superseded get a point that says so.

    The newer return of a partner counts: by the date on its cover, then by the date the file itself gives for its
    last change. Of the partners in ``with_many`` the newest return of each organisation counts, told apart by the
    organisation on the cover. The order in which files are given does not matter.
    """
    found = {read.file: Standing(REFUSED, read.problems[0].message) for read in reads if read.refused}
    by_sender: dict[tuple[str, str], list[ReadReturn]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: read.file):
        if not read.refused:
            organisation = words(read.organisation) or read.file if read.partner in with_many else ""
            by_sender[read.partner or "", organisation].append(read)
    for returns in by_sender.values():
        different: dict[str, ReadReturn] = {}
        for read in returns:
            first = different.setdefault(read.sha256, read)
            if first is not read:
                read.problems.append(_of(read, point("same-file-twice", other=first.file)))
                found[read.file] = Standing(SUPERSEDED, f"The same as {first.file}.")
        found |= _newest_counts(list(different.values()))
    return found


def _newest_counts(returns: list[ReadReturn]) -> dict[str, Standing]:
    newest = max(returns, key=_age_among(returns))
    found = {newest.file: Standing(RECEIVED)}
    for read in returns:
        if read is newest:
            continue
        unclear = _unclear(newest, read)
        why = unclear or _why(newest, read)
        code = "same-partner-unclear" if unclear else "same-partner-twice"
        newest.problems.append(
            _of(newest, point(code, partner=newest.partner or "", other=read.file, used=newest.file, why=why))
        )
        found[read.file] = Standing(SUPERSEDED, f"{newest.file} was used: {why}.")
    return found


def _age_among(returns: list[ReadReturn]) -> Callable[[ReadReturn], tuple[str, str, str]]:
    """Give what orders returns: the cover's date where all have one, then the file's; without it the file's first."""
    covers = all(read.completed_on for read in returns)

    def age(read: ReadReturn) -> tuple[str, str, str]:
        cover = read.completed_on.isoformat() if read.completed_on else ""
        return (cover, read.modified, read.file) if covers else (read.modified, cover, read.file)

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


def _why(newest: ReadReturn, other: ReadReturn) -> str:
    if newest.completed_on and other.completed_on and newest.completed_on != other.completed_on:
        return f"its cover is dated {newest.completed_on:%d/%m/%Y}"
    return f"the file was last changed on {_day(newest.modified)}" if newest.modified else "neither has a date"


def _day(moment: str) -> str:
    return "/".join(reversed(moment[:10].split("-")))


def _of(read: ReadReturn, problem: Problem) -> Problem:
    return problem.of(file=read.file, partner=read.partner)
