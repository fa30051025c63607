"""How many of the ratings the group agreed, and how many the rule in force made of the partners' ratings."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.assessment.merging.model import Merged
from icsassess.domain import rag
from icsassess.domain.combining import COMBINE
from icsassess.support.text import count


class AgreedShare(NamedTuple):
    """How the lines came by their ratings.

    ``agreed`` by the group, ``with_reason`` of these, ``by_rule`` made of the partners' ratings, ``out_of`` all lines;
    ``outcome`` names the rating that the rule makes.
    """

    agreed: int
    with_reason: int
    by_rule: int
    out_of: int
    outcome: str

    @property
    def sentence(self) -> str:
        """‘The group agreed 17 of 102 ratings, each with a reason; 85 stand at the most critical partner's rating.’"""
        unrated = self.out_of - self.agreed - self.by_rule
        parts = [
            f"The group agreed {self.agreed or 'none'} of {count(self.out_of, 'rating')}{self._reasons}",
            f"{self.by_rule} {'stands' if self.by_rule == 1 else 'stand'} at {self.outcome}" if self.by_rule else "",
            f"{count(unrated, 'line has', 'lines have')} no rating" if unrated else "",
        ]
        return "; ".join(filter(None, parts)) + "."

    @property
    def _reasons(self) -> str:
        if not self.agreed:
            return ""
        if self.with_reason < self.agreed:
            return f", {self.with_reason or 'none'} of them with a reason"
        return ", with a reason" if self.agreed == 1 else ", each with a reason"


def agreed_share(merged: Merged) -> AgreedShare:
    """Count the lines by how they came by their rating; Not assessed is none, Not applicable is one."""
    agreed = [line for line in merged.lines if line.agreed]
    return AgreedShare(
        agreed=len(agreed),
        with_reason=sum(bool(line.agreed_reason.strip()) for line in agreed),
        by_rule=sum(not line.agreed and line.suggested not in ("", rag.NOT_ASSESSED) for line in merged.lines),
        out_of=len(merged.lines),
        outcome=COMBINE[merged.locality.settings.rules.combine].outcome,
    )
