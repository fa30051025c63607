"""What stands in a locality folder before a merge: its history, and the workbook that holds the group's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import History, Record, history_of, merge_key
from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality
from icsassess.workbook.read_back.find_newest import MergedWorkbook, OtherWorkbook, find_newest, merged_workbooks


@dataclass(frozen=True)
class FolderState:
    """What stands in a folder before a merge: its history, and the workbook that holds the group's word.

    ``key`` tells which merge that workbook is of. ``others`` are workbooks beside it that were typed into, and
    ``foreign`` those that stem from a merge of which nothing here knows.
    """

    records: list[Record] = field(default_factory=list)
    workbook: Path | None = None
    sha256: str | None = None
    key: tuple[str, int] | None = None
    problems: list[Problem] = field(default_factory=list)
    others: list[OtherWorkbook] = field(default_factory=list)
    foreign: list[MergedWorkbook] = field(default_factory=list)

    @property
    def last(self) -> Record | None:
        """The newest record, None before the first merge."""
        return self.records[-1] if self.records else None

    def taken_in(self, problems: Iterable[Problem]) -> list[MergedWorkbook]:
        """Give the workbooks beside the group's that a merge has settled: all but those with a point left on them."""
        open_files = {problem.file for problem in problems if problem.code == "group-older-workbook"}
        workbooks = [*(other.workbook for other in self.others), *self.foreign]
        return [workbook for workbook in workbooks if f"merged/{workbook.path.name}" not in open_files]

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
    history = history_of(locality, {each.key for each in workbooks})
    if workbook is not None:
        sha256 = fingerprint(workbook.read_bytes())
        return FolderState(history.line, workbook, sha256, merge_key(workbook.stem), history.problems)
    newest = find_newest(workbooks, history, locality)
    state = FolderState(
        history.line, problems=[*history.problems, *newest.problems], others=newest.others, foreign=newest.foreign
    )
    if not newest.candidates:
        return _from_history(state, history, empty=not workbooks)
    from icsassess.workbook.read_back.group_workbook import select_group_workbook

    parent = next((record for record in history.line if merge_key(record.name) == newest.candidates[0].key), None)
    chosen = select_group_workbook(locality, newest.candidates, parent)
    return replace(state, workbook=chosen.path, sha256=chosen.sha256, key=chosen.key)


def _from_history(state: FolderState, history: History, *, empty: bool) -> FolderState:
    """Go on from the history's copy of the last workbook where ``merged/`` does not hold it any more.

    A single record beside an empty folder is none to go on from: its merge may have been interrupted before its
    workbook got there, and the copy holds nothing that people typed.
    """
    last = state.last
    if last is None or not last.written.is_file() or (empty and len(history.line) < 2):
        return state
    gone = make_problem("group-workbook-gone", sheet=last.written.name, found=last.name)
    sha256 = fingerprint(last.written.read_bytes())
    return replace(
        state, workbook=last.written, sha256=sha256, key=merge_key(last.name), problems=[*state.problems, gone]
    )
