"""The next round: what the last one knew goes into the new folder, to be confirmed."""

from __future__ import annotations

from icsassess.assessment.group_edits.displaced import NO_SUCH_LINE
from icsassess.assessment.group_edits.edits import ASSESSMENT
from icsassess.assessment.group_edits.outcome import CarryOverResult, Displaced
from icsassess.assessment.merging.model import Merged
from icsassess.domain.framework import Framework
from icsassess.domain.line_mapping import Edition, LineMapping, has_mapping_from, map_line
from icsassess.locality.locality import Locality
from icsassess.returns.issuing.previous_round import LastEvidence, LastRound, last_round, save_last_round
from icsassess.tables.titles import AGREED_RAG
from icsassess.workbook.layout import EVIDENCE

AGREED_LAST_ROUND = "Agreed last round"


def take_over(merged: Merged, new: Locality) -> LastRound:
    """Take the evidence and agreed ratings of an earlier round over into a new locality's folder.

    Only what has a place in the new round is taken: its partners, and the lines of its framework. Lines that its
    framework calls something else now are followed; of one that was split every part is offered what it had. Where it
    says what became of the earlier framework, what has no place any more is taken along as such.
    """
    places = _Places(merged.locality.framework, new.framework)
    ratings = {(line.partner, line.ref): line.rating for line in merged.partner_lines}
    evidence: list[LastEvidence] = []
    agreed: list[tuple[str, str, str]] = []
    without_place: list[tuple[str, str, str]] = []
    for e in merged.entries:
        if not e.evidence or not e.ref or e.partner not in new.partner_by_code:
            continue
        rating = places.rated(e.ref, ratings.get((e.partner, e.ref), ""))
        evidence += [
            LastEvidence(e.partner, ref, e.evidence, e.kept, e.evidence_date_typed, rating)
            for ref in places.line(e.ref).refs
        ]
        if not places.line(e.ref).refs:
            without_place.append((places.gone(e.ref), f"Evidence of {e.partner}", e.evidence))
    for line in merged.lines:
        if line.agreed:
            day = f"{line.agreed_on:%d/%m/%Y}" if line.agreed_on else ""
            agreed += [(ref, places.rated(line.ref, line.agreed), day) for ref in places.line(line.ref).refs]
            if not places.line(line.ref).refs:
                without_place.append((places.gone(line.ref), AGREED_RAG, f"{line.agreed} {line.agreed_reason}".strip()))
    taken_along = tuple(without_place) if places.follows else ()
    last = LastRound(merged.locality.name, merged.as_at, tuple(evidence), tuple(agreed), taken_along)
    save_last_round(new.folder, last)
    return last


class _Places:
    """Where the lines of an earlier round's framework are in the new round's."""

    def __init__(self, earlier: Framework, new: Framework) -> None:
        self._new = new
        self._edition = Edition(earlier.id, earlier.version)
        self.follows = has_mapping_from(new, self._edition)

    def line(self, ref: str) -> LineMapping:
        return map_line(self._new, self._edition, ref)

    def gone(self, ref: str) -> str:
        """Give the name under which something without a place is kept: no line of the new round can have it."""
        return f"{ref} of {self._edition.version}"

    def rated(self, ref: str, rating: str) -> str:
        """Give a rating in words where its line was split: it was never one of a part."""
        return f"{rating} for {ref}, which was split" if rating and self.line(ref).split else rating


def first_of_a_round(locality: Locality) -> CarryOverResult:
    """Give what a round's first merge begins with: the ratings agreed in the round before, to be confirmed.

    What had no place in the framework as it is now stands where people can see it.
    """
    last = last_round(locality.folder)
    agreed = last.to_be_confirmed if last else {}
    displaced = [
        Displaced(NO_SUCH_LINE, ASSESSMENT if what == AGREED_RAG else EVIDENCE, ref, what, text, last.as_at.isoformat())
        for ref, what, text in (last.unplaced if last else ())
        if last
    ]
    return CarryOverResult(own_columns={ASSESSMENT: {AGREED_LAST_ROUND: agreed}} if agreed else {}, kept=displaced)
