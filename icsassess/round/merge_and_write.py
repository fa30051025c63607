"""The merge of a locality folder: returns and the group's last workbook in, the next workbook and its record out."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from icsassess.assessment.history.fingerprints import content_fingerprint, fingerprint_of, settings_fingerprint
from icsassess.assessment.history.new_record import as_bytes, record_of
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.model import Merged
from icsassess.locality.locality import Locality
from icsassess.returns.reading.session import Reading
from icsassess.support.memory import give_back
from icsassess.support.saving import Pending, add_together
from icsassess.workbook.layout import partner_headings_of
from icsassess.workbook.merging.folder_state import read_folder_state
from icsassess.workbook.merging.in_memory import is_unchanged, merge_in_memory, with_changes
from icsassess.workbook.read_back.find_newest import workbook_name
from icsassess.workbook.write import write_locality_workbook


def merge_and_write(locality: Locality, as_at: datetime.date, reading: Reading | None = None) -> tuple[Merged, Path]:
    """Merge and write the new workbook into ``merged/`` and its record into ``history/``; gives the view and the path.

    Where nothing has changed since the last merge (returns, the group's workbook, settings and as-at date), its
    workbook stands and nothing is written: the view's ``nothing_new`` says so. Workbook and record are moved into their
    places one right after the other, the workbook last: a record without a workbook counts for nothing.
    """
    state = read_folder_state(locality)
    merged = merge_in_memory(locality, as_at, reading, state)
    settings = settings_fingerprint(locality)
    if state.workbook is not None and is_unchanged(merged, state, settings):
        return replace(with_changes(merged, state.records), nothing_new=True), state.workbook
    group = None
    if state.workbook is not None:
        group = {"file": locality.relative(state.workbook), "sha256": state.sha256 or ""}
    record = record_of(merged, workbook=b"", previous=state.last, group=group)
    taken_in = state.taken_in(merged.problems)
    also = [{"file": locality.relative(other.path), "sha256": other.sha256} for other in taken_in]
    record["read"].update({"also": also} if also else {})
    record["settings_sha256"] = settings
    record["partner_columns"] = partner_headings_of([partner.code for partner in locality.partners])
    record["identity"] = content_fingerprint(record)
    name = workbook_name(locality, as_at)
    merged = replace(merged, identity=record["identity"])
    merged = with_changes(merged, [*state.records, Record(Path(name).with_suffix(".json"), "", record)])

    def write_workbook(file: BinaryIO) -> None:
        write_locality_workbook(merged, file)
        file.seek(0)
        record["wrote"]["sha256"] = fingerprint_of(file)

    give_back()  # what was needed to merge only: writing takes much memory of its own
    history, target = locality.folder / "history", locality.folder / "merged"
    workbook = Pending(history, ".xlsx", write_workbook)
    its_record = Pending(history, ".json", lambda file: file.write(as_bytes(record)))
    paths = add_together(name, [workbook, its_record, Pending(target, ".xlsx", workbook)])
    return merged, paths[-1]
