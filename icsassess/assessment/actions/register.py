"""The register of actions: what partners propose and what the group made of it, under names that stay."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from icsassess.assessment.actions.action import ActionPlace, Source, make_action
from icsassess.assessment.actions.names import (
    GROUP,
    NamedAction,
    Proposal,
    base_name,
    is_of_the_group,
    name_proposals,
    next_name,
    parts_of_name,
)
from icsassess.assessment.actions.version_1 import with_version_1
from icsassess.assessment.group_edits.decisions import NOTHING, Decisions
from icsassess.assessment.group_edits.edits import OwnAction, Texts
from icsassess.assessment.group_edits.outcome import Conflict
from icsassess.domain.gap_ids import gap_id, ref_of_gap
from icsassess.domain.yes_no import read_yes_no
from icsassess.locality.locality import Locality
from icsassess.returns.template.sources import template_of
from icsassess.support.text import fold
from icsassess.tables.records import Action, Entry, Line
from icsassess.tables.titles import ACTION_FIELDS


@dataclass(frozen=True)
class ActionRegister:
    """The actions in the sheet's order, and by their names what partners propose and what the group typed in.

    ``withdrawn`` are those that were named once and are not listed any more, as the history keeps them. ``own_names``
    are the names of the group's rows that had none, in their order (``""`` for one that holds nothing), and
    ``version_1`` that of the action to which the row of a gap of version 1 went.
    """

    actions: list[Action] = field(default_factory=list)
    filled_in: dict[str, Texts] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    withdrawn: list[Mapping[str, Any]] = field(default_factory=list)
    own_names: tuple[str, ...] = ()
    version_1: Mapping[str, str] = field(default_factory=dict)


class _Row(NamedTuple):
    """An action with its name and what is settled of it; ``ref`` is the line, or as typed where there is none."""

    name: str
    ref: str
    proposed_by: str
    texts: Texts
    source: Source = Source()


def register_actions(
    lines: Sequence[Line],
    gaps: Collection[str],
    entries: Sequence[Entry],
    decisions: Decisions,
    locality: Locality,
    as_at: datetime.date,
) -> ActionRegister:
    """Name, settle and list the actions of ``entries`` (those that count, in order) and of the group.

    ``gaps`` are the lines that are gaps. An action that its partner proposes no more stays while the group takes it up,
    and one of the group's own while there is something in its row.
    """
    ratings = {line.ref: line.rating for line in lines}
    proposals = _named(entries, decisions)
    by_line: dict[str, dict[str, Texts]] = defaultdict(dict)
    for name, entry in proposals.items():
        by_line[entry.ref][name] = _filled_in(entry)
    decisions, places = with_version_1(decisions, by_line)
    conflicts: list[Conflict] = []
    rows = list(_proposed(proposals, decisions, conflicts))
    rows += _taken_up(proposals, decisions)
    own, own_names = _own(decisions, ratings)
    rows += own
    order = {partner.code: number for number, partner in enumerate(locality.partners)}
    number_of_line = {ref: number for number, ref in enumerate(ratings)}
    rows.sort(key=lambda row: (number_of_line.get(row.ref, len(ratings)), order.get(row.proposed_by, len(order))))
    listed = {row.name for row in rows}
    statuses = template_of(locality).statuses
    return ActionRegister(
        actions=[
            make_action(
                ActionPlace(
                    row.name,
                    gap_id(row.ref) if row.ref in gaps else "",
                    row.ref,
                    ratings.get(row.ref, ""),
                    row.proposed_by,
                    row.source,
                ),
                row.texts,
                statuses,
                as_at,
            )
            for row in rows
        ],
        filled_in={
            name: _filled_in(proposals[name]) if name in proposals else decisions.filled_in.get(name, {})
            for name in (row.name for row in rows)
        },
        typed={row.name: _typed(row, decisions) for row in rows},
        conflicts=conflicts,
        withdrawn=[{**action, "current": False} for name, action in decisions.earlier.items() if name not in listed],
        own_names=own_names,
        version_1={gap: own_names[place] if isinstance(place, int) else place for gap, place in places.items()},
    )


def _named(entries: Sequence[Entry], decisions: Decisions) -> dict[str, Entry]:
    """Give the entries that propose an action by the action's name."""
    earlier: dict[tuple[str, str], list[NamedAction]] = defaultdict(list)
    for name, action in decisions.earlier.items():
        filled = action["filled_in"]
        file = (action.get("source") or {}).get("file", "")
        proposal = Proposal(filled.get("action", ""), filled.get("owner", ""), filled.get("due", ""), file)
        earlier[action["ref"] or "", action["proposed_by"]].append(NamedAction(name, proposal, action["current"]))
    proposed: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.action:
            proposed[entry.ref, entry.partner].append(entry)
    named: dict[str, Entry] = {}
    for (ref, partner), of_partner in proposed.items():
        proposals = [Proposal(entry.action, entry.owner, _due(entry), entry.file) for entry in of_partner]
        names = name_proposals(base_name(ref, partner), proposals, earlier[ref, partner])
        named.update(zip(names, of_partner, strict=True))
    return named


def _due(entry: Entry) -> str:
    return entry.due_typed if entry.due is None else entry.due.isoformat()


def _filled_in(entry: Entry) -> dict[str, str]:
    """Give what a partner proposes, as the workbook shows it."""
    return {"action": entry.action, "owner": entry.owner, "due": _due(entry), "status": entry.status}


def _proposed(proposals: Mapping[str, Entry], decisions: Decisions, conflicts: list[Conflict]) -> Iterator[_Row]:
    for name, entry in proposals.items():
        texts, differences = decisions.settle(name, _filled_in(entry))
        conflicts.extend(differences)
        source = Source(entry.file, entry.sheet, entry.row, entry.place.cell("action"))
        yield _Row(name, entry.ref, entry.partner, texts, source)


def _taken_up(proposals: Mapping[str, Entry], decisions: Decisions) -> Iterator[_Row]:
    """Give the actions that their partners propose no more, while the group takes them up."""
    for name in {**decisions.group, **decisions.written}:
        if name in proposals or name in decisions.waiting or is_of_the_group(name):
            continue
        texts, _ = decisions.settle(name, decisions.filled_in.get(name, {}))
        if read_yes_no(texts["taken_up"]):
            ref, proposed_by = parts_of_name(name)
            if action := decisions.earlier.get(name):
                ref, proposed_by = action["ref"] or "", action["proposed_by"]
            yield _Row(name, ref, proposed_by, texts)


def _own(decisions: Decisions, refs: Collection[str]) -> tuple[list[_Row], tuple[str, ...]]:
    """Give the actions of the group's own, and the names of those that had none."""
    by_fold = {fold(ref): ref for ref in refs}
    rows = []
    for name, texts in decisions.group.items():
        if is_of_the_group(name):
            earlier = decisions.earlier.get(name, {"ref": parts_of_name(name)[0]})
            ref = _line(decisions.refs.get(name, earlier["ref"] or ""), by_fold)
            if ref or any(texts.values()):
                rows.append(_Row(name, ref, GROUP, {**NOTHING, **texts}))
    names = [*decisions.group, *decisions.earlier]
    own_names = []
    for own in decisions.own_actions:
        ref = _line(own.ref, by_fold)
        name = _free_name(base_name(ref if ref in refs else "", GROUP), names) if _holds_something(own) else ""
        own_names.append(name)
        if name:
            names.append(name)
            rows.append(_Row(name, ref, GROUP, {**NOTHING, **own.texts}))
    return rows, tuple(own_names)


def _line(typed: str, by_fold: Mapping[str, str]) -> str:
    """Give the line that was typed under Ref, or what was typed where it is none."""
    return by_fold.get(fold(ref_of_gap(typed.strip())), typed.strip())


def _free_name(base: str, names: Sequence[str]) -> str:
    return next_name(base, [name for name in names if name == base or name.startswith(f"{base}-")])


def _holds_something(own: OwnAction) -> bool:
    return bool(own.ref.strip() or any(own.texts.values()) or own.columns or own.notes)


def _typed(row: _Row, decisions: Decisions) -> list[str]:
    """Give the fields of an action that the group typed in: of its own, all that hold something."""
    if row.proposed_by == GROUP:
        return [name for name in ACTION_FIELDS if row.texts[name]]
    return decisions.typed_fields(row.name)
