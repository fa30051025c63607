"""The merge of a locality folder: returns and the group's last workbook in, the next workbook out."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pandas as pd

from icsassess.assessment.decisions import NO_DECISIONS, Decisions
from icsassess.assessment.merge import merge_folder
from icsassess.assessment.merged import Merged
from icsassess.excel.saving import add_file
from icsassess.locality import Locality, open_locality
from icsassess.problems import Problem, in_order
from icsassess.returns.check import Progress
from icsassess.workbook.newest import merged_workbooks, workbook_name
from icsassess.workbook.read_back import open_locality_workbook, read_decisions
from icsassess.workbook.write import locality_workbook


def merge_in_memory(
    locality: Locality, as_at: datetime.date, progress: Progress | None = None, workbook: Path | None = None
) -> Merged:
    """Merge a folder's returns with what the group typed into its newest workbook, or into the one named."""
    last = workbook or next(reversed(merged_workbooks(locality)), None)
    decisions, problems = _decisions(locality, last)
    merged = merge_folder(locality, as_at, decisions, progress)
    return replace(merged, problems=in_order([*merged.problems, *problems])) if problems else merged


def _decisions(locality: Locality, last: Path | None) -> tuple[Decisions, list[Problem]]:
    if last is None:
        return NO_DECISIONS, []
    decisions, problems = read_decisions(open_locality_workbook(last), frozenset(locality.framework.line_by_ref))
    return decisions, [problem.of(file=locality.relative(last)) for problem in problems]


def merge_and_write(locality: Locality, as_at: datetime.date, progress: Progress | None = None) -> tuple[Merged, Path]:
    """Merge and write the new workbook into ``merged/``; gives the view and the workbook's path.

    Where the same workbook is already there, byte for byte, it is not written again.
    """
    merged = merge_in_memory(locality, as_at, progress)
    data = locality_workbook(merged)
    for path in merged_workbooks(locality):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return merged, path
    return merged, add_file(locality.sub_folder("merged") / workbook_name(locality, as_at), data)


def gaps_of(path: Path, as_at: datetime.date | None, progress: Progress | None = None) -> pd.DataFrame:
    """Give the gaps of a locality folder, or of one of its merged workbooks as the group left it.

    Raises ``Refusal`` where it is neither.
    """
    if path.is_dir() or not path.exists():
        locality = open_locality(path)
        return merge_in_memory(locality, locality.as_at(as_at), progress).gaps
    workbook = open_locality_workbook(path)
    locality = open_locality(path.resolve().parent.parent)
    said = workbook.custom_properties.get("icsassess.as_at")
    day = as_at or (datetime.date.fromisoformat(said) if said else locality.as_at(None))
    return merge_in_memory(locality, day, progress, path).gaps
