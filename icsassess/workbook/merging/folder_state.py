"""What stands in a locality folder before a merge: its history, and the workbook that holds the group's word."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import Record, merge_key, records
from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality
from icsassess.workbook.read_back.find_newest import find_newest, merged_workbooks


@dataclass(frozen=True)
class FolderState:
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
        matching = (record for record in reversed(self.records) if merge_key(record.name) == self.key)
        return None if self.key is None else next(matching, None)


def read_folder_state(locality: Locality, workbook: Path | None = None) -> FolderState:
    """Look at a folder's history and newest workbook (or the one named).

    Raises ``Refusal`` where several copies of it were changed and none holds all of the changes.
    """
    workbooks = merged_workbooks(locality)
    history, problems = records(locality, {each.key for each in workbooks})
    if workbook is not None:
        sha256 = fingerprint(workbook.read_bytes())
        return FolderState(history, workbook, sha256, merge_key(workbook.stem), problems)
    newest = find_newest(workbooks, history)
    if not newest.candidates:
        return _without_a_workbook(locality) or FolderState(history, problems=problems)
    from icsassess.workbook.read_back.group_workbook import select_group_workbook

    parent = next((record for record in history if merge_key(record.name) == newest.candidates[0].key), None)
    chosen = select_group_workbook(locality, newest.candidates, parent)
    return FolderState(history, chosen.path, chosen.sha256, chosen.key, [*problems, *newest.problems])


def _without_a_workbook(locality: Locality) -> FolderState | None:
    """Go on from the history's copy of the last workbook where ``merged/`` holds none any more.

    A single record is none to go on from: its merge may have been interrupted before its workbook got there, and the
    copy holds nothing that people typed. None then, and where there is no history.
    """
    history, problems = records(
        locality, {merge_key(path.stem) for path in (locality.folder / "history").glob("*.json")}
    )
    if len(history) < 2 or not history[-1].written.is_file():
        return None
    last = history[-1]
    gone = make_problem("group-workbook-gone", sheet=last.written.name, found=last.name)
    sha256 = fingerprint(last.written.read_bytes())
    return FolderState(history, last.written, sha256, merge_key(last.name), [*problems, gone])
