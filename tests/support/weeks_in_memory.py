"""A round of weeks without a workbook: what would stand in it is kept in memory, and the group types into that.

It is for tests of what becomes of the group's edits, whatever sheets they are typed into; that these are written and
read back as they are is tested where the sheets are.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field, replace
from typing import Any

from icsassess.assessment.actions.names import is_of_the_group
from icsassess.assessment.group_edits import displaced
from icsassess.assessment.group_edits.carry_over import CarryOver
from icsassess.assessment.group_edits.decisions import NO_DECISIONS, Decisions
from icsassess.assessment.group_edits.edits import ACTIONS, ASSESSMENT, GAPS, GroupEdits, OwnAction
from icsassess.assessment.group_edits.framework_migration import migration_to
from icsassess.assessment.group_edits.last_merge import LastMerge, Places
from icsassess.assessment.history.new_record import record_of
from icsassess.assessment.merging.merge import merge, merge_folder
from icsassess.assessment.merging.model import Merged
from icsassess.domain.problems import Problem
from icsassess.locality.locality import Locality
from icsassess.returns.checking.check import Checked
from icsassess.tables.models import Actions, Gaps, Lines
from icsassess.tables.records import Action
from icsassess.tables.titles import ACTION_FIELDS, ACTION_TITLES, AGREED_TITLES, GAP_TITLES
from icsassess.tables.validation import titles

FIRST = datetime.date(2024, 1, 3)
FIELD_TITLES = {**AGREED_TITLES, **GAP_TITLES, **ACTION_TITLES}

FIELDS_OF_VERSION_1 = tuple(name for name in ACTION_FIELDS if name not in ("taken_up", "why_not"))


def standing_in(merged: Merged) -> GroupEdits:
    """Give what stands in a workbook's places to type in when nobody has typed anything yet."""
    carried = merged.carried
    return GroupEdits(
        agreed={
            line.ref: {"agreed": line.agreed, "agreed_reason": line.agreed_reason, "agreed_on": _day(line.agreed_on)}
            for line in merged.lines
        },
        actions={action.id: _texts(action) for action in merged.actions},
        covered={gap.id: gap.covered for gap in merged.gaps},
        refs={action.id: action.ref for action in merged.actions if is_of_the_group(action.id)},
        own_columns={
            sheet: {title: dict(values) for title, values in columns.items()}
            for sheet, columns in carried.own_columns.items()
        },
        notes=dict(carried.notes),
        kept=[
            dict(
                zip(displaced.COLUMNS, (each.why, each.sheet, each.key, each.title, each.text, each.since), strict=True)
            )
            for each in carried.kept
        ],
    )


def _day(day: datetime.date | None) -> str:
    return "" if day is None else day.isoformat()


def _texts(action: Action) -> dict[str, str]:
    texts = {name: getattr(action, name) for name in ACTION_FIELDS}
    return {**texts, "due": _day(action.due) or action.due_typed, "evidenced_on": _day(action.evidenced_on)}


@dataclass
class Weeks:
    """A locality whose group types into what the last merge would have written."""

    locality: Locality
    merged: Merged | None = None
    record: dict[str, Any] | None = None
    written: GroupEdits | None = None
    typed: GroupEdits = field(default_factory=GroupEdits)
    number: int = 0
    checked: Checked | None = None
    """What is merged in place of the returns in the locality's folder."""

    def merge(self, days: int = 7) -> Merged:
        """Merge, and let the group have what would be written."""
        as_at = FIRST + datetime.timedelta(days=days * self.number)
        self.number += 1
        merged = self._of_returns(as_at, NO_DECISIONS) if self.record is None else self._with_the_group(as_at)
        self.merged = merged
        self.record = json.loads(json.dumps(record_of(merged, workbook=b"", previous=None, group=None)))
        self.written, self.typed = standing_in(merged), standing_in(merged)
        return merged

    def _of_returns(self, as_at: datetime.date, decisions: Decisions) -> Merged:
        if self.checked is not None:
            return merge(self.checked, self.locality, as_at, decisions)
        return merge_folder(self.locality, as_at, decisions)

    def _with_the_group(self, as_at: datetime.date) -> Merged:
        typed, last = self.typed, LastMerge(self.written, self.record)
        migration = migration_to(last.record, self.locality.framework)
        if migration is not None and self.written is not None and self.record is not None:
            filled_in = last.filled_in
            typed = migration.typed(typed, FIELD_TITLES, filled_in)
            last = LastMerge(migration.typed(self.written, FIELD_TITLES, filled_in), migration.record(self.record))
        carrying = CarryOver(typed, last, self._places())
        decisions = carrying.decisions()
        merged = self._of_returns(as_at, decisions)
        carried = carrying.finish(frozenset(gap.id for gap in merged.gaps), merged.register, decisions, as_at)
        return replace(merged, carried=carried, problems=[*merged.problems, *carrying.problems])

    def _places(self) -> Places:
        tables = {ASSESSMENT: Lines, GAPS: Gaps, ACTIONS: Actions}
        return Places(
            refs=frozenset(self.locality.framework.line_by_ref),
            titles={title: tuple(titles(model).values()) for title, model in tables.items()},
            field_titles=FIELD_TITLES,
            sheets=(ASSESSMENT, GAPS, ACTIONS),
        )

    def as_version_1(self) -> None:
        """Turn the last merge into one of version 1: one action a gap, the first that a partner proposes."""
        assert self.merged is not None
        assert self.record is not None
        actions = {action["id"]: action for action in self.record.pop("actions")}
        self.record["format"] = 1
        for gap in self.record["gaps"]:
            first = actions[gap["actions"][0]] if gap["actions"] else {"filled_in": {}}
            gap |= {"filled_in": first["filled_in"], "typed": []}
        nothing = dict.fromkeys(FIELDS_OF_VERSION_1, "")
        rows = {gap["id"]: {**nothing, **gap["filled_in"]} for gap in self.record["gaps"]}
        self.written = replace(self.typed, actions={}, covered={}, refs={}, version_1=rows)
        self.typed = replace(self.written, version_1=dict(rows))

    # --- What the group does

    def type(self, name: str, **texts: str) -> None:
        """Let the group type into the row of an action."""
        self.typed.actions[name] = {**self.typed.actions[name], **texts}

    def add(self, ref: str, *, note: str = "", column: str = "", **texts: str) -> None:
        """Let the group add an action of its own, with a note on its owner and text in a column of its own."""
        texts = {**dict.fromkeys(ACTION_FIELDS, ""), **texts}
        own = OwnAction(ref, texts, {"Ours": column} if column else {}, {"Owner": note} if note else {})
        self.typed.own_actions.append(own)

    def beside(self, table: str, key: str, text: str) -> None:
        """Let the group write into a column of its own."""
        self.typed.own_columns.setdefault(table, {}).setdefault("Ours", {})[key] = text

    def note(self, table: str, key: str, title: str, text: str) -> None:
        """Let the group put a note on a cell."""
        self.typed.notes[table, key, title] = text

    def delete(self, name: str) -> None:
        """Let the group delete the row of an action, with all that stands in it."""
        self.typed.actions.pop(name)
        self.typed.refs.pop(name, None)
        for values in self.typed.own_columns.get(ACTIONS, {}).values():
            values.pop(name, None)
        for place in [place for place in self.typed.notes if place[:2] == (ACTIONS, name)]:
            del self.typed.notes[place]

    # --- What became of it

    @property
    def actions(self) -> dict[str, Action]:
        """The actions by name."""
        assert self.merged is not None
        return {action.id: action for action in self.merged.actions}

    def kept(self) -> list[tuple[str, str, str]]:
        """Give what is kept because it has lost its place: whose, which column, what."""
        assert self.merged is not None
        return [(each.key, each.title, each.text) for each in self.merged.carried.kept]

    def points(self, code: str) -> list[Problem]:
        """Give the points of a kind."""
        assert self.merged is not None
        return [problem for problem in self.merged.problems if problem.code == code]
