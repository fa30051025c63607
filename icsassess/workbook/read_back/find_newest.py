"""The newest locality workbook in ``merged/``, whatever the group saved it as, and the name of the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import Record, merge_key
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.reading.formats.registry import endings
from icsassess.locality.locality import Locality, file_name
from icsassess.workbook.sheets.registry import long_titles

Key = tuple[str, int]


class MergedWorkbook(NamedTuple):
    """A workbook in ``merged/``: which merge it is of (as-at date and number), its path, and its fingerprint."""

    key: Key
    path: Path
    sha256: str


class Newest(NamedTuple):
    """The workbooks that may hold the group's word (none, one, or several that differ), and points on the others."""

    candidates: list[MergedWorkbook]
    problems: list[Problem]


def workbook_name(locality: Locality, as_at: datetime.date) -> str:
    """Give the name of the workbook of a merge: locality and as-at date."""
    return f"{file_name(locality.name)} {as_at.isoformat()}.xlsx"


def merged_workbooks(locality: Locality) -> list[MergedWorkbook]:
    """Give the locality's merged workbooks in the order of their as-at dates and numbers.

    Workbooks that the group saved under another name count where the date and number in it put them, else the date
    that stands in the workbook. Raises ``Refusal`` where one cannot be read.
    """
    return sorted(_each_workbook(locality), key=lambda workbook: (workbook.key, workbook.path.name))


def _each_workbook(locality: Locality) -> Iterator[MergedWorkbook]:
    for path in (locality.folder / "merged").glob("*"):
        if path.suffix.casefold() not in endings() or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        try:
            sha256 = fingerprint(path.read_bytes())
        except OSError as error:
            detail = error.strerror or str(error)
            raise Refusal(make_problem("file-not-there", sheet=f"merged/{path.name}", detail=detail)) from error
        if key := merge_key(path.stem) or _key_inside(path):
            yield MergedWorkbook(key, path, sha256)


def _key_inside(path: Path) -> Key | None:
    """Tell the merge of a workbook whose name does not say it, from the as-at date that it holds."""
    from icsassess.excel.container.limits import GENEROUS_LIMITS
    from icsassess.returns.reading.file.open_file import open_file
    from icsassess.workbook.read_back.reader import is_locality_workbook

    workbook = open_file(path, long_titles(), GENEROUS_LIMITS).workbook
    if workbook is None or not is_locality_workbook(workbook):
        return None
    return merge_key(workbook.custom_properties.get("icsassess.as_at", ""))


def find_newest(workbooks: Sequence[MergedWorkbook], records: Sequence[Record]) -> Newest:
    """Give the workbooks of the newest merge: as the history knows the order of merges, else by date and number.

    Where the group saved a copy beside the workbook that was written, the copy is the group's. A workbook of an older
    merge that was changed since that merge went into the next is told of: what was typed there is not in this one.
    """
    if not workbooks:
        return Newest([], [])
    workbooks = [workbook._replace(key=_of_a_merge(workbook.key, records)) for workbook in workbooks]
    places = {merge_key(record.name): number for number, record in enumerate(records)}
    written = {record.content["wrote"]["sha256"] for record in records}
    read = {(record.content["read"]["workbook"] or {}).get("sha256") for record in records}

    def place(workbook: MergedWorkbook) -> tuple[float, Key]:
        place_in_history = places.get(workbook.key)
        earlier = [number for key, number in places.items() if key is not None and key <= workbook.key]
        return (place_in_history if place_in_history is not None else max(earlier, default=-1) + 0.5), workbook.key

    last = max(place(workbook) for workbook in workbooks)
    same = [workbook for workbook in workbooks if place(workbook) == last]
    edited = {workbook.sha256: workbook for workbook in same if workbook.sha256 not in written}
    problems = [
        make_problem("group-older-workbook", file=f"merged/{workbook.path.name}", sheet=workbook.path.name)
        for workbook in workbooks
        if workbook not in same and workbook.sha256 not in written and workbook.sha256 not in read
    ]
    return Newest(list(edited.values()) or same[-1:], problems + _open_elsewhere(same))


def _of_a_merge(key: Key, records: Sequence[Record]) -> Key:
    """Give the key of the merge that a workbook is of: a copy may have been given a number that no merge has."""
    keys = {recorded for record in records if (recorded := merge_key(record.name)) is not None}
    if key in keys:
        return key
    return max((recorded for recorded in keys if recorded[0] == key[0] and recorded <= key), default=key)


def _open_elsewhere(same: Sequence[MergedWorkbook]) -> list[Problem]:
    """Tell of workbooks that a program has open: what has not been saved yet cannot be read."""
    locks = (
        (workbook, workbook.path.with_name(name.format(workbook.path.name))) for workbook in same for name in _LOCKS
    )
    open_paths = list(dict.fromkeys(workbook.path for workbook, lock in locks if lock.exists()))
    return [make_problem("group-workbook-open", file=f"merged/{path.name}", sheet=path.name) for path in open_paths]


_LOCKS = ("~${}", ".~lock.{}#")
