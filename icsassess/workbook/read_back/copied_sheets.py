"""Copies of the program's sheets, such as ‘Assessment (2)’: what the group typed on them is taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from icsassess.assessment.group_edits.carry_over import CarryOver
from icsassess.assessment.group_edits.edits import GroupEdits
from icsassess.assessment.group_edits.three_ways import reconcile
from icsassess.assessment.history.record import Record
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.excel.cells.model import Workbook
from icsassess.locality.locality import Locality
from icsassess.support.text import clip, fold, listing
from icsassess.workbook.layout import ACTIONS, ASSESSMENT, GAPS
from icsassess.workbook.read_back.reader import open_locality_workbook, reader_of

_REGISTERS = (ASSESSMENT, GAPS, ACTIONS)
_COPY = re.compile(r"(?:copy of )?(.+?)(?: ?\(\d+\)|_\d+| copy)?", re.IGNORECASE)
"""How Excel (‘Assessment (2)’), LibreOffice (‘Assessment_2’) and people (‘Copy of Assessment’) call a copy."""
_PLACES_NAMED = 8
_LONGEST = 60


def take_in_copies(
    locality: Locality, path: Path, parent: Record | None, carrying: CarryOver
) -> tuple[CarryOver, list[Problem]]:
    """Give the group's edits with what was typed on copies of its sheets, three ways, and a point on each copy.

    A copy that says nothing else than the sheet itself goes; one that differs from it stays as a sheet of the group's.
    """
    copies = list(_copies(carrying.typed))
    if not copies:
        return carrying, []
    try:
        workbook = open_locality_workbook(path)
        before = open_locality_workbook(parent.written) if parent is not None else None
    except Refusal:
        return carrying, []  # the copies are carried along as sheets of the group's own
    problems = []
    reader = reader_of(locality, path.name, parent)
    for title, original in copies:
        try:
            theirs = reader.read(_with_copy_in_place(workbook, title, original), before)
        except Refusal:
            continue  # it is no table of ours any more
        reconciled = reconcile(carrying.typed, theirs, carrying.last.typed or GroupEdits())
        differs = [f"{conflict.place.in_words()}, ‘{conflict.theirs}’" for conflict in reconciled.conflicts]
        edits = reconciled.edits
        if not differs:
            edits.own_sheets[:] = [sheet for sheet in edits.own_sheets if sheet.title != title]
        code = "group-sheet-copied-differs" if differs else "group-sheet-copied"
        places = [clip(each, _LONGEST) for each in differs or reconciled.taken]
        words = listing(places, most=_PLACES_NAMED) or "nothing that the sheet itself does not hold"
        problems.append(make_problem(code, sheet=title, title=original, found=words))
        carrying = replace(carrying, typed=edits)
    return carrying, problems


def _copies(typed: GroupEdits) -> Iterator[tuple[str, str]]:
    """Give the sheets of the group's own that are called like a copy of one of the registers, with its title."""
    for sheet in typed.own_sheets:
        match = _COPY.fullmatch(sheet.title.strip())
        original = next((title for title in _REGISTERS if match and fold(match[1]) == fold(title)), None)
        if original is not None:
            yield sheet.title, original


def _with_copy_in_place(workbook: Workbook, title: str, original: str) -> Workbook:
    """Give the workbook with the copy in the place of the sheet that it was made from."""
    copied = next(sheet for sheet in workbook.sheets if sheet.title == title)
    others = [sheet for sheet in workbook.sheets if sheet.title != title and fold(sheet.title) != fold(original)]
    return workbook._replace(sheets=(copied._replace(title=original), *others))
