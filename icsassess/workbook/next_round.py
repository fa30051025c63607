"""The next round: what the last one knew goes into the new folder, to be confirmed."""

from __future__ import annotations

import datetime

from icsassess.assessment.merged import Merged
from icsassess.locality import Locality
from icsassess.returns.last_round import LastEvidence, LastRound, save_last_round
from icsassess.tables import each_row
from icsassess.workbook.merging import merge_in_memory


def take_over(earlier: Locality, new: Locality, as_at: datetime.date) -> LastRound:
    """Take the evidence and agreed ratings of an earlier round over into a new locality's folder.

    Only what has a place in the new round is taken: its partners, and the lines of its framework.
    """
    last = _last_round(merge_in_memory(earlier, as_at), new)
    save_last_round(new.folder, last)
    return last


def _last_round(merged: Merged, new: Locality) -> LastRound:
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
    return LastRound(merged.locality.name, merged.as_at, evidence, agreed)
