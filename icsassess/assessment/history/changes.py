"""What moved between two merges: ratings and by whom, gaps, actions, returns; as data and in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from icsassess.assessment.events.arrivals import arrivals_in_words
from icsassess.assessment.events.compare import events_of
from icsassess.assessment.events.comparison import Comparison
from icsassess.assessment.events.model import KINDS
from icsassess.assessment.events.snapshot import snapshot_of
from icsassess.assessment.group_edits.framework_migration import migrated_record
from icsassess.assessment.history.model import Changes
from icsassess.assessment.history.record import Record, merge_key, records
from icsassess.assessment.output.headlines import day_in_words
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import Locality
from icsassess.returns.matching.dates import How, read_date
from icsassess.support.text import listing


def headline_of(changes: Changes | None, most: int = len(KINDS)) -> str:
    """Give what moved in a sentence, the first ``most`` kinds of it, with another one for the returns that came."""
    if changes is None or changes.since is None or changes.since_as_at is None:
        return "This is the first merge."
    return changes.in_words(day_in_words(changes.since_as_at), most)


def between(old: Record | None, new: Record, framework: Framework | None = None) -> Changes:
    """Give what moved from one record to another; without an old one, that it is the first.

    With the ``framework`` as it is now, a line that it calls something else than the old record did is no change.
    """
    if old is None:
        return Changes(None, None, new.name)
    before, after = (migrated_record(one.content, framework) if framework else one.content for one in (old, new))
    comparison = Comparison(snapshot_of(before), snapshot_of(after))
    gaps_before = frozenset(comparison.old.gaps)
    events, arrivals = events_of(comparison), arrivals_in_words(comparison)
    return Changes(old.name, old.as_at, new.name, events, arrivals, gaps_before, comparison.old.knows_actions)


def changes_between(locality: Locality, merges: Sequence[str] = ()) -> Changes:
    """Give what moved between two merges named by as-at date or workbook, or between the last two.

    Raises ``Refusal`` where there is no merge yet, or none of that name.
    """
    history, _ = records(locality)
    if not history:
        raise Refusal(make_problem("no-merge-yet", sheet=str(locality.folder)))
    if not merges:
        return between(history[-2] if len(history) > 1 else None, history[-1], locality.framework)
    old, new = (_named(name, history) for name in merges)
    if history.index(old) > history.index(new):
        old, new = new, old
    return between(old, new, locality.framework)


def _named(name: str, history: Sequence[Record]) -> Record:
    """Give the merge of that as-at date (the last of the day) or workbook, also under a longer name."""
    file = PurePath(name).name
    stem = PurePath(file).stem if file.casefold().endswith((".xlsx", ".json")) else file
    reading = read_date(name if "/" in name else stem)
    day = reading.day.isoformat() if reading.how is How.DAY and reading.day is not None else ""
    for record in reversed(history):
        if stem == record.name or day == record.as_at.isoformat():
            return record
    key = merge_key(stem)
    for record in reversed(history):
        if key is not None and not day and key == merge_key(record.name):
            return record
    raise Refusal(make_problem("merge-unknown", found=name, permitted=listing([record.name for record in history])))
