"""What was typed into another copy of the workbook, taken into the group's: three ways, against what both stem from."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from icsassess.assessment.actions.names import is_of_the_group
from icsassess.assessment.group_edits.edits import (
    ACTIONS,
    ASSESSMENT,
    GAPS,
    GroupEdits,
    OwnAction,
    OwnSheet,
    StrayEdit,
    Texts,
)
from icsassess.tables import titles

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_FIELD_TITLES = {**titles.AGREED_TITLES, **titles.ACTION_TITLES, **titles.GAP_TITLES}


class Place(NamedTuple):
    """A place to type in: the part of the edits it belongs to, its table, row and column.

    ``key`` is a line, gap or action, ``title`` the column as people see it.
    """

    part: str
    table: str
    key: str
    title: str

    def in_words(self) -> str:
        """Give the place as people call it: the column, the row and the sheet, ‘Owner of A-Q1-PEX-MFT (Actions)’."""
        what = f"the note on {self.title}" if self.part == "notes" else self.title
        return f"{what} of {self.key} ({self.table})"


class Conflict(NamedTuple):
    """A place that both changed, differently."""

    place: Place
    ours: str
    theirs: str


@dataclass
class Reconciled:
    """The group's edits with those of the other copy, what was taken from it, and where both differ."""

    edits: GroupEdits
    taken: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def reconcile(
    ours: GroupEdits,
    theirs: GroupEdits,
    base: GroupEdits,
    later: GroupEdits | None = None,
    proposed: Mapping[str, Texts] = _NOTHING,
) -> Reconciled:
    """Give our edits with all that was typed into the other copy since ``base``, the merge that both stem from.

    ``later`` is what a later merge had taken from that copy: what stands there was typed before, and is settled.
    ``proposed`` is what partners had proposed when the other copy was written, by action: nobody of the group typed it.
    Where ours is as it was, theirs is taken; where both changed one place differently, it is a conflict and ours stays.
    """
    result = Reconciled(copy.deepcopy(ours))
    own, other, before = (dict(_places(edits)) for edits in (ours, theirs, base))
    settled = dict(_places(later)) if later is not None else before
    for place, text in other.items():
        if place.part == "actions" and text in proposed.get(place.key, _NOTHING).values():
            continue
        if text in (before.get(place, ""), settled.get(place, "")) or text == own.get(place, ""):
            continue
        if own.get(place, "") == settled.get(place, ""):
            _put(result, place, text, ours)
        elif place.part == "actions" and is_of_the_group(place.key) and place.key not in base.actions:
            continue  # another action under the same number: it comes as a row of its own, below
        else:
            result.conflicts.append(Conflict(place, own.get(place, ""), text))
    for place in sorted(before.keys() - other.keys()):
        # Emptied there, and as it was here: emptied here too.
        as_it_was = settled.get(place, "") == before[place] == own.get(place, "")
        if as_it_was and _is_row_of(theirs, place):
            _put(result, place, "", ours)
    _rows(result, ours, theirs, base, later)
    _sheets(result, ours, theirs, base, later)
    _rest(result, ours, theirs, base, later)
    return result


def _places(edits: GroupEdits) -> Iterator[tuple[Place, str]]:
    """Give every place of a row that holds something, with its text."""
    for part, table, rows in (("agreed", ASSESSMENT, edits.agreed), ("actions", ACTIONS, edits.actions)):
        for key, texts in rows.items():
            yield from ((Place(part, table, key, _FIELD_TITLES[name]), text) for name, text in texts.items() if text)
    yield from ((Place("covered", GAPS, key, titles.COVERED), text) for key, text in edits.covered.items() if text)
    yield from ((Place("refs", ACTIONS, key, titles.REF), text) for key, text in edits.refs.items() if text)
    for table, columns in edits.own_columns.items():
        for title, by_key in columns.items():
            yield from ((Place("own_columns", table, key, title), str(value)) for key, value in by_key.items())
    yield from ((Place("notes", *place), text) for place, text in edits.notes.items() if text)


def _is_row_of(edits: GroupEdits, place: Place) -> bool:
    """Tell whether the copy has the row and column of a place: one that was deleted says nothing."""
    if place.part in ("agreed", "actions"):
        rows: Mapping[str, Mapping[str, str]] = getattr(edits, place.part)
        return any(_FIELD_TITLES[name] == place.title for name in rows.get(place.key, {}))
    return place.part == "covered" and place.key in edits.covered


def _put(result: Reconciled, place: Place, text: str, ours: GroupEdits) -> None:
    edits = result.edits
    result.taken.append(f"{place.in_words()}: ‘{text}’" if text else f"{place.in_words()}: emptied")
    if place.part in ("agreed", "actions"):
        rows = edits.agreed if place.part == "agreed" else edits.actions
        if place.key not in rows and place.part == "actions":
            # A row that this workbook does not have: its text is kept where people find it.
            edits.stray_edits.append(StrayEdit(place.table, place.in_words(), place.key, place.title, text))
            return
        name = next(name for name, title in _FIELD_TITLES.items() if title == place.title and _fits(name, place.part))
        rows[place.key] = {**rows.get(place.key, {}), name: text}
    elif place.part == "covered":
        edits.covered[place.key] = text
    elif place.part == "refs":
        edits.refs[place.key] = text
    elif place.part == "own_columns":
        edits.own_columns.setdefault(place.table, {}).setdefault(place.title, {})[place.key] = text
    else:
        edits.notes[place.table, place.key, place.title] = text


def _fits(name: str, part: str) -> bool:
    return name in (titles.AGREED_TITLES if part == "agreed" else titles.ACTION_TITLES)


def _rows(result: Reconciled, ours: GroupEdits, theirs: GroupEdits, base: GroupEdits, later: GroupEdits | None) -> None:
    """Take rows that were added to the actions there: those without a name yet, and those that a merge has named."""
    there = [*theirs.own_actions, *(_as_own(theirs, name) for name in theirs.actions if _is_added(name, base, ours))]
    present = {_said(row) for row in ours.own_actions} | {_said(row) for row in base.own_actions}
    present |= {_said(_as_own(edits, name)) for edits in (ours, base, later) if edits for name in edits.actions}
    for row in there:
        if (said := _said(row)) not in present and said:
            present.add(said)
            result.edits.own_actions.append(row)
            result.taken.append(f"an action of the group ({row.ref or 'no Ref'}): ‘{row.texts.get('action', '')}’")


def _is_added(name: str, base: GroupEdits, ours: GroupEdits) -> bool:
    return is_of_the_group(name) and name not in base.actions and name in ours.actions


def _as_own(edits: GroupEdits, name: str) -> OwnAction:
    return OwnAction(edits.refs.get(name, ""), edits.actions[name])


def _said(row: OwnAction) -> tuple[tuple[str, str], ...]:
    typed = {**row.texts, **row.columns, "ref": row.ref}
    return tuple(sorted((title, str(text)) for title, text in typed.items() if text != ""))


def _sheets(
    result: Reconciled, ours: GroupEdits, theirs: GroupEdits, base: GroupEdits, later: GroupEdits | None
) -> None:
    """Take the group's own sheets of the other copy; of one that both have, the cells that were typed there."""
    own = {sheet.title: sheet for sheet in ours.own_sheets}
    before = {sheet.title: sheet for sheet in (later or base).own_sheets}
    for sheet in theirs.own_sheets:
        if sheet.title not in own:
            if sheet.title not in before:
                result.edits.own_sheets.append(sheet)
                result.taken.append(f"the sheet ‘{sheet.title}’")
            continue
        merged = _sheet(result, own[sheet.title], sheet, before.get(sheet.title))
        place = next(number for number, each in enumerate(result.edits.own_sheets) if each.title == sheet.title)
        result.edits.own_sheets[place] = merged


def _sheet(result: Reconciled, ours: OwnSheet, theirs: OwnSheet, base: OwnSheet | None) -> OwnSheet:
    cells = dict(ours.cells)
    before = base.cells if base else {}
    for place, value in theirs.cells.items():
        if value in (before.get(place), ours.cells.get(place)):
            continue
        where = Place("own_sheets", ours.title, f"row {place[0]}", f"column {place[1]}")
        if ours.cells.get(place) == before.get(place):
            cells[place] = value
            result.taken.append(f"{where.in_words()}: ‘{value}’")
        else:
            result.conflicts.append(Conflict(where, str(ours.cells.get(place, "")), str(value)))
    notes = {**theirs.notes, **ours.notes}
    return replace(ours, cells=cells, notes=notes)


def _rest(result: Reconciled, ours: GroupEdits, theirs: GroupEdits, base: GroupEdits, later: GroupEdits | None) -> None:
    """Take what was typed where the program writes, and what had lost its place before."""
    known = {(edit.sheet, edit.key, edit.title, edit.text) for edit in ours.stray_edits}
    for edit in theirs.stray_edits:
        if (edit.sheet, edit.key, edit.title, edit.text) not in known:
            result.edits.stray_edits.append(edit)
            result.taken.append(f"{edit.sheet}, {edit.cell}: ‘{edit.text}’")
    held = [tuple(sorted(row.items())) for edits in (ours, base, later) if edits for row in edits.kept]
    for row in theirs.kept:
        if tuple(sorted(row.items())) not in held:
            result.edits.kept.append(row)
            result.taken.append("a row of what had lost its place")
    result.edits.not_carried.extend(title for title in theirs.not_carried if title not in ours.not_carried)
