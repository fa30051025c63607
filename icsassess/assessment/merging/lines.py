"""The lines of a merge: each partner's rating of each line, and what these make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from icsassess.assessment.group_edits.decisions import Agreed
from icsassess.assessment.ratings.combine import agreement, combine_ratings
from icsassess.domain import rag
from icsassess.domain.rag import vocabulary
from icsassess.locality.locality import Locality
from icsassess.returns.matching.evidence_words import is_evidence
from icsassess.tables.records import Entry, Line, PartnerLine, ReturnLine


def partner_lines(
    lines: Sequence[ReturnLine], locality: Locality, organisations: Mapping[str, str] | None = None
) -> list[PartnerLine]:
    """Give each partner's rating of each line: as returned, or No return for the lines of a partner without one.

    ``organisations`` has the organisation of each return, by file, where several answer for its partner.
    """
    by_partner: dict[str, dict[str, list[ReturnLine]]] = defaultdict(dict)
    for line in lines:
        by_partner[line.partner].setdefault(line.ref, []).append(line)
    merged: list[PartnerLine] = []
    for partner in locality.partners:
        if partner.code in by_partner:
            merged.extend(_of_returns(each, organisations or {}) for each in by_partner[partner.code].values())
        elif partner.expected:
            merged.extend(_without_return(partner.code, line.ref) for line in locality.lines_of(partner))
    return merged


def _without_return(partner: str, ref: str) -> PartnerLine:
    return PartnerLine(
        partner=partner,
        ref=ref,
        rating=rag.NO_RETURN,
        settled=True,
        rows=0,
        evidence=0,
        green_without_evidence=False,
        states_gap=False,
        file="",
        sheet="",
        cell="",
        understood=True,
        organisations=(),
    )


def _of_returns(lines: list[ReturnLine], organisations: Mapping[str, str]) -> PartnerLine:
    """Give a partner's line from that of its return, or of its several returns: the worst of their ratings counts."""
    absent = vocabulary().absent
    blank = absent.blank
    counts = lines[0]
    if len(lines) > 1:
        worst = vocabulary().of_several([line.rating for line in lines])
        counts = next(line for line in lines if line.rating == worst)
    unsettled = any(line.rating == rag.NOT_APPLICABLE and not line.has_reason for line in lines)
    return PartnerLine(
        partner=counts.partner,
        ref=counts.ref,
        rating=counts.rating,
        settled=counts.rating != rag.NOT_APPLICABLE or not unsettled,
        rows=sum(line.rows for line in lines),
        evidence=sum(line.evidence for line in lines),
        green_without_evidence=any(line.rating == rag.GREEN and line.evidence == 0 for line in lines),
        states_gap=any(line.states_gap for line in lines),
        file=counts.file,
        sheet=counts.sheet,
        cell=counts.place.cell("rag") if counts.place is not None else "",
        understood=all(line.understood for line in lines),
        organisations=tuple(
            sorted(
                (organisations[line.file], line.rating or (blank if line.understood else absent.not_understood))
                for line in lines
                if line.file in organisations
            )
        ),
    )


def returned_ratings(lines: Sequence[ReturnLine]) -> dict[str, dict[str, list[str]]]:
    """Give the ratings of all returns that count, by line and partner: of some there are several."""
    ratings: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for line in lines:
        ratings[line.ref].setdefault(line.partner, []).append(line.rating)
    return ratings


def merged_lines(
    partner_lines: Mapping[str, Sequence[PartnerLine]],
    entries: Mapping[str, Sequence[Entry]],
    locality: Locality,
    agreed: Mapping[str, Agreed],
    drifted: Collection[str],
    returned: Mapping[str, Mapping[str, Sequence[str]]],
) -> Iterator[Line]:
    """Give the lines in the framework's order, with the rating that partners and group make of each.

    ``partner_lines`` and ``entries`` are by line, as is ``agreed``; ``drifted`` are the lines in which something
    changed since the group agreed. ``returned`` has every rating that a partner's returns give, by line and partner.
    """
    words = vocabulary()
    for line in locality.framework.lines:
        # Not applicable without a reason settles nothing: the line still counts.
        ratings = [row.rating if row.settled else "" for row in partner_lines.get(line.ref, ())]
        evidence = [entry for entry in entries.get(line.ref, ()) if is_evidence(entry.evidence, entry.kept)]
        suggested = combine_ratings(ratings, locality.settings.rules.combine, words)
        by_group = agreed.get(line.ref) or Agreed("")
        yield Line(
            ref=line.ref,
            theme=line.theme.title,
            statement=line.statement.title,
            category=line.category.title,
            suggested=suggested,
            agreed=by_group.rating,
            agreed_reason=by_group.reason,
            agreed_on=by_group.agreed_on,
            rating=by_group.rating or suggested,
            agreement=agreement(returned.get(line.ref, {}).values(), words),
            evidence=len(evidence),
            newest_evidence=_newest(evidence),
            changed_since_agreed=line.ref in drifted,
        )


def _newest(evidence: Sequence[Entry]) -> date | None:
    return max((entry.evidence_date for entry in evidence if entry.evidence_date is not None), default=None)
