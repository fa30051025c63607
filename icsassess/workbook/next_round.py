"""The next round: what the last one knew goes into the new folder, to be confirmed."""

from __future__ import annotations

from icsassess.assessment.carried import Carried
from icsassess.assessment.carry import ASSESSMENT
from icsassess.assessment.merged import Merged
from icsassess.locality import Locality
from icsassess.returns.last_round import LastEvidence, LastRound, last_round, save_last_round
from icsassess.tables import each_row

AGREED_LAST_ROUND = "Agreed last round"


def take_over(merged: Merged, new: Locality) -> LastRound:
    """Take the evidence and agreed ratings of an earlier round over into a new locality's folder.

    Only what has a place in the new round is taken: its partners, and the lines of its framework.
    """
    ratings = {(line.partner, line.ref): line.rating for line in each_row(merged.partner_lines)}
    refs, partners = new.framework.line_by_ref, new.partner_by_code
    evidence = tuple(
        LastEvidence(e.partner, e.ref, e.evidence, e.kept, e.evidence_date_typed, ratings.get((e.partner, e.ref), ""))
        for e in each_row(merged.entries)
        if e.evidence and e.ref in refs and e.partner in partners
    )
    agreed = tuple(
        (line.ref, line.agreed, f"{line.agreed_on:%d/%m/%Y}" if line.agreed_on == line.agreed_on else "")
        for line in each_row(merged.lines)
        if line.agreed and line.ref in refs
    )
    last = LastRound(merged.locality.name, merged.as_at, evidence, agreed)
    save_last_round(new.folder, last)
    return last


def first_of_a_round(locality: Locality) -> Carried:
    """Give what a round's first merge begins with: the ratings agreed in the round before, to be confirmed."""
    last = last_round(locality.folder)
    agreed = last.to_be_confirmed if last else {}
    return Carried(own_columns={ASSESSMENT: {AGREED_LAST_ROUND: agreed}} if agreed else {})
