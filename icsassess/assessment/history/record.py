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
from typing import Any

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


def records(
    locality: Locality, workbook_keys: Set[tuple[str, int] | None] | None = None
) -> tuple[list[Record], list[Problem]]:
    """Give the history, the oldest merge first, and a point for every link that is broken, missing or unreadable.

    ``workbook_keys`` are the keys of the workbooks in ``merged/``. A record counts if its workbook is there, or if one
    that counts was made from it: a merge may have been interrupted before its workbook got there, or the group may
    have taken it out to go on from the one before.
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
    loaded = _counting_records(sorted(loaded, key=_order), workbook_keys)
    return loaded, problems + _broken_links(loaded)


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


def _counting_records(loaded: Sequence[Record], workbook_keys: Set[tuple[str, int] | None]) -> list[Record]:
    by_name = {record.path.name: record for record in loaded}
    counting: set[str] = set()
    for record in loaded:
        following: Record | None = record if merge_key(record.name) in workbook_keys else None
        while following is not None and following.path.name not in counting:
            counting.add(following.path.name)
            previous = following.content.get("previous")
            following = by_name.get(previous["record"]) if previous else None
    return [record for record in loaded if record.path.name in counting]


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
