"""The returns of a merge as rows: each file received, and each partner of whom nothing was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, Selection
from icsassess.domain.problems import Severity
from icsassess.domain.rated import Rated, count_rated, counted_rating
from icsassess.domain.states import SUPERSEDED
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import listing
from icsassess.tables.records import ReturnLine, ReturnRow


def return_rows(
    reads: Sequence[ReadReturn], selection: Selection, lines: Sequence[ReturnLine], locality: Locality
) -> list[ReturnRow]:
    """Give every file received and every partner of whom nothing was, partners in the settings' order.

    Of a partner of whom no return counts, nothing was received. A return of which it is not settled whose it is comes
    after all partners.
    """
    status = selection.status
    asked_whose: dict[str, list[str]] = defaultdict(list)
    ratings: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.asked:
            ratings[line.file].append(counted_rating(line.rating, line.has_reason))
    by_partner: dict[str, list[ReadReturn]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: (status[read.file].state != RECEIVED, read.file)):
        by_partner[read.partner or ""].append(read)
        for code in read.asked_whose:
            asked_whose[code].append(PurePosixPath(read.file).name)
    rows = []
    for partner in locality.partners:
        asked = len(locality.lines_of(partner))
        files = by_partner.get(partner.code, [])
        for read in files:
            rated = _rated(ratings[read.file], asked)
            rows.append(_received(read, partner.name, selection, asked, rated))
        if partner.expected and all(status[read.file].state == SUPERSEDED for read in files):
            rows.append(_outstanding(partner, asked, asked_whose[partner.code]))
    names = locality.name_by_code
    for read in by_partner.get("", []):
        whose = listing([names[code] for code in read.asked_whose], joiner="or", most=len(names))
        rows.append(_received(read, whose, selection, 0, Rated(0, 0)))
    return rows


def _rated(ratings: list[str], asked: int) -> Rated:
    """Count a return's rated lines; of one that could not be used there are none."""
    return count_rated(ratings) if ratings else Rated(0, asked)


def _received(read: ReadReturn, name: str, selection: Selection, asked: int, rated: Rated) -> ReturnRow:
    status = selection.status[read.file]
    severities = Counter(problem.severity for problem in read.problems)
    return ReturnRow(
        partner=read.partner or "",
        name=name,
        organisation=selection.organisations.get(read.file, ""),
        state=status.state,
        file=read.file,
        completed_on=read.completed_on,
        completed_by=read.completed_by,
        lines_asked=asked,
        lines_to_rate=rated.out_of,
        lines_rated=rated.rated,
        entries=len(read.entries),
        blockers=severities[Severity.BLOCKER],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.NOTE],
        remark=status.remark,
        sha256=read.sha256,
    )


def _outstanding(partner: Partner, asked: int, may_be_theirs: list[str]) -> ReturnRow:
    files = listing([f"‘{file}’" for file in may_be_theirs])
    verb = "is" if len(may_be_theirs) == 1 else "are"
    return ReturnRow(
        partner=partner.code,
        name=partner.name,
        organisation="",
        state=OUTSTANDING,
        file="",
        completed_on=None,
        completed_by="",
        lines_asked=asked,
        lines_to_rate=asked,
        lines_rated=0,
        entries=0,
        blockers=0,
        warnings=0,
        notes=0,
        remark=f"No return yet, unless {files} {verb} theirs: that has to be settled." if files else "No return yet.",
        sha256="",
    )
