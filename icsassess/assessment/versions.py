"""Which file counts as a partner's return where there are several."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from icsassess.problems import Problem, point
from icsassess.returns.read import ReadReturn
from icsassess.text import words

RECEIVED = "received"
OUTSTANDING = "outstanding"
REFUSED = "refused"
SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Standing:
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
    newest = max(returns, key=_age)
    found = {newest.file: Standing(RECEIVED)}
    for read in returns:
        if read is newest:
            continue
        tie = _age(read)[:2] == _age(newest)[:2]
        why = _why(newest)
        code = "same-partner-unclear" if tie else "same-partner-twice"
        newest.problems.append(
            _of(newest, point(code, partner=newest.partner or "", other=read.file, used=newest.file, why=why))
        )
        found[read.file] = Standing(SUPERSEDED, f"{newest.file} was used: {why}.")
    return found


def _age(read: ReadReturn) -> tuple[datetime.date, str, str]:
    return read.completed_on or datetime.date.min, read.modified, read.file


def _why(read: ReadReturn) -> str:
    if read.completed_on is not None:
        return f"its cover is dated {read.completed_on:%d/%m/%Y}"
    return f"the file was last changed on {read.modified[:10]}" if read.modified else "neither has a date"


def _of(read: ReadReturn, problem: Problem) -> Problem:
    return problem.of(file=read.file, partner=read.partner)
