"""Whether the newest merge is what stands in the folder now: only that can be signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from icsassess.assessment.history.fingerprints import settings_fingerprint
from icsassess.assessment.history.record import Record
from icsassess.assessment.merging.model import Merged
from icsassess.excel.container.limits import GENEROUS_LIMITS
from icsassess.excel.reading.read_workbook import read_workbook_bytes
from icsassess.locality.locality import SETTINGS
from icsassess.support.text import listing
from icsassess.version import VERSION
from icsassess.workbook.layout import ACTIONS, ASSESSMENT, EVIDENCE, GAPS, RETURNS
from icsassess.workbook.merging.folder_state import FolderState
from icsassess.workbook.read_back.reader import open_locality_workbook
from icsassess.workbook.signing.content import Content, Difference, content, differences
from icsassess.workbook.write import locality_workbook

_DECIDED = (ASSESSMENT, GAPS, ACTIONS, EVIDENCE, RETURNS)
_NAMED = 5


def out_of_date(merged: Merged, state: FolderState) -> list[str]:
    """Give the reasons why the newest merged workbook is not what would be signed now; none where it is.

    Saving the workbook again without typing anything is none. ``merged`` is the view of the folder as it is now.
    """
    reasons = changed_since(merged, state)
    if reasons or state.last is None:
        return reasons
    return _comes_out_differently(merged, state.last)


def changed_since(merged: Merged, state: FolderState) -> list[str]:
    """Give what has changed since the newest merge: returns, settings, what the group typed; none where nothing has.

    ``merged`` is the view of the folder as it is now.
    """
    last = state.parent
    if last is None or last is not state.last or state.workbook is None or not last.written.is_file():
        return ["the history has no record of how the newest workbook was written"]
    reasons = [*_inputs(merged, last), *_open_elsewhere(merged)]
    if state.sha256 != last.content["wrote"]["sha256"]:
        reasons += _typed(state.workbook, last.written)
    return reasons


def _inputs(merged: Merged, last: Record) -> Iterator[str]:
    content_of_last, locality = last.content, merged.locality
    if content_of_last.get("settings_sha256") != settings_fingerprint(locality):
        yield f"{SETTINGS} has been changed since"
    previous = {row["file"]: row["sha256"] for row in content_of_last["read"]["returns"] if row["file"]}
    current = {row.file: row.sha256 for row in merged.returns}
    current.pop("", None)
    for file in current.keys() | previous.keys():
        if file not in previous:
            yield f"{file} has come since"
        elif file not in current:
            yield f"{file} is not there any more"
        elif previous[file] != (current[file] or None):
            yield f"{file} has been changed since"


def _open_elsewhere(merged: Merged) -> Iterator[str]:
    for problem in merged.problems:
        if problem.code == "group-workbook-open":
            yield f"somebody has {problem.file} open, and may not have saved it"
        elif problem.code == "group-older-workbook":
            yield f"{problem.file}, an earlier workbook, was changed later: settle which is right"
        elif problem.code == "group-workbook-taken-in":
            yield f"{problem.file}, another workbook, was typed into, and that is not merged yet"
        elif problem.code == "group-workbook-gone":
            yield "the newest workbook is not in merged/"


def _typed(workbook: Path, written: Path) -> list[str]:
    """Name what was changed in the group's workbook since it was written."""
    original, current = (content(open_locality_workbook(path)) for path in (written, workbook))
    _take_out_formulas(original, current)
    changed = list(differences(_without_filters(original), _without_filters(current)))
    if not changed:
        return []
    return [f"the group has changed it since it was merged ({_listed(changed)})"]


def _listed(changed: list[Difference]) -> str:
    return listing([f"{change.sheet} {change.cell}".strip() for change in changed], most=_NAMED)


def _without_filters(workbook: Content) -> Content:
    """Leave out what is for the eye only: rows and columns that somebody hid or filtered while working."""
    nothing: dict[str, Any] = {"hidden": False, "hidden_rows": [], "hidden_columns": []}
    return {**workbook, "sheets": [{**sheet, **nothing} for sheet in workbook["sheets"]]}


def _take_out_formulas(original: Content, current: Content) -> None:
    """Take out cells with a formula in both: programs write formulas and store their results each in its own way."""
    by_title = {sheet["title"]: sheet["cells"] for sheet in current["sheets"]}
    for sheet in original["sheets"]:
        others = by_title.get(sheet["title"], {})
        for place in [place for place, value in sheet["cells"].items() if _is_formula(value)]:
            if _is_formula(others.get(place)):
                del sheet["cells"][place], others[place]


def _is_formula(value: object) -> bool:
    return isinstance(value, dict) and ("formula" in value or _is_formula(value.get("shows")))


def _comes_out_differently(merged: Merged, last: Record) -> list[str]:
    """Look whether the same merge, made again now, has the same ratings, gaps, evidence and returns."""
    original = content(open_locality_workbook(last.written))
    current = content(read_workbook_bytes(locality_workbook(merged), GENEROUS_LIMITS))
    for workbook in (original, current):
        workbook["sheets"] = [sheet for sheet in workbook["sheets"] if sheet["title"] in _DECIDED]
    changed = list(differences(original, current))
    if not changed:
        return []
    with_it = f"icsassess {last.content.get('version')}" if last.content.get("version") != VERSION else "its data files"
    return [
        f"made again now, {_listed(changed)} would come out differently (it was made with {with_it}): "
        "save the workbook once in Excel before you merge"
    ]
