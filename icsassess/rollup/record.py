"""The record of a roll-up, kept beside it in a readable form, and what moved since the last one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from icsassess.assessment.events.compare import compare
from icsassess.assessment.events.model import GROUP_DECIDED, SETTINGS_CHANGED, Event
from icsassess.assessment.history.fingerprints import content_fingerprint, fingerprint
from icsassess.assessment.merging.effective_return import OUTSTANDING, RECEIVED
from icsassess.assessment.output.as_json import iso
from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.rollup.comparison import Rollup
from icsassess.rollup.locality_summary import LocalitySummary
from icsassess.rollup.read_locality import KIND
from icsassess.version import VERSION
from icsassess.workbook.signing.verdict import AS_SIGNED, CHANGED, NOT_SIGNED

FORMAT = 1
ABOUT = "The record of a roll-up: what it was made from and what it said. The next roll-up into this folder needs it."
_STATES = {AS_SIGNED: "signed", CHANGED: "changed since it was signed", NOT_SIGNED: "not signed"}


@dataclass(frozen=True)
class PreviousRollup:
    """The last roll-up: its record's name, fingerprint and content."""

    name: str
    sha256: str
    content: dict[str, Any]

    @property
    def number(self) -> int:
        """Which roll-up it was, from 1."""
        return int(self.content["number"])


class LocalityChange(NamedTuple):
    """One thing that moved in one locality, named by its label."""

    locality: str
    change: Event


def previous_rollup(folder: Path) -> tuple[PreviousRollup | None, list[Problem]]:
    """Give the newest record of a roll-up in a folder, and a point for each that cannot be used."""
    newest: PreviousRollup | None = None
    problems = []
    for path in sorted(folder.glob("*.json")):
        record, broken = _read(path)
        if broken:
            problems.append(make_problem("rollup-record-broken", file=path.name, sheet=path.name, detail=broken))
        if record is not None and (newest is None or record.number > newest.number):
            newest = record
    return newest, problems


def _read(path: Path) -> tuple[PreviousRollup | None, str]:
    """Read a record; of one that cannot be used say why. Other JSON files are none of ours."""
    try:
        data = path.read_bytes()
        content = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None, "cannot be read" if path.with_suffix(".xlsx").is_file() else ""
    if not isinstance(content, dict) or content.get("kind") != KIND:
        return None, ""
    try:
        if content["fingerprint"] != content_fingerprint(content):
            return None, "has been changed since it was written"
        last = PreviousRollup(path.name, fingerprint(data), content)
        whole = content["format"] == FORMAT and last.number > 0 and bool(last.content["as_at"])
    except (KeyError, ValueError, TypeError):
        whole = False
    return (last, "") if whole else (None, "is not whole")


def record_of(rollup: Rollup, last: PreviousRollup | None, workbook: bytes) -> bytes:
    """Give the record of a roll-up as the bytes of its file."""
    content: dict[str, Any] = {
        "about": ABOUT,
        "kind": KIND,
        "format": FORMAT,
        "version": VERSION,
        "number": 1 if last is None else last.number + 1,
        "as_at": rollup.as_at.isoformat(),
        "previous": None if last is None else {"record": last.name, "sha256": last.sha256},
        "wrote": {"sha256": fingerprint(workbook)},
        "localities": [_locality(locality) for locality in rollup.localities],
        "left_out": [{"name": one.name, "file": one.file, "why": one.problem.message} for one in rollup.absent],
    }
    content["fingerprint"] = content_fingerprint(content)
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def _locality(locality: LocalitySummary) -> dict[str, Any]:
    """Give what a record keeps of a locality, in the words that two records of a merge are compared by."""
    permitted = vocabulary().names
    partners = dict.fromkeys(code for line in locality.lines for code in line.ratings)
    return {
        "name": locality.name,
        "label": locality.label,
        "framework": {"id": locality.framework.id, "version": locality.framework.version},
        "template": locality.template,
        "as_at": iso(locality.as_at),
        "state": locality.state,
        "file": locality.file,
        "sha256": locality.sha256,
        "lines": [
            {
                "ref": line.ref,
                "statement": line.statement,
                "category": line.category,
                "rating": line.rating if line.rating in permitted else None,
                "agreed": line.agreed or None,
                "ratings": dict(line.ratings),
                "changed_since_agreed": False,
            }
            for line in locality.lines
        ],
        "gaps": [
            {
                "id": gap.id,
                "ref": gap.ref,
                "reasons": list(gap.reasons),
                "plan": gap.plan or None,
                "actions": gap.actions,
                "late": gap.late,
            }
            for gap in locality.gaps
        ],
        "read": {"returns": [_return(locality, partner) for partner in partners]},
    }


def _return(locality: LocalitySummary, partner: str) -> dict[str, Any]:
    """Give whether a partner had answered, as its ratings tell it."""
    absent = vocabulary().absent.no_return
    has_answered = any(line.ratings.get(partner, absent) != absent for line in locality.lines)
    return {"partner": partner, "state": RECEIVED if has_answered else OUTSTANDING, "file": None, "sha256": None}


def changes_since(rollup: Rollup, last: PreviousRollup | None) -> list[LocalityChange]:
    """Give what moved since the last roll-up, locality by locality; nothing where there was none."""
    if last is None:
        return []
    earlier = {_key(content): content for content in last.content["localities"]}
    changes: list[LocalityChange] = []
    for locality in rollup.localities:
        content = _locality(locality)
        before = earlier.pop(_key(content), None)
        changes += [LocalityChange(locality.label, change) for change in _of_locality(locality, content, before)]
    for gone in earlier.values():
        sentence = f"{gone['name']} is not in this roll-up; it was in the last."
        changes.append(LocalityChange(gone["label"], _event("locality left", sentence, gone["name"], None)))
    return changes


def _key(locality: Mapping[str, Any]) -> tuple[str, str]:
    return locality["name"], locality["framework"]["id"]


def _event(kind: str, sentence: str, was: str | None, current: str | None) -> Event:
    """Give an event of a locality as a whole: signing is the group's, all else comes of what is rolled up, and how."""
    return Event(
        kind, GROUP_DECIDED if kind == "signed or not" else SETTINGS_CHANGED, sentence, was=was, current=current
    )


def _of_locality(
    locality: LocalitySummary, current: Mapping[str, Any], before: Mapping[str, Any] | None
) -> Iterator[Event]:
    name = locality.name
    if before is None:
        yield _event("locality joined", f"{name} was not in the last roll-up.", None, name)
        return
    if before["state"] != current["state"]:
        was, becomes = _STATES.get(before["state"], before["state"]), _STATES[current["state"]]
        yield _event("signed or not", f"{name} was {was}, and is now {becomes}.", was, becomes)
    versions = (before["framework"]["version"], current["framework"]["version"])
    for thing, (was, becomes) in {
        "framework version": versions,
        "template": (before["template"], current["template"]),
    }.items():
        if was != becomes:
            sentence = f"{name}'s {thing} was {was or 'not said'}, and is {becomes or 'not said'}."
            yield _event(f"{thing} changed", sentence, was, becomes)
    if before["read"]["returns"]:  # a record of an earlier version does not say who had answered
        yield from compare(before, current)
