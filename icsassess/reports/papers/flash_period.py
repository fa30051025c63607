"""Since when a flash report tells what moved: the last one, else about two months ago, else the first merge."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from icsassess.assessment.events.snapshot import snapshot_of
from icsassess.assessment.history.record import Record, merge_key
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain.evidence_age import oldest_allowed
from icsassess.reports.output_folder import FOLDER
from icsassess.reports.papers.wording import say
from icsassess.support.text import count
from icsassess.workbook.signing.latest_merge import NewestMerge

_MONTHS = 2
_ABOUT = datetime.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class ComparedMerge:
    """The merge to compare with (None at the first), and in words why it is this one."""

    record: Record | None
    sentence: str


def compared_merge(latest: NewestMerge) -> ComparedMerge:
    """Give the merge that a flash report compares with."""
    if not latest.earlier:
        return ComparedMerge(None, say("flash", "first"))
    if reported := _last_reported(latest):
        return _compared(reported, "since_flash")
    wanted = oldest_allowed(latest.merged.as_at, _MONTHS)
    nearest = min(latest.earlier, key=lambda record: abs(record.as_at - wanted))
    if abs(nearest.as_at - wanted) <= _ABOUT:
        return _compared(nearest, "since_merge")
    return _compared(latest.earlier[0], "since_first")


def not_comparable(compared: ComparedMerge, newest: Record) -> str:
    """Say that the counts of two merges cannot be compared, ``""`` where the same partners had returned for both."""
    if compared.record is None:
        return ""
    before, current = (snapshot_of(record.content).heard() for record in (compared.record, newest))
    day = day_in_words(compared.record.as_at)
    if len(before) == len(current):
        return "" if before == current else say("flash", "others", day=day)
    return say("flash", "not_comparable", before=count(len(before), "partner"), now=len(current), day=day)


def _compared(record: Record, sentence: str) -> ComparedMerge:
    return ComparedMerge(record, say("flash", sentence, since=record.name))


def _last_reported(latest: NewestMerge) -> Record | None:
    """Give the newest earlier merge whose flash report lies in the folder, whatever was added to its name."""
    name = say("flash", "name")
    papers = (latest.merged.locality.folder / FOLDER).glob("*.docx")
    reported = {merge_key(path.stem) for path in papers if name in path.stem.casefold()}
    return next((record for record in reversed(latest.earlier) if merge_key(record.name) in reported), None)
