"""What was typed into other workbooks than the group's, and on copies of its sheets: taken in where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from icsassess.assessment.actions.names import line_of
from icsassess.assessment.group_edits.carry_over import CarryOver
from icsassess.assessment.group_edits.edits import GroupEdits
from icsassess.assessment.group_edits.three_ways import Conflict, Reconciled, reconcile
from icsassess.assessment.history.record import Record
from icsassess.domain.problems import Problem, Refusal, make_problem
from icsassess.locality.locality import Locality
from icsassess.support.text import clip, listing
from icsassess.workbook.read_back.find_newest import MergedWorkbook, OtherWorkbook
from icsassess.workbook.read_back.group_workbook import read_group_edits
from icsassess.workbook.read_back.reader import open_locality_workbook, reader_of

_PLACES_NAMED = 8
_LONGEST = 60


def take_in(
    locality: Locality, carrying: CarryOver, others: Sequence[OtherWorkbook], foreign: Sequence[MergedWorkbook]
) -> tuple[CarryOver, list[Problem]]:
    """Give the group's edits with what was typed into the other workbooks since the merge that both stem from.

    What was typed into an earlier workbook and otherwise into the newest is told, place by place; the newest stands.
    Raises ``Refusal`` where that is so of two lines of merges, or where a workbook stems from a merge that nothing here
    knows and holds something that the group's does not.
    """
    problems: list[Problem] = []
    for other in others:
        reconciled = _reconciled(locality, carrying.typed, other)
        file = f"merged/{other.workbook.path.name}"
        if other.parent is other.base:
            problems += [_told(conflict, other, file) for conflict in reconciled.conflicts]
        elif reconciled.conflicts:
            places = listing([_in_words(conflict) for conflict in reconciled.conflicts], most=_PLACES_NAMED)
            about = {"sheet": other.workbook.path.name, "found": other.workbook.path.name}
            raise Refusal(make_problem("group-workbooks-conflict", merge=other.parent.name, places=places, **about))
        if reconciled.taken:
            places = listing([clip(each, _LONGEST) for each in reconciled.taken], most=_PLACES_NAMED)
            about = {"file": file, "sheet": other.workbook.path.name, "merge": other.parent.name}
            problems.append(make_problem("group-workbook-taken-in", found=places, **about))
        carrying = replace(carrying, typed=reconciled.edits)
    for workbook in foreign:
        _refuse_what_is_new(locality, carrying.typed, workbook)
    return carrying, problems


def _reconciled(locality: Locality, ours: GroupEdits, other: OtherWorkbook) -> Reconciled:
    workbook, parent = other.workbook, other.parent
    theirs = read_group_edits(locality, workbook.path, workbook.sha256, parent)[0].typed
    proposed = {action["id"]: action["filled_in"] for action in parent.content.get("actions", [])}
    later = None if other.later is None else _written(locality, other.later)
    return reconcile(ours, theirs, _written(locality, other.base) or GroupEdits(), later, proposed)


def _written(locality: Locality, record: Record) -> GroupEdits | None:
    """Give what stood in a merge's workbook when it was written; None where the history's copy cannot be read."""
    try:
        workbook = open_locality_workbook(record.written)
        return reader_of(locality, record.written.name, record).read(workbook, None)
    except Refusal:
        return None


def _in_words(conflict: Conflict) -> str:
    ours, theirs = (clip(text, _LONGEST) or "nothing" for text in (conflict.ours, conflict.theirs))
    return f"{conflict.place.in_words()}, ‘{theirs}’ there and ‘{ours}’ here"


def _told(conflict: Conflict, other: OtherWorkbook, file: str) -> Problem:
    place = conflict.place
    ref = line_of(place.key) if place.part != "own_sheets" else None
    about = {"file": file, "sheet": place.table, "cell": None, "merge": other.parent.name}
    return make_problem("group-older-workbook", ref=ref, found=_in_words(conflict), **about)


def _refuse_what_is_new(locality: Locality, ours: GroupEdits, workbook: MergedWorkbook) -> None:
    """Refuse a workbook of an unknown merge that holds what the group's does not: nobody can tell who typed it."""
    theirs = reader_of(locality, workbook.path.name, None).read(open_locality_workbook(workbook.path), None)
    new = sorted(set(map(_plain, theirs.facts())) - set(map(_plain, ours.facts())))
    if new:
        places = listing([_fact_in_words(fact) for fact in new], most=_PLACES_NAMED)
        raise Refusal(
            make_problem(
                "group-workbook-of-another-merge", sheet=workbook.path.name, found=workbook.path.name, places=places
            )
        )


def _plain(fact: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(map(str, fact))


def _fact_in_words(fact: tuple[str, ...]) -> str:
    return clip(" ".join(fact[1:]), _LONGEST)
