"""The returns of a merge as rows: each file received, and each partner of whom nothing was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED, ReturnStatus
from icsassess.domain.problems import Severity
from icsassess.domain.rated import Rated, count_rated, counted_rating
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.tables.records import ReturnLine, ReturnRow


def return_rows(
    reads: Sequence[ReadReturn], status: Mapping[str, ReturnStatus], lines: Sequence[ReturnLine], locality: Locality
) -> list[ReturnRow]:
    """Give every file received and every partner of whom nothing was, partners in the settings' order."""
    ratings: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.asked:
            ratings[line.file].append(counted_rating(line.rating, line.has_reason))
    by_partner: dict[str, list[ReadReturn]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: (status[read.file].state != RECEIVED, read.file)):
        by_partner[read.partner or ""].append(read)
    rows = []
    for partner in locality.partners:
        asked = len(locality.lines_of(partner))
        for read in by_partner.get(partner.code, []):
            rows.append(_received(read, partner.name, status[read.file], asked, _rated(ratings[read.file], asked)))
        if not by_partner.get(partner.code) and partner.expected:
            rows.append(_outstanding(partner, asked))
    rows.extend(_received(read, "", status[read.file], 0, Rated(0, 0)) for read in by_partner.get("", []))
    return rows


def _rated(ratings: list[str], asked: int) -> Rated:
    """Count a return's rated lines; of one that could not be used there are none."""
    return count_rated(ratings) if ratings else Rated(0, asked)


def _received(read: ReadReturn, name: str, status: ReturnStatus, asked: int, rated: Rated) -> ReturnRow:
    severities = Counter(problem.severity for problem in read.problems)
    return ReturnRow(
        partner=read.partner or "",
        name=name,
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


def _outstanding(partner: Partner, asked: int) -> ReturnRow:
    return ReturnRow(
        partner=partner.code,
        name=partner.name,
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
        remark="No return yet.",
        sha256="",
    )
