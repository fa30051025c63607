"""When a workbook may be signed: not before its as-at date, not before the version before, not in the future."""

from __future__ import annotations

import datetime

from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality
from icsassess.workbook.signing.manifest import moment_in_words, signed_versions


def wrong_time(
    locality: Locality, as_at: datetime.date, signed_at: datetime.datetime, present: datetime.datetime
) -> Problem | None:
    """Say why a workbook as at a date cannot be signed at a time, None where it can; all times have a zone."""
    moment = moment_in_words(signed_at)
    if signed_at > present:
        return make_problem("signed-in-the-future", found=moment, present=moment_in_words(present))
    if signed_at.date() < as_at:
        return make_problem("signed-before-the-merge", found=moment, day=day_in_words(as_at))
    earlier = signed_versions(locality)
    if earlier and signed_at < earlier[-1].signed_at:
        before = moment_in_words(earlier[-1].signed_at)
        return make_problem("signed-before-the-last", found=moment, version=str(earlier[-1].version), earlier=before)
    return None
