"""The merge of a locality folder: returns and the group's last workbook in, the next workbook and its record out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from icsassess.assessment.group_edits.decisions import NO_DECISIONS
from icsassess.assessment.group_edits.edits import GAPS
from icsassess.assessment.history.changes import between
from icsassess.assessment.history.point_progress import followed
from icsassess.assessment.history.record import (
    Record,
    as_bytes,
    fingerprint,
    fingerprint_of,
    merge_key,
    record_of,
    records,
    settings_fingerprint,
)
from icsassess.assessment.history.trend import weeks_of
from icsassess.assessment.merging.merge import merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.score_totals import with_scores
from icsassess.domain.gap_ids import ref_of_gap
from icsassess.domain.problems import Problem, in_order, point
from icsassess.locality.locality import SETTINGS, Locality, open_locality
from icsassess.returns.reading.session import Progress, Reading
from icsassess.support.memory import give_back
from icsassess.support.saving import Pending, add_together
from icsassess.tables.records import Gap
from icsassess.version import VERSION
from icsassess.workbook.layout import partner_headings_of
from icsassess.workbook.merging.next_round import first_of_a_round
from icsassess.workbook.read_back.find_newest import find_newest, merged_workbooks, workbook_name
from icsassess.workbook.write import write_locality_workbook


@dataclass(frozen=True)
class Before:
    """What stands in a folder before a merge: its history, and the workbook that holds the group's word.

    ``key`` tells which merge that workbook is of.
    """

    records: list[Record] = field(default_factory=list)
    workbook: Path | None = None
    sha256: str | None = None
    key: tuple[str, int] | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def last(self) -> Record | None:
        """The newest record, None before the first merge."""
        return self.records[-1] if self.records else None

    @property
    def parent(self) -> Record | None:
        """The record of the group's workbook as it was written, None where the history has none."""
        found = (record for record in reversed(self.records) if merge_key(record.name) == self.key)
        return None if self.key is None else next(found, None)


def look_before(locality: Locality, workbook: Path | None = None) -> Before:
    """Look at a folder's history and newest workbook (or the one named).

    Raises ``Refusal`` where several copies of it were changed and none holds all of the changes.
    """
    standing = merged_workbooks(locality)
    found, problems = records(locality, {one.key for one in standing})
    if workbook is not None:
        sha256 = fingerprint(workbook.read_bytes())
        return Before(found, workbook, sha256, merge_key(workbook.stem), problems)
    newest = find_newest(standing, found)
    if not newest.candidates:
        return _without_a_workbook(locality) or Before(found, problems=problems)
    from icsassess.workbook.read_back.group_workbook import whose_word

    parent = next((record for record in found if merge_key(record.name) == newest.candidates[0].key), None)
    chosen = whose_word(locality, newest.candidates, parent)
    return Before(found, chosen.path, chosen.sha256, chosen.key, [*problems, *newest.problems])


def _without_a_workbook(locality: Locality) -> Before | None:
    """Go on from the history's copy of the last workbook where ``merged/`` holds none any more.

    A single record is none to go on from: its merge may have been interrupted before its workbook got there, and the
    copy holds nothing that people typed. None then, and where there is no history.
    """
    found, problems = records(locality, {merge_key(path.stem) for path in (locality.folder / "history").glob("*.json")})
    if len(found) < 2 or not found[-1].written.is_file():
        return None
    last = found[-1]
    gone = point("group-workbook-gone", sheet=last.written.name, found=last.name)
    sha256 = fingerprint(last.written.read_bytes())
    return Before(found, last.written, sha256, merge_key(last.name), [*problems, gone])


def merge_in_memory(
    locality: Locality, as_at: datetime.date, reading: Reading | None = None, before: Before | None = None
) -> Merged:
    """Merge a folder's returns with all that the group left in its newest workbook.

    Raises ``Refusal`` with the cell where that workbook can no longer be understood.
    """
    before = before or look_before(locality)
    last = before.last.content if before.last else None
    if before.workbook is None:
        merged = followed(merge_folder(locality, as_at, NO_DECISIONS, reading), last)
        return with_scores(_with_problems(replace(merged, carried=first_of_a_round(locality)), before.problems))
    # Imported here, as all that reads a workbook back: a first merge, or one in memory, has none to read.
    from icsassess.workbook.read_back.group_workbook import the_groups

    carrying, problems = the_groups(locality, before.workbook, before.sha256 or "", before.parent)
    decisions = carrying.decisions()
    merged = followed(merge_folder(locality, as_at, decisions, reading), last)
    since = before.parent.as_at if before.parent else as_at
    carried = carrying.finish(frozenset(gap.id for gap in merged.gaps), decisions, merged.conflicts, since)
    typed = {gap.id: decisions.typed_fields(gap.id) for gap in merged.gaps}
    file = locality.relative(before.workbook)
    points = [problem.of(file=file) for problem in (*carrying.problems, *problems, *_conflicts(merged))]
    return with_scores(_with_problems(replace(merged, carried=carried, typed=typed), [*before.problems, *points]))


def _conflicts(merged: Merged) -> list[Problem]:
    from icsassess.tables.titles import ACTION_TITLES, AGREED_TITLES

    titles = {**AGREED_TITLES, **ACTION_TITLES}
    return [
        point(
            "group-and-partner-differ",
            sheet=GAPS,
            ref=ref_of_gap(conflict.key),
            found=conflict.group,
            title=titles[conflict.title],
            partner_says=conflict.partner,
        )
        for conflict in merged.conflicts
    ]


def _with_problems(merged: Merged, problems: list[Problem]) -> Merged:
    return replace(merged, problems=in_order([*merged.problems, *problems])) if problems else merged


def merge_and_write(locality: Locality, as_at: datetime.date, reading: Reading | None = None) -> tuple[Merged, Path]:
    """Merge and write the new workbook into ``merged/`` and its record into ``history/``; gives the view and the path.

    Where nothing has changed since the last merge (returns, the group's workbook, settings and as-at date), its
    workbook stands and nothing is written: the view's ``nothing_new`` says so. Workbook and record are moved into their
    places one right after the other, the workbook last: a record without a workbook counts for nothing.
    """
    before = look_before(locality)
    merged = merge_in_memory(locality, as_at, reading, before)
    settings = settings_fingerprint(locality)
    last = before.last
    if last is not None and before.workbook is not None and _nothing_new(merged, before, settings):
        return replace(with_what_moved(merged, before.records), nothing_new=True), before.workbook
    group = None
    if before.workbook is not None:
        group = {"file": locality.relative(before.workbook), "sha256": before.sha256 or ""}
    record = record_of(merged, workbook=b"", previous=last, group=group)
    record["settings_sha256"] = settings
    record["partner_columns"] = partner_headings_of([partner.code for partner in locality.partners])
    name = workbook_name(locality, as_at)
    merged = with_what_moved(merged, [*before.records, Record(Path(name).with_suffix(".json"), "", record)])

    def write_workbook(file: BinaryIO) -> None:
        give_back()  # writing takes much memory of its own
        write_locality_workbook(merged, file)
        file.seek(0)
        record["wrote"]["sha256"] = fingerprint_of(file)

    history, target = locality.folder / "history", locality.folder / "merged"
    workbook = Pending(history, ".xlsx", write_workbook)
    its_record = Pending(history, ".json", lambda file: file.write(as_bytes(record)))
    paths = add_together(name, [workbook, its_record, Pending(target, ".xlsx", workbook)])
    return merged, paths[-1]


def merge_in_memory_with_changes(locality: Locality, as_at: datetime.date, reading: Reading | None = None) -> Merged:
    """Merge as :func:`merge_in_memory` does, and tell what moved: since the last merge, or in it if nothing is new."""
    before = look_before(locality)
    merged = merge_in_memory(locality, as_at, reading, before)
    settings = settings_fingerprint(locality)
    if before.last is not None and before.workbook is not None and _nothing_new(merged, before, settings):
        return with_what_moved(merged, before.records)
    record = record_of(merged, workbook=b"", previous=None, group=None)
    name = Path(workbook_name(locality, as_at)).with_suffix(".json")
    return with_what_moved(merged, [*before.records, Record(name, "", record)])


def with_what_moved(merged: Merged, history: Sequence[Record]) -> Merged:
    """Tell what moved since the merge before, and where the locality stood at each; the last record is this merge's."""
    moved = between(history[-2] if len(history) > 1 else None, history[-1], merged.locality.framework)
    return replace(merged, changes=moved, weeks=weeks_of(history))


def _nothing_new(merged: Merged, before: Before, settings: str) -> bool:
    last = before.last
    assert last is not None
    content = last.content
    returns = {(row["file"], row["sha256"]) for row in content["read"]["returns"]}
    now = {(row.file or None, row.sha256 or None) for row in merged.returns}
    framework = {"id": merged.locality.framework.id, "version": merged.locality.framework.version}
    standing = before.workbook is not None and before.workbook.is_relative_to(merged.locality.folder / "merged")
    return (
        standing
        and before.sha256 == content["wrote"]["sha256"]
        and content["as_at"] == merged.as_at.isoformat()
        and content.get("settings_sha256") == settings
        and content.get("version") == VERSION
        and content.get("framework") == framework
        and returns == now
    )


def gaps_of(path: Path, as_at: datetime.date | None, progress: Progress | None = None) -> list[Gap]:
    """Give the gaps of a locality folder, or of one of its merged workbooks as the group left it.

    A workbook that is not in its locality's folder any more is read from its own sheets alone.

    Raises ``Refusal`` where it is neither.
    """
    if path.is_dir() or not path.exists():
        locality = open_locality(path)
        return merge_in_memory(locality, locality.as_at(as_at), Reading(locality, progress)).gaps
    from icsassess.workbook.read_back.reader import open_locality_workbook
    from icsassess.workbook.read_back.standalone_gaps import gaps_alone

    workbook = open_locality_workbook(path)
    if not (path.resolve().parent.parent / SETTINGS).is_file():
        return gaps_alone(workbook, path.name, as_at)
    locality = open_locality(path.resolve().parent.parent)
    said = workbook.custom_properties.get("icsassess.as_at")
    day = as_at or (datetime.date.fromisoformat(said) if said else locality.as_at(None))
    return merge_in_memory(locality, day, Reading(locality, progress), look_before(locality, path)).gaps
