"""Where the locality stands, in facts: returns, lines rated, points, time left, and what was merged."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import NamedTuple

from icsassess.assessment.history.changes import headline_of
from icsassess.domain.problems import Severity
from icsassess.support.text import count
from icsassess.view.agreed_share import agreed_share
from icsassess.view.assessment_view import View
from icsassess.view.tallies import overall_tally
from icsassess.view.target import Part, Target

AS_AT, DEADLINE, TIME_TO_DEADLINE, LINES_RATED, SIGN_OFF = "As at", "Deadline", "Time left", "Lines rated", "Sign-off"
_KINDS_NAMED = 2
"""Kinds of change that stand in one line with the sentence on returns that came."""
AGREED, TO_BE_SIGNED_BY = "Agreed", "To be signed by"


class Fact(NamedTuple):
    """A fact: what it is about, its value, and the part of the view that it counts."""

    label: str
    value: str | datetime.date
    target: Target | None = None


def facts(view: View, sign_off_status: str) -> list[Fact]:
    """Give the facts; ``sign_off_status`` says whether the merge is signed.

    The first and the last are those that may be long: they have room above and below what stands beside the others.
    """
    merged = view.merged
    settings, framework = merged.locality.settings, merged.locality.framework
    severities = Counter(problem.severity for problem in merged.counted_problems)
    points = ", ".join(count(severities[severity], severity.value) for severity in Severity)
    return [
        Fact("What moved", headline_of(merged.changes, _KINDS_NAMED), Target(Part.CHANGES)),
        Fact(TIME_TO_DEADLINE, time_to_deadline(merged.days_to_deadline)),
        Fact(DEADLINE, settings.deadline),
        Fact("Returns", _returns(view), Target(Part.RETURNS)),
        Fact(LINES_RATED, lines_rated(view)),
        Fact(SIGN_OFF, sign_off_status),
        Fact(TO_BE_SIGNED_BY, settings.sign_off.role),
        Fact("Points to fix", points, Target(Part.POINTS)),
        Fact("Evidence", count(len(merged.entries), "entry", "entries"), Target(Part.EVIDENCE)),
        Fact(AS_AT, merged.as_at),
        Fact("Locality", f"{settings.name}, {settings.system}"),
        Fact("Framework", f"{framework.title}, version {framework.version}"),
        Fact(AGREED, agreed_share(merged).sentence, Target(Part.LINES)),
    ]


def lines_rated(view: View) -> str:
    """Say how many lines are rated, of those to be rated."""
    return f"{overall_tally(view).rated} (those not applicable left out)"


def time_to_deadline(days: int) -> str:
    """Say how long it is to the deadline, or since; ``days`` is negative when it has passed."""
    if days == 0:
        return "the deadline is today"
    unit = "day" if abs(days) == 1 else "days"  # no thousands separator: the workbook's formula writes none
    return f"{days} {unit} left" if days > 0 else f"{-days} {unit} past the deadline"


def _returns(view: View) -> str:
    states = Counter(row.state for row in view.merged.returns)
    return ", ".join(f"{states[state]} {state}" for state in ("received", "outstanding", "refused"))
