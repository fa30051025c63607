"""Which file counts as a partner's return where there are several, and for which lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from icsassess.assessment.merging.organisations import organisations_of
from icsassess.assessment.merging.which_counts import Answers, Candidate, choose
from icsassess.domain.problems import Problem
from icsassess.domain.states import SUPERSEDED, ReturnState
from icsassess.locality.locality import Locality
from icsassess.locality.whose import line_for
from icsassess.returns.checking.check import Checked
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import count, listing

RECEIVED: Final = "received"
OUTSTANDING: Final = "outstanding"
REFUSED: Final = "refused"


class ReturnStatus(NamedTuple):
    """What became of a file, in the contract's words, and why."""

    state: ReturnState
    remark: str = ""


@dataclass(frozen=True)
class Selection:
    """What became of each file, and the points that raises; both by file.

    ``counted_lines`` has the lines for which a file counts that counts for some only, ``answered_elsewhere`` those that
    a file leaves blank and an earlier one answers; ``organisations`` the name of the organisation that it is of, where
    several answer for its partner.
    """

    status: dict[str, ReturnStatus] = field(default_factory=dict)
    points: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    counted_lines: dict[str, frozenset[str]] = field(default_factory=dict)
    answered_elsewhere: dict[str, frozenset[str]] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)

    def counts(self, file: str, ref: str) -> bool:
        """Tell whether what a file says of a line counts; what belongs to no line (``""``) does."""
        status = self.status.get(file)
        lines = self.counted_lines.get(file)
        return status is not None and status.state == RECEIVED and (lines is None or not ref or ref in lines)


def select_effective_returns(checked: Checked, locality: Locality) -> Selection:
    """Tell which files count, and for which lines; what has to be settled about them becomes a point.

    A return of which it is not settled whose it is counts for nobody. Of each partner the newest return counts; of one
    with ``returns = "many"`` that of each organisation (:mod:`icsassess.assessment.merging.organisations`). Of what an
    earlier one says and the newer leaves blank see :mod:`icsassess.assessment.merging.which_counts`. The order in
    which files are given does not matter.
    """
    selection = Selection()
    by_partner: dict[str, list[ReadReturn]] = defaultdict(list)
    for read in sorted(checked.returns, key=lambda read: read.file):
        if read.refused:
            selection.status[read.file] = ReturnStatus(REFUSED, _why_refused(read))
        else:
            by_partner[read.partner or ""].append(read)
    answers = Answers(checked)
    for code, reads in by_partner.items():
        for returns in _by_sender(code, reads, locality, selection):
            candidates = [
                Candidate(read, line_for(read.file, locality.settings.which_counts), answers) for read in returns
            ]
            _take_over(selection, candidates, locality.name_by_code.get(code, code))
    return selection


def _why_refused(read: ReadReturn) -> str:
    """Give what has to be settled about a return that cannot be used, else the first reason."""
    return next((problem.question for problem in read.problems if problem.question), read.problems[0].message)


def _by_sender(code: str, reads: list[ReadReturn], locality: Locality, selection: Selection) -> list[list[ReadReturn]]:
    """Give the returns of each organisation where several answer for the partner, else all of them together."""
    partner = locality.partner_by_code.get(code)
    if partner is None or partner.returns == "one":
        return [reads]
    by_sender: dict[tuple[str, ...], list[ReadReturn]] = defaultdict(list)
    organisations = organisations_of(reads, partner, locality)
    for read in reads:
        organisation = organisations[read.file]
        selection.organisations[read.file] = organisation.name
        by_sender[organisation.key].append(read)
        if organisation.question is not None:
            selection.points[read.file].append(organisation.question.of(file=read.file, partner=code))
    return list(by_sender.values())


def _take_over(selection: Selection, candidates: list[Candidate], sender: str) -> None:
    for choice in choose(candidates, sender):
        file = choice.read.file
        if choice.answered_elsewhere:
            selection.answered_elsewhere[file] = frozenset(choice.answered_elsewhere)
        selection.points[file].extend(point.of(file=file, partner=choice.read.partner) for point in choice.points)
        if choice.in_place_of is not None:
            selection.status[file] = ReturnStatus(SUPERSEDED, choice.in_place_of)
        elif choice.lines is None:
            selection.status[file] = ReturnStatus(RECEIVED)
        else:
            selection.counted_lines[file] = choice.lines
            selection.status[file] = ReturnStatus(RECEIVED, _partly(choice.lines, choice.newer))


def _partly(lines: frozenset[str], newer: list[str]) -> str:
    return f"It counts for the {count(len(lines), 'line')} that {listing(newer)} leaves blank."
