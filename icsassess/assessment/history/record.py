"""What each merge read, decided and wrote, kept in ``history/`` in a readable form and chained to the one before.

A record is a JSON file beside a copy of the workbook as it was written: together they are the next merge's common
parent. A record names the fingerprint of the record before it, so that a broken or missing link can be told.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from icsassess.assessment.history.fingerprints import content_fingerprint, fingerprint
from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality

FORMAT = 2
"""Of what is written. A record of format 1, which had one action a gap and no actions of their own, is still read."""
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: \((\d+)\))?")


@dataclass(frozen=True)
class Record:
    """One merge as the history keeps it: the record's path and fingerprint, and its content by key."""

    path: Path
    sha256: str
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The merge's name, the same as its workbook's, such as ‘Trafford 2024-01-10’."""
        return self.path.stem

    @property
    def as_at(self) -> datetime.date:
        """The merge's as-at date."""
        return datetime.date.fromisoformat(self.content["as_at"])

    @property
    def number(self) -> int:
        """The merge's number in the order in which merges were made, from 1; 0 where the record does not say."""
        return int(self.content.get("number") or 0)

    @property
    def written(self) -> Path:
        """The copy of the workbook as it was written."""
        return self.path.with_suffix(".xlsx")


def merge_key(stem: str) -> tuple[str, int] | None:
    """Give what tells and orders merges in a file's name: as-at date, and the number behind it where there are more.

    People save workbooks under longer names: what else stands in the name does not matter.
    """
    match = _KEY.search(stem)
    return (match.group(1), int(match.group(2) or 1)) if match else None


def _order(record: Record) -> tuple[int, tuple[str, int], str]:
    return record.number, merge_key(record.name) or ("", 0), record.name


class History(NamedTuple):
    """The records of a folder: the ``line`` of merges that leads to the newest, the oldest first, and ``every`` one.

    ``problems`` has a point for every link of the line that is broken or missing, and for records that cannot be read.
    """

    line: list[Record]
    every: list[Record]
    problems: list[Problem]


def records(
    locality: Locality, workbook_keys: Set[tuple[str, int] | None] | None = None
) -> tuple[list[Record], list[Problem]]:
    """Give the line of merges that leads to the newest, the oldest first, and the points on it; see ``History``."""
    history = history_of(locality, workbook_keys)
    return history.line, history.problems


def history_of(locality: Locality, workbook_keys: Set[tuple[str, int] | None] | None = None) -> History:
    """Give the history of a folder.

    ``workbook_keys`` are the keys of the workbooks in ``merged/``. Where two merges were made from one (on two
    computers, or where one was interrupted), the newest whose workbook is there leads the line.
    """
    if workbook_keys is None:
        workbook_keys = {merge_key(path.stem) for path in (locality.folder / "merged").glob("*")}
    loaded: list[Record] = []
    problems: list[Problem] = []
    for path in sorted((locality.folder / "history").glob("*.json")):
        if path.name.startswith(("~$", ".")):
            continue
        record = _read(path)
        if record is None:
            problems.append(_broken(path, "it cannot be read"))
            continue
        if record.content.get("fingerprint") not in (None, content_fingerprint(record.content)):
            problems.append(_broken(path, "it has been changed since it was written"))
        loaded.append(record)
    loaded.sort(key=_order)
    line = _line_of_the_newest(loaded, workbook_keys)
    return History(line, loaded, problems + _broken_links(line))


def _read(path: Path) -> Record | None:
    """Read a record, None where it cannot be used."""
    try:
        data = path.read_bytes()
        content = json.loads(data)
        record = Record(path, fingerprint(data), content)
        usable = (
            content["format"] in (1, FORMAT) and record.as_at is not None and record.number >= 0 and _is_whole(content)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return record if usable else None


def _is_whole(content: Mapping[str, Any]) -> bool:
    """Tell whether a record has everything that the next merge takes from it; raises like a lookup where it has not."""
    previous = content.get("previous")
    gaps = [(gap["id"], gap["ref"], gap["reasons"], gap["plan"]) for gap in content["gaps"]]
    has_actions = content["format"] != 1
    actions = [
        (row["id"], row["filled_in"].get("action"), *(_of_action(row) if has_actions else ()))
        for row in content["actions" if has_actions else "gaps"]
    ]
    lines = [(line["ref"], line["rating"], line["agreed"], dict(line["ratings"])) for line in content["lines"]]
    returns = [(row["partner"], row["state"], row["file"], row["sha256"]) for row in content["read"]["returns"]]
    agreed = [one["basis"] for one in content["decided"]["agreed"].values()]
    states = [dict(of_line) for of_line in content["states"].values()]
    linked = previous is None or bool(previous["record"] and previous["sha256"])
    named = isinstance(content["wrote"]["sha256"], str) and isinstance(content["partner_columns"], list)
    return linked and named and all(isinstance(row, list) for row in (gaps, actions, lines, returns, agreed, states))


def _of_action(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Give what else is taken from an action; raises like a lookup where it is not there."""
    keys = ("ref", "proposed_by", "action", "owner", "due", "status", "evidenced_by", "taken_up", "state", "current")
    return tuple(row[key] for key in (*keys, "source", "typed"))


def ancestors(record: Record, every: Sequence[Record]) -> list[Record]:
    """Give the merges that a merge was made from, the nearest first, as far as their records are there."""
    by_sha256 = {each.sha256: each for each in every}
    by_name = {each.path.name: each for each in every}
    line: list[Record] = []
    while (previous := record.content.get("previous")) is not None:
        before = by_name.get(previous["record"])
        if before is None or before.sha256 != previous["sha256"]:
            before = by_sha256.get(previous["sha256"], before)  # it may have been given another name
        if before is None or before in line:
            break
        line.append(before)
        record = before
    return line


def _line_of_the_newest(loaded: Sequence[Record], workbook_keys: Set[tuple[str, int] | None]) -> list[Record]:
    """Give the merges that led to the newest, and those before a link that is missing; none of another line."""
    if not loaded:
        return []
    made_from = {id(each) for record in loaded for each in ancestors(record, loaded)[:1]}
    ends = [record for record in loaded if id(record) not in made_from] or list(loaded)
    newest = max(ends, key=lambda record: (merge_key(record.name) in workbook_keys, _order(record)))
    own = [newest, *ancestors(newest, loaded)]
    return [
        record
        for record in loaded
        if record in own
        or (_order(record) < _order(newest) and not any(each in own for each in ancestors(record, loaded)))
    ]


def _broken_links(history: Sequence[Record]) -> list[Problem]:
    by_name = {record.path.name: record for record in history}
    problems = []
    for record in history:
        previous = record.content.get("previous")
        if previous is None:
            continue
        before = by_name.get(previous["record"])
        if before is None:
            problems.append(_broken(record.path, f"the record before it, {previous['record']}, is missing"))
        elif before.sha256 != previous["sha256"]:
            problems.append(_broken(record.path, f"the record before it, {previous['record']}, has been changed"))
    return problems


def _broken(path: Path, detail: str) -> Problem:
    return make_problem("history-broken", file=f"history/{path.name}", sheet=path.name, detail=detail)
