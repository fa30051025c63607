"""The record of a merge that was made just now, and the bytes of its file in ``history/``."""

from __future__ import annotations

import json
from typing import Any

from icsassess.assessment.history.fingerprints import content_fingerprint, fingerprint
from icsassess.assessment.history.record import FORMAT, Record
from icsassess.assessment.merging.model import Merged
from icsassess.assessment.output.as_json import actions_as_json, gaps_as_json, iso, lines_as_json, returns_as_json
from icsassess.assessment.ratings.drift import StatesOfLine
from icsassess.version import VERSION


def record_of(
    merged: Merged, *, workbook: bytes, previous: Record | None, group: dict[str, str] | None
) -> dict[str, Any]:
    """Give the record of a merge: what it read (with fingerprints), decided, and wrote.

    ``workbook`` is the new workbook's bytes, ``group`` the workbook that the group's decisions were read from, as its
    ``file`` and ``sha256``.
    """
    locality = merged.locality
    return {
        "format": FORMAT,
        "version": VERSION,
        "number": 1 if previous is None else previous.number + 1,
        "locality": locality.name,
        "as_at": merged.as_at.isoformat(),
        "deadline": locality.settings.deadline.isoformat(),
        "framework": {"id": locality.framework.id, "version": locality.framework.version},
        "rules": locality.settings.rules.model_dump(mode="json"),
        "previous": None if previous is None else {"record": previous.path.name, "sha256": previous.sha256},
        "read": {"returns": _returns(merged), "workbook": group},
        "decided": {"agreed": _agreed(merged), "carried": merged.carried.as_json()},
        "lines": _lines(merged),
        "states": {ref: _as_texts(states) for ref, states in merged.states.items()},
        "gaps": gaps_as_json(merged.gaps),
        "actions": [*_actions(merged), *merged.register.withdrawn],
        "wrote": {"workbook": None, "sha256": fingerprint(workbook)},
    }


def _returns(merged: Merged) -> list[dict[str, object]]:
    return [
        {
            **reported,
            "sha256": row.sha256 or None,
            "points": merged.points_of.get(row.file, []),
            "since": merged.points_since.get(row.file),
        }
        for reported, row in zip(returns_as_json(merged), merged.returns, strict=True)
    ]


def _as_texts(states: StatesOfLine | None) -> dict[str, str] | None:
    return None if states is None else {partner: str(state) for partner, state in states.items()}


def _agreed(merged: Merged) -> dict[str, dict[str, object]]:
    return {
        line.ref: {
            "rating": line.agreed or None,
            "reason": line.agreed_reason,
            "on": iso(line.agreed_on),
            "basis": _as_texts(merged.basis.get(line.ref)),
        }
        for line in merged.lines
        if line.agreed or line.agreed_reason
    }


def _lines(merged: Merged) -> list[dict[str, object]]:
    """Give the lines, each with the partners that say Not applicable without a reason."""
    unsettled: dict[str, list[str]] = {}
    for row in merged.partner_lines:
        if not row.settled:
            unsettled.setdefault(row.ref, []).append(row.partner)
    return [{**line, "unsettled": unsettled.get(str(line["ref"]), [])} for line in lines_as_json(merged)]


def _actions(merged: Merged) -> list[dict[str, object]]:
    """Give the actions with what their partners propose, and the fields that the group typed in.

    ``current`` tells them from those that were withdrawn, of which only names and wordings matter.
    """
    register = merged.register
    rows = zip(actions_as_json(merged.actions), merged.actions, strict=True)
    return [
        {
            **action,
            "due_typed": row.due_typed,
            "filled_in": register.filled_in.get(row.id, {}),
            "typed": register.typed.get(row.id, []),
            "current": True,
        }
        for action, row in rows
    ]


def as_bytes(record: dict[str, Any]) -> bytes:
    """Give a record as the bytes of its file, with its fingerprint: readable, and the same for the same record."""
    parts = [
        f" {json.dumps(key)}: {_readable(value)}".encode("utf-8", "surrogatepass")
        for key, value in {**record, "fingerprint": content_fingerprint(record)}.items()
    ]
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def _readable(value: object) -> str:
    """Give a part of a record as JSON, a line for each of its items: of a line, a gap, a return."""
    if isinstance(value, dict) and value:
        items = [f"{json.dumps(key)}: {json.dumps(item, ensure_ascii=False)}" for key, item in value.items()]
        return "{\n  " + ",\n  ".join(items) + "\n }"
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)
