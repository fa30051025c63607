"""Compares what was read from a maltreated return with the known content that was typed into it."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icsassess.domain.problems import Problem
from icsassess.excel.cells.addresses import parse_address
from icsassess.excel.cells.model import as_text
from icsassess.excel.reading.read_workbook import read_workbook
from icsassess.locality.locality import Locality
from icsassess.returns.checking.check import check_all
from icsassess.returns.reading.session import read_all
from icsassess.support.text import clean, clip, fold
from tests.support.maltreatment.draft import LABELS, TITLES, Draft, Expected

_UNDERSTOOD = {"rag": "rating", "action_status": "status"}
# Points whose ‘found’ is what stands in the cell.
_QUOTE = (
    "rating-not-understood",
    "rating-between-two",
    "rating-with-words",
    "date-not-understood",
    "date-open",
    "date-impossible",
    "date-approximate",
    "status-not-understood",
    "text-struck-through",
    "cell-error",
)


@dataclass
class Verdict:
    """What became of the known content."""

    right: int = 0
    asked: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    @property
    def clean(self) -> bool:
        return not self.silent and not self.addresses


def compare(draft: Draft, path: Path, place: Locality) -> Verdict:
    """Read the file and compare every entry, every token and every address."""
    checked = check_all(read_all([path], place), place)
    read = checked.returns[0]
    verdict = Verdict(problems=read.problems, total=len(draft.entries))
    if read.refused:
        verdict.asked.append(f"refused: {read.problems[0].message}")
        return verdict
    pointed: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for problem in read.problems:
        pointed[problem.sheet, problem.cell].add(problem.code)
    got: dict[Any, list[Any]] = defaultdict(list)
    for entry in checked.entries:
        got[entry.sheet, entry.row].append(entry)
    _compare_entries(draft, got, pointed, verdict)
    _compare_tokens(draft, checked.entries, read.problems, verdict)
    _compare_addresses(path, read.problems, verdict)
    return verdict


def _compare_entries(draft: Draft, got: dict[Any, Any], pointed: dict[Any, set[str]], verdict: Verdict) -> None:
    rows: dict[int, tuple[Any, Any, int]] = {}
    cells: dict[tuple[int, str], tuple[str, str]] = {}
    known_rows = set()
    placed = {id(item): (page.title, where) for page, _, _, item, where in draft.places()}
    heading: dict[tuple[str, int], str] = {}
    addresses: dict[tuple[str, int], list[str]] = defaultdict(list)
    for page, row, number, item, where in draft.places():
        addresses[page.title, number].append(where)
        # Where a heading reaches over two rows, its text stands in the upper one.
        if row.kind in ("heading", "upper") and (item.value is not None or row.kind == "heading"):
            heading.setdefault((page.title, parse_address(where)[1]), where)
        if item.entry is not None:
            rows[id(item.entry)] = page, row, number
            at = placed.get(id(item.shown_by), (page.title, where))
            cells.setdefault((id(item.entry), item.field), at)
            known_rows.add((page.title, number))
    for entry in draft.entries:
        if id(entry) not in rows:
            continue
        page, _, number = rows[id(entry)]
        # Tables beside one another share their rows.
        found = min(got.get((page.title, number), ()), key=lambda one: len(list(_wrong(entry, one))), default=None)
        in_row = {code for where in addresses[page.title, number] for code in pointed[page.title, where]}
        if found is None:
            told = verdict.asked if in_row else verdict.silent
            told.append(f"{entry.ref} at {page.title} row {number}: missing {sorted(in_row)}")
            continue
        wrong = list(_wrong(entry, found))
        for name, want, have in wrong:
            sheet, where = cells.get((id(entry), name), (page.title, ""))
            column = heading.get((sheet, parse_address(where)[1])) if where else None
            labels = [cells[id(entry), label][1] for label in LABELS if (id(entry), label) in cells]
            if name == "ref":
                named = in_row & {
                    "line-unknown",
                    "line-contradiction",
                    "line-read-from-titles",
                    "row-placed-by-position",
                    "text-outside-table",
                    "cell-error",
                }
                named |= {code for at in labels for code in pointed[sheet, at]}
            else:
                named = pointed[sheet, where] | (pointed[sheet, column] if column else set())
                named -= {"hidden-content", "note-on-cell"}
                if not where:  # the column was deleted: what is read in its place is named at that column's heading
                    guesses = [p for p in verdict.problems if p.code in ("column-guessed", "heading-near")]
                    named |= {p.code for p in guesses if p.sheet == sheet and f"as ‘{TITLES[name]}’" in p.suggestion}
            told = verdict.asked if named else verdict.silent
            told.append(
                f"{entry.ref} {name} at {page.title} {where or number}: want {want!r} got {have!r} {sorted(named)}"
            )
        verdict.right += not wrong
    for sheet, number, found in [(*key, one) for key, several in got.items() for one in several]:
        if (sheet, number) in known_rows or sheet not in {page.title for page in draft.pages}:
            continue
        in_row = {
            code for (at, cell), said in pointed.items() if at == sheet and _row_of(cell) == number for code in said
        }
        if not in_row:
            verdict.silent.append(f"an entry nobody typed at {sheet} row {number}: {found.ref} {found.evidence[:40]!r}")
        elif found.ref:
            verdict.asked.append(f"an entry nobody typed at {sheet} row {number}: {found.ref} {sorted(in_row)}")


def _row_of(cell: str | None) -> int:
    return parse_address(cell)[0] if cell and re.fullmatch(r"[A-Z]+[0-9]+", cell) else 0


def _wrong(entry: Expected, found: Any) -> list[tuple[str, object, object]]:
    wrong: list[tuple[str, object, object]] = []
    if found.ref != entry.ref:
        wrong.append(("ref", entry.ref, found.ref))
    for name in ("evidence", "kept", "reason", "gap", "action", "owner"):
        want, have = entry.values.get(name, ""), getattr(found, name)
        if not _same(want, have):
            wrong.append((name, want, have))
    for name in ("evidence_date", "due"):
        want, have = entry.values.get(name), getattr(found, name)
        if have != want:
            wrong.append((name, want, have or getattr(found, f"{name}_typed")))
    for name, shown in _UNDERSTOOD.items():
        want, have = entry.values.get(name, ""), getattr(found, shown)
        if want != have:
            wrong.append((name, want, have or getattr(found, f"{name if name == 'rag' else 'status'}_typed")))
    return wrong


def _same(want: object, have: str) -> bool:
    if isinstance(want, str):
        return fold(clean(want)) == fold(have)
    return str(want) == have or (isinstance(want, float) and f"{want:.15g}" == have)


def _compare_tokens(draft: Draft, entries: Any, problems: list[Problem], verdict: Verdict) -> None:
    """Whatever else was typed is in the Evidence sheet, or a point names its very cell."""
    kept = defaultdict(str)
    for entry in entries:
        text = "\n".join(str(value) for value in entry if isinstance(value, str))
        kept[entry.sheet] += "\n" + text
    named = {(problem.sheet, problem.cell) for problem in problems}
    for page, _, _, item, where in draft.places():
        for token in (item.token, item.note_token):
            if token and token not in kept[page.title] and (page.title, where) not in named:
                verdict.silent.append(f"‘{token}’ at {page.title} {where} disappeared")


def _compare_addresses(path: Path, problems: list[Problem], verdict: Verdict) -> None:
    cells = {sheet.title: sheet for sheet in read_workbook(path).sheets}
    for problem in problems:
        if problem.cell is None:
            continue
        if not re.fullmatch(r"[A-Z]{1,3}[0-9]+", problem.cell) or problem.sheet not in cells:
            verdict.addresses.append(f"{problem.code} names {problem.sheet} {problem.cell}")
            continue
        if problem.code in _QUOTE and problem.found:
            cell = cells[problem.sheet].cells.get(parse_address(problem.cell))
            text = clip(clean(as_text(cell)).strip()) if cell is not None else ""
            if text != problem.found:
                verdict.addresses.append(f"{problem.code} quotes {problem.found!r}, {problem.cell} holds {text!r}")


def day(year: int, month: int, number: int) -> datetime.date:
    return datetime.date(year, month, number)
