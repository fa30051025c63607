"""Measures what became of each line of a case: right, asked (at the line, or at its sheet or file), or worse."""

from __future__ import annotations

import datetime
import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icsassess.domain.problems import Problem, Severity
from icsassess.excel.cells.addresses import parse_address
from icsassess.returns.checking.check import check_files
from icsassess.returns.reading.read_return import read_return
from icsassess.support.text import clean, fold
from icsassess.tables.records import Entry
from tests.support.maltreatment.draft import locality
from tests.support.wild.case import TEXTS, Case, Line
from tests.support.wild.saving import write


class Verdict(enum.StrEnum):
    """What became of a line."""

    RIGHT = "right"
    ASKED_AT_LINE = "asked at line or cell"
    ASKED_AT_FILE = "asked at sheet or file"
    SILENT = "silent"
    WRONG_RATING = "wrong rating used"


@dataclass
class Measured:
    """The verdicts on a case's lines, with what was wrong where something was."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    unnamed: list[tuple[str, str]] = field(default_factory=list)
    refused: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(self.verdicts.values())


# Points that say nothing of what is wrong with an answer.
_NEVER_NAMES = frozenset({"date-completed-missing", "note-on-cell", "reader-remark"})
_SURE = (Severity.BLOCKER, Severity.WARNING)


def measure(case: Case, folder: Path) -> Measured:
    """Write the case, read and check it, and judge each of its lines."""
    path = folder / case.file_name
    write(case, path)
    place = locality(folder)
    checked = check_files([read_return(path, place)], place, datetime.date(2024, 1, 10))
    read = checked.returns[0]
    measured = Measured(problems=[one for one in read.problems if one.code not in _NEVER_NAMES])
    if read.refused:
        measured.refused = str(read.problems[0])
        measured.verdicts = {line.ref: Verdict.ASKED_AT_FILE for line in case.lines}
        return measured
    rating = {line.ref: line.rating for line in checked.lines}
    for line in case.lines:
        entries = [entry for entry in checked.entries if entry.ref == line.ref]
        points = list(_of_line(line, measured.problems))
        wrong = list(_wrong(line, entries, rating.get(line.ref, ""), points))
        measured.verdicts[line.ref] = _verdict(line, wrong, points, measured.problems, rating.get(line.ref, ""))
        if wrong:
            measured.reasons[line.ref] = "; ".join(f"{n}: want {w!r} got {g!r}" for n, w, g in wrong)
    for sheet, cell in case.named:
        if not any(one.sheet == sheet and (not cell or one.cell == cell) for one in measured.problems):
            measured.unnamed.append((sheet, cell))
    return measured


def _of_line(line: Line, problems: list[Problem]) -> Iterator[Problem]:
    cells = set(line.places)
    rows = {(sheet, parse_address(cell)[0]) for sheet, cell in cells}
    for one in problems:
        in_row = bool(one.cell and one.sheet) and (one.sheet, parse_address(one.cell or "A1")[0]) in rows
        if one.ref == line.ref or (one.sheet, one.cell) in cells or (in_row and len(rows) < 12):
            yield one


def _wrong(
    line: Line, entries: list[Entry], rating: str, points: list[Problem]
) -> Iterator[tuple[str, object, object]]:
    got = _values(entries) | {"rag": rating}
    for name in ("rag", *TEXTS, "evidence_date", "due", "action_status"):
        want, have = line.values.get(name, ""), got[name]
        if name in line.free:
            continue
        if name in line.asked:
            if have or not any(one.severity in _SURE for one in points):
                yield name, "to be asked", have
        elif _plain(want) != _plain(have):
            yield name, want, have


def _values(entries: list[Entry]) -> dict[str, Any]:
    def joined(name: str) -> str:
        return "\n".join(dict.fromkeys(text for entry in entries if (text := getattr(entry, name))))

    def last(name: str) -> Any:
        return next((value for entry in reversed(entries) if (value := getattr(entry, name))), "")

    texts = {name: joined(name) for name in TEXTS}
    return texts | {"evidence_date": last("evidence_date"), "due": last("due"), "action_status": last("status")}


def _plain(value: object) -> str:
    return " ".join(fold(clean(str(value or ""))).split())


def _verdict(
    line: Line, wrong: list[tuple[str, object, object]], points: list[Problem], problems: list[Problem], rating: str
) -> Verdict:
    if not wrong:
        return Verdict.RIGHT
    if any(name == "rag" and have for name, _, have in wrong):
        return Verdict.WRONG_RATING
    used = any(have and name in ("evidence_date", "due", "owner") for name, _, have in wrong)
    if any(one.severity in _SURE or not used for one in points):
        return Verdict.ASKED_AT_LINE
    sheets = {sheet for sheet, _ in line.places}
    rows = {parse_address(cell)[0] for _, cell in line.places}
    first = min(rows, default=0)
    for one in problems:
        above = one.cell is None or parse_address(one.cell)[0] < first
        of_all = (one.sheet in sheets and above) or (one.sheet is None and one.code != "macros")
        if of_all and (one.severity in _SURE or not used):
            return Verdict.ASKED_AT_FILE
    return Verdict.SILENT
