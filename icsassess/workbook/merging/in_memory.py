"""A merge in memory: returns and all that the group left in its newest workbook become the view; nothing is written."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from icsassess.assessment.actions.names import line_of
from icsassess.assessment.group_edits.decisions import NO_DECISIONS
from icsassess.assessment.group_edits.edits import ACTIONS
from icsassess.assessment.history.changes import between
from icsassess.assessment.history.fingerprints import settings_fingerprint
from icsassess.assessment.history.new_record import record_of
from icsassess.assessment.history.point_progress import track_points
from icsassess.assessment.history.record import Record
from icsassess.assessment.history.trend import weeks_of
from icsassess.assessment.merging.merge import merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.score_totals import with_scores
from icsassess.domain.problems import Problem, in_order, make_problem
from icsassess.locality.locality import Locality
from icsassess.returns.reading.session import Reading
from icsassess.version import VERSION
from icsassess.workbook.merging.folder_state import FolderState, read_folder_state
from icsassess.workbook.merging.next_round import first_of_a_round
from icsassess.workbook.read_back.find_newest import workbook_name


def merge_in_memory(
    locality: Locality, as_at: datetime.date, reading: Reading | None = None, state: FolderState | None = None
) -> Merged:
    """Merge a folder's returns with all that the group left in its newest workbook.

    Raises ``Refusal`` with the cell where that workbook can no longer be understood.
    """
    state = state or read_folder_state(locality)
    last = state.last.content if state.last else None
    if state.workbook is None:
        merged = track_points(merge_folder(locality, as_at, NO_DECISIONS, reading), last)
        return with_scores(_with_problems(replace(merged, carried=first_of_a_round(locality)), state.problems))
    # Imported here, as all that reads a workbook back: a first merge, or one in memory, has none to read.
    from icsassess.workbook.read_back.copied_sheets import take_in_copies
    from icsassess.workbook.read_back.group_workbook import read_group_edits
    from icsassess.workbook.read_back.other_workbooks import take_in

    carrying, problems = read_group_edits(locality, state.workbook, state.sha256 or "", state.parent)
    carrying, of_copies = take_in_copies(locality, state.workbook, state.parent, carrying)
    carrying, of_others = take_in(locality, carrying, state.others, state.foreign)
    decisions = carrying.decisions()
    merged = track_points(merge_folder(locality, as_at, decisions, reading), last)
    since = state.parent.as_at if state.parent else as_at
    carried = carrying.finish(frozenset(gap.id for gap in merged.gaps), merged.register, decisions, since)
    file = locality.relative(state.workbook)
    points = [problem.of(file=file) for problem in (*carrying.problems, *problems, *of_copies, *_conflicts(merged))]
    return with_scores(_with_problems(replace(merged, carried=carried), [*state.problems, *of_others, *points]))


def _conflicts(merged: Merged) -> list[Problem]:
    from icsassess.tables.titles import ACTION_TITLES

    return [
        make_problem(
            "group-and-partner-differ",
            sheet=ACTIONS,
            ref=line_of(conflict.key),
            name=conflict.key,
            found=conflict.group,
            title=ACTION_TITLES[conflict.title],
            partner_says=conflict.partner,
        )
        for conflict in merged.register.conflicts
    ]


def _with_problems(merged: Merged, problems: list[Problem]) -> Merged:
    return replace(merged, problems=in_order([*merged.problems, *problems])) if problems else merged


def merge_with_changes(locality: Locality, as_at: datetime.date, reading: Reading | None = None) -> Merged:
    """Merge as :func:`merge_in_memory` does, and tell what moved: since the last merge, or in it if nothing is new."""
    state = read_folder_state(locality)
    merged = merge_in_memory(locality, as_at, reading, state)
    settings = settings_fingerprint(locality)
    if is_unchanged(merged, state, settings):
        return with_changes(merged, state.records)
    record = record_of(merged, workbook=b"", previous=None, group=None)
    name = Path(workbook_name(locality, as_at)).with_suffix(".json")
    return with_changes(merged, [*state.records, Record(name, "", record)])


def with_changes(merged: Merged, history: Sequence[Record]) -> Merged:
    """Tell what moved since the merge before, and where the locality stood at each; the last record is this merge's."""
    changes = between(history[-2] if len(history) > 1 else None, history[-1], merged.locality.framework)
    return replace(merged, changes=changes, weeks=weeks_of(history))


def is_unchanged(merged: Merged, state: FolderState, settings: str) -> bool:
    """Tell whether the last merge took in exactly this: returns, group's workbook, settings, date, program version."""
    if state.last is None or state.workbook is None or state.others:
        return False
    content = state.last.content
    returns = {(row["file"], row["sha256"]) for row in content["read"]["returns"]}
    current = {(row.file or None, row.sha256 or None) for row in merged.returns}
    framework = {"id": merged.locality.framework.id, "version": merged.locality.framework.version}
    is_in_its_place = state.workbook.is_relative_to(merged.locality.folder / "merged")
    return (
        is_in_its_place
        and state.sha256 == content["wrote"]["sha256"]
        and content["as_at"] == merged.as_at.isoformat()
        and content.get("settings_sha256") == settings
        and content.get("version") == VERSION
        and content.get("framework") == framework
        and returns == current
    )
