"""The locality workbooks in ``merged/``: which merge each stems from, and which of them hold the group's word."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from icsassess.assessment.history.fingerprints import fingerprint
from icsassess.assessment.history.record import History, Record, ancestors, merge_key
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.reading.formats.registry import endings
from icsassess.locality.locality import Locality, file_name
from icsassess.support.text import fold
from icsassess.workbook.read_back.properties import IDENTITY, LOCALITY, program_properties

Key = tuple[str, int]


class MergedWorkbook(NamedTuple):
    """A workbook in ``merged/``: which merge it is of (as-at date and number), its path, and its fingerprint."""

    key: Key
    path: Path
    sha256: str


class OtherWorkbook(NamedTuple):
    """A workbook beside the group's that was typed into: of an earlier merge, or of another line of merges.

    ``parent`` is the merge it stems from, ``base`` the merge that it and the group's workbook both stem from, ``later``
    the merge of our line that was made from ``base``: it took in what had been typed by then.
    """

    workbook: MergedWorkbook
    parent: Record
    base: Record
    later: Record | None


class Newest(NamedTuple):
    """The workbooks that may hold the group's word (none, one, or several that differ), and points on the others.

    ``others`` were typed into and can be taken in three ways; ``foreign`` stem from a merge that nothing here knows.
    """

    candidates: list[MergedWorkbook]
    problems: list[Problem]
    others: list[OtherWorkbook]
    foreign: list[MergedWorkbook]


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
    properties = program_properties(path)
    return None if properties is None else merge_key(properties.get("icsassess.as_at", ""))


def find_newest(workbooks: Sequence[MergedWorkbook], history: History, locality: Locality) -> Newest:
    """Give the workbooks of the newest merge, and what else in ``merged/`` was typed into.

    Each workbook says which merge it stems from; one that does not (an old one, or another kind of file) is known by
    the date and number in its name. Where the group saved a copy beside the workbook that was written, the copy is the
    group's. No candidates where the newest merge's workbook is not there.
    """
    own, problems = _without_other_localities(workbooks, history, locality)
    origins = _Origins(history)
    recorded, unrecorded, foreign = origins.sort(own)
    last = history.line[-1] if history.line else None
    last_key = _key(last) if last is not None else None
    beyond = [workbook for workbook in unrecorded if last_key is None or workbook.key > last_key]
    if beyond or last is None:
        newest = [workbook for workbook in beyond if workbook.key == beyond[-1].key]
    else:
        newest = [workbook for workbook, record in recorded if record is last]
    changed = {workbook.sha256: workbook for workbook in newest if workbook.sha256 not in origins.written}
    candidates = list(changed.values()) or newest[-1:]
    others = [
        _other(workbook, record, history)
        for workbook, record in recorded
        if workbook not in newest and workbook.sha256 not in origins.settled
    ]
    problems += [
        make_problem("group-workbook-unknown", file=f"merged/{workbook.path.name}", sheet=workbook.path.name)
        for workbook in unrecorded
        if workbook not in newest and workbook.sha256 not in origins.settled
    ]
    problems += _open_elsewhere([*newest, *(other.workbook for other in others if other is not None)])
    return Newest(candidates, problems, [other for other in others if other is not None], foreign)


def _without_other_localities(
    workbooks: Iterable[MergedWorkbook], history: History, locality: Locality
) -> tuple[list[MergedWorkbook], list[Problem]]:
    """Leave out workbooks that say they are another locality's."""
    written = {record.content["wrote"]["sha256"] for record in history.every}
    names = {fold(locality.name), *(fold(str(record.content.get("locality", ""))) for record in history.every)}
    own: list[MergedWorkbook] = []
    problems: list[Problem] = []
    for workbook in workbooks:
        properties = {} if workbook.sha256 in written else program_properties(workbook.path) or {}
        other = properties.get(LOCALITY, "")
        if other and fold(other) not in names:
            about = {"file": f"merged/{workbook.path.name}", "sheet": workbook.path.name}
            problems.append(make_problem("group-workbook-of-another-locality", found=other, **about))
        else:
            own.append(workbook)
    return own, problems


class _Origins:
    """Tells which merge a workbook stems from."""

    def __init__(self, history: History) -> None:
        self._history = history
        every = [*history.every, *history.line]  # where a record was copied, the one of our line counts
        self.written = {record.content["wrote"]["sha256"]: record for record in every}
        read = [record.content["read"] for record in every]
        self.settled = {*self.written, *((one["workbook"] or {}).get("sha256") for one in read)}
        self.settled |= {also["sha256"] for one in read for also in one.get("also", [])}
        self._by_identity = {name: record for record in every if (name := record.content.get("identity"))}
        self._lost = _identities_without_a_record(history)
        self._by_key = {key: record for record in history.line if (key := merge_key(record.name)) is not None}

    def sort(
        self, workbooks: Iterable[MergedWorkbook]
    ) -> tuple[list[tuple[MergedWorkbook, Record]], list[MergedWorkbook], list[MergedWorkbook]]:
        """Give those whose merge has a record, with it; those of which nothing is known; those of an unknown merge."""
        recorded: list[tuple[MergedWorkbook, Record]] = []
        unrecorded: list[MergedWorkbook] = []
        foreign: list[MergedWorkbook] = []
        for workbook in workbooks:
            record = self.written.get(workbook.sha256)
            identity = "" if record else (program_properties(workbook.path) or {}).get(IDENTITY, "")
            record = record or self._by_identity.get(identity)
            if record is None and identity and self._history.every and identity not in self._lost:
                foreign += [workbook] if workbook.sha256 not in self.settled else []
                continue
            workbook = workbook._replace(key=_key(record) if record else self._of_a_merge(workbook.key))
            record = record or self._by_key.get(workbook.key)
            if record is None:
                unrecorded.append(workbook)
            else:
                recorded.append((workbook, record))
        return recorded, sorted(unrecorded, key=lambda workbook: workbook.key), foreign

    def _of_a_merge(self, key: Key) -> Key:
        """Give the key of the merge that a workbook is of: a copy may have been given a number that no merge has."""
        if key in self._by_key:
            return key
        return max((recorded for recorded in self._by_key if recorded[0] == key[0] and recorded <= key), default=key)


def _identities_without_a_record(history: History) -> set[str]:
    """Give the merges of which the history has the workbook as it was written, and no record that can be read."""
    names = {record.written.name for record in history.every}
    folder = history.every[0].path.parent if history.every else None
    copies = sorted(folder.glob("*.xlsx")) if folder is not None else []
    return {
        identity
        for path in copies
        if path.name not in names and (identity := (program_properties(path) or {}).get(IDENTITY, ""))
    }


def _key(record: Record) -> Key:
    return merge_key(record.name) or ("", 0)


def _other(workbook: MergedWorkbook, parent: Record, history: History) -> OtherWorkbook | None:
    """Give a workbook with the merge that it and our line both stem from; None where they share none."""
    line = history.line
    base = next((record for record in (parent, *ancestors(parent, history.every)) if record in line), None)
    if base is None:
        return None
    following = line.index(base) + 1
    later = line[following] if base is parent and following < len(line) else None
    return OtherWorkbook(workbook, parent, base, later)


def _open_elsewhere(workbooks: Sequence[MergedWorkbook]) -> list[Problem]:
    """Tell of workbooks that a program has open: what has not been saved yet cannot be read."""
    locks = (
        (workbook, workbook.path.with_name(name.format(workbook.path.name)))
        for workbook in workbooks
        for name in _LOCKS
    )
    open_paths = list(dict.fromkeys(workbook.path for workbook, lock in locks if lock.exists()))
    return [make_problem("group-workbook-open", file=f"merged/{path.name}", sheet=path.name) for path in open_paths]


_LOCKS = ("~${}", ".~lock.{}#")
