"""The newest merge of a folder, for what is written from it beside the workbook: a page, a paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

from icsassess.assessment.events.compare import compare
from icsassess.assessment.history.new_record import record_of
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.model import Merged
from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import Locality
from icsassess.returns.reading.session import Reading
from icsassess.support.text import listing
from icsassess.workbook.merging.folder_state import read_folder_state
from icsassess.workbook.merging.in_memory import merge_in_memory, with_changes
from icsassess.workbook.merging.up_to_date import changed_since
from icsassess.workbook.signing.manifest import Signed, signed_versions
from icsassess.workbook.signing.verdict import AS_SIGNED
from icsassess.workbook.signing.verify import verify


@dataclass(frozen=True)
class NewestMerge:
    """The newest merge as the folder and the group's workbook have it now.

    ``name`` is the merge's, the same as its workbook's; ``since`` says what has changed since it was made (then the
    figures are no longer those of the workbook as it was written). ``signed`` is the signed version of this very
    merge, ``signed_before`` the newest one of another state; ``seal_broken`` tells that the signed version of this one
    is not as it was signed. ``earlier`` are the merges before it, the oldest first.
    """

    merged: Merged
    name: str
    since: tuple[str, ...] = ()
    signed: Signed | None = None
    signed_before: Signed | None = None
    seal_broken: bool = False
    earlier: tuple[Record, ...] = ()

    @property
    def record(self) -> Record:
        """What the history would keep of it as it is now: to be compared with an earlier merge."""
        return Record(self.merged.locality.folder / self.name, "", _content(self.merged))


def _content(merged: Merged) -> dict[str, object]:
    return record_of(merged, workbook=b"", previous=None, group=None)


def newest_merge(locality: Locality, reading: Reading | None = None) -> NewestMerge:
    """Read the newest merge, as at its own date, with what the group has typed into its workbook; nothing is written.

    Raises ``Refusal`` where nothing has been merged yet.
    """
    state = read_folder_state(locality)
    last = state.parent or state.last
    if state.workbook is None or last is None:
        raise Refusal(make_problem("no-merge-yet", sheet=str(locality.folder)))
    merged = merge_in_memory(locality, last.as_at, reading, state)
    since = tuple(changed_since(merged, state)) or _comes_out_differently(merged, last)
    earlier = tuple(state.records[: state.records.index(last)])
    until = replace(last, content=_content(merged)) if since else last
    merged = with_changes(merged, [*earlier, until])
    versions = signed_versions(locality)
    newest = versions[-1] if versions else None
    of_this = newest is not None and not since and _is_of(newest, last)
    holds = of_this and newest is not None and _holds(newest)
    return NewestMerge(
        merged,
        last.name,
        since,
        newest if holds else None,
        None if of_this else newest,
        of_this and not holds,
        earlier,
    )


def _comes_out_differently(merged: Merged, last: Record) -> tuple[str, ...]:
    """Say whether the same merge, made again with this version and its data files, is another one: by what moves."""
    changes = compare(last.content, _content(merged))
    if not changes:
        return ()
    places = listing(list(dict.fromkeys(change.ref or change.partner or "" for change in changes)), most=5)
    return (f"made again with this version of icsassess and its data files, {places} would come out differently",)


def _is_of(signed: Signed, last: Record) -> bool:
    """Tell whether this is the merge that was signed: the last one that the manifest knows."""
    history = signed.content["history"]
    newest = history[-1] if isinstance(history, list) and history else None
    return isinstance(newest, dict) and (newest.get("record"), newest.get("sha256")) == (last.path.name, last.sha256)


def _holds(signed: Signed) -> bool:
    """Tell whether the signed workbook and its manifest are as they were signed."""
    try:
        return verify(signed.path.with_suffix(".xlsx")).verdict == AS_SIGNED
    except Refusal:
        return False
