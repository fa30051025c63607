"""Which file counts as a partner's return where there are several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from typing import Final, NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.states import ReturnState
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import words

RECEIVED: Final = "received"
OUTSTANDING: Final = "outstanding"
REFUSED: Final = "refused"
SUPERSEDED: Final = "superseded"


class ReturnStatus(NamedTuple):
    """What became of a file, in the contract's words, and why."""

    state: ReturnState
    remark: str = ""


class Selection(NamedTuple):
    """What became of each file, and the points of those that came twice or were superseded; both by file."""

    status: dict[str, ReturnStatus]
    points: dict[str, list[Problem]]

    @property
    def effective(self) -> frozenset[str]:
        """The files that count."""
        return frozenset(file for file, status in self.status.items() if status.state == RECEIVED)

    def note(self, read: ReadReturn, problem: Problem) -> None:
        """Add a point of a return."""
        self.points[read.file].append(problem.of(file=read.file, partner=read.partner))


def select_effective_returns(reads: Sequence[ReadReturn], with_many: Set[str] = frozenset()) -> Selection:
    """Tell which files count; returns that came twice or were superseded get a point that says so.

    The newer return of a partner counts: by the date on its cover, then by the date the file itself gives for its
    last change. Of the partners in ``with_many`` the newest return of each organisation counts, told apart by the
    organisation on the cover. The order in which files are given does not matter.
    """
    refused = {read.file: ReturnStatus(REFUSED, read.problems[0].message) for read in reads if read.refused}
    selection = Selection(refused, defaultdict(list))
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
                selection.note(read, make_problem("same-file-twice", other=first.file))
                selection.status[read.file] = ReturnStatus(SUPERSEDED, f"The same as {first.file}.")
        _select_newest(list(different.values()), selection)
    return selection


def _select_newest(returns: list[ReadReturn], selection: Selection) -> None:
    newest = max(returns, key=_age_among(returns))
    selection.status[newest.file] = ReturnStatus(RECEIVED)
    for read in returns:
        if read is newest:
            continue
        unclear = _unclear(newest, read)
        why = unclear or _why(newest, read)
        code = "same-partner-unclear" if unclear else "same-partner-twice"
        selection.note(
            newest, make_problem(code, partner=newest.partner or "", other=read.file, used=newest.file, why=why)
        )
        selection.status[read.file] = ReturnStatus(SUPERSEDED, f"{newest.file} was used: {why}.")


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
