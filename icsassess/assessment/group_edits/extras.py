"""What the group put beside its decisions: columns, notes and sheets of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from icsassess.assessment.actions.names import is_of_the_group
from icsassess.assessment.actions.register import ActionRegister
from icsassess.assessment.group_edits.displaced import NO_SUCH_COLUMN, NOTE_ON, DisplacedCollector, why_gone
from icsassess.assessment.group_edits.edits import ACTIONS, ASSESSMENT, GAPS, CellValue, GroupEdits, OwnSheet
from icsassess.excel.cells.excel_limits import LONGEST_SHEET_TITLE, with_permitted_characters
from icsassess.support.text import fold
from icsassess.tables.titles import ACTION_TITLES

Columns = dict[str, dict[str, dict[str, CellValue]]]
Notes = dict[tuple[str, str, str], str]


def with_names(typed: GroupEdits, register: ActionRegister, gap_titles: Sequence[str]) -> GroupEdits:
    """Give what was typed with the own columns and notes of the group's rows under the names that these got.

    Notes beside a gap of version 1 on what is a column of actions now (all but those in ``gap_titles``) go to the
    action that its row went to.
    """
    columns = {
        sheet: {title: dict(values) for title, values in own.items()} for sheet, own in typed.own_columns.items()
    }
    notes: Notes = {}
    for (sheet, key, title), text in typed.notes.items():
        name = register.version_1.get(key) if sheet == GAPS and title not in gap_titles else None
        place = (ACTIONS, name, title) if name and title in ACTION_TITLES.values() else (sheet, key, title)
        notes[place] = f"{notes[place]}\n{text}" if place in notes else text
    for name, own in zip(register.own_names, typed.own_actions, strict=False):
        for title, value in own.columns.items():
            columns.setdefault(ACTIONS, {}).setdefault(title, {})[name] = value
        notes.update({(ACTIONS, name, title): text for title, text in own.notes.items()})
    return replace(typed, own_columns=columns, notes=notes)


def _keys(edits: GroupEdits, sheet: str) -> set[str]:
    """Give the keys of a table's rows."""
    rows: dict[str, Iterable[str]] = {
        ASSESSMENT: edits.agreed,
        GAPS: edits.version_1 or edits.covered,
        ACTIONS: edits.actions,
    }
    return set(rows[sheet])


@dataclass
class Extras:
    """Places the group's own columns, notes and sheets in the new workbook; what has no place is displaced.

    ``keys`` are the lines, gaps and actions of the new workbook by table, ``program`` the titles of its own columns;
    ``last`` is what the last merge wrote (None where that is not known), ``restored`` those that are there again.
    """

    typed: GroupEdits
    last: GroupEdits | None
    keys: Mapping[str, Set[str]]
    program: Mapping[str, Sequence[str]]
    displaced: DisplacedCollector
    restored: Set[tuple[str, str]]
    _titles: dict[str, dict[str, str]] = field(default_factory=dict)

    def carried(self) -> tuple[Columns, Notes]:
        """Give the group's own columns and notes, each in the place that it has now."""
        self._name_columns()
        columns = self._columns()
        notes = self._notes(columns)
        self._restore(columns, notes)
        return columns, notes

    def _name_columns(self) -> None:
        """Give each own column a title that no column of the program's has, whatever partners were added since."""
        for sheet in self.keys:
            own = list(self.typed.own_columns.get(sheet, {}))
            used = {fold(title) for title in self.program[sheet]}
            named = self._titles.setdefault(sheet, {})
            for title in own:
                name, number = title, 1
                while fold(name) in used:
                    number += 1
                    name = f"{title} (own)" if number == 2 else f"{title} (own {number})"
                used.add(fold(name))
                named[title] = name

    def _deleted(self, sheet: str) -> set[str]:
        """Give the keys of rows that were deleted and are there again with what stood beside: not the group's own."""
        if self.last is None or (sheet == GAPS and "covered" in self.typed.missing):
            return set()
        present, previous = (_keys(edits, sheet) for edits in (self.typed, self.last))
        return {key for key in previous - present if sheet != ACTIONS or not is_of_the_group(key)}

    def _columns(self) -> Columns:
        carried: Columns = {}
        for sheet, columns in self.typed.own_columns.items():
            written = self.last.own_columns.get(sheet, {}) if self.last is not None else {}
            for title, values in columns.items():
                deleted = {key: text for key, text in written.get(title, {}).items() if key in self._deleted(sheet)}
                here = carried.setdefault(sheet, {}).setdefault(self._titles[sheet][title], {})
                for key, value in {**values, **deleted}.items():
                    if key in self.keys[sheet]:
                        here[key] = value
                    else:
                        self._displace(sheet, key, title, value)
        return carried

    def _displace(self, sheet: str, key: str, title: str, value: CellValue) -> None:
        self.displaced.keep(why_gone(sheet, key, self._refs), sheet, key, {title: value})

    @property
    def _refs(self) -> Set[str]:
        return self.keys[ASSESSMENT]

    def _notes(self, columns: Columns) -> Notes:
        titles = {sheet: {*self.program[sheet], *columns.get(sheet, {})} for sheet in self.keys}
        notes = dict(self.typed.notes)
        for place, text in self.last.notes.items() if self.last is not None else ():
            if place[1] in self._deleted(place[0]):
                notes.setdefault(place, text)
        carried: Notes = {}
        for (sheet, key, title), text in notes.items():
            name = self._titles[sheet].get(title, title)
            if key not in self.keys[sheet]:
                self._displace(sheet, key, f"{NOTE_ON}{title}", text)
            elif name not in titles[sheet]:
                self.displaced.keep(NO_SUCH_COLUMN, sheet, key, {f"{NOTE_ON}{title}": text})
            else:
                carried[sheet, key, name] = text
        return carried

    def _restore(self, columns: Columns, notes: Notes) -> None:
        """Put back what was kept beside what is there again, where its cell is free."""
        for sheet, key in sorted(self.restored):
            own = columns.setdefault(sheet, {})
            program = {fold(title) for title in self.program[sheet]}
            for number, title, text in list(self.displaced.waiting(sheet, key)):
                place = (sheet, key, title.removeprefix(NOTE_ON))
                if title.startswith(NOTE_ON):
                    free = place[2] in (*self.program[sheet], *own) and place not in notes
                    if free:
                        notes[place] = text
                else:
                    free = bool(title) and fold(title) not in program and key not in own.setdefault(title, {})
                    if free:
                        own[title][key] = text
                if free:
                    self.displaced.restore(number)

    def sheets(self, program: Iterable[str]) -> list[OwnSheet]:
        """Give the group's own sheets, under titles that no sheet of the program's has and that Excel takes."""
        used = {fold(title) for title in program}
        renamed = []
        for sheet in self.typed.own_sheets:
            plain = with_permitted_characters(sheet.title).strip("' ")[:LONGEST_SHEET_TITLE] or "Sheet"
            title, number = plain, 1
            while fold(title) in used:
                number += 1
                title = f"{plain[: LONGEST_SHEET_TITLE - 5]} ({number})"
            used.add(fold(title))
            renamed.append(replace(sheet, title=title))
        return renamed
