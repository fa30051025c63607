"""The cells behind a figure or a statement: of returns by address, of the group's workbook by row and title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from icsassess.domain import rag
from icsassess.tables import titles
from icsassess.tables.records import Action, Entry, PartnerLine
from icsassess.view.assessment_view import ShownAction, ShownGap, ShownLine, View
from icsassess.view.findings.sentence import Source

SETTINGS = "locality.toml"
_COLUMN_OF = {"evidence_date": "evidence_date_typed", "rating": "rag_typed", "due": "due_typed"}
"""The field with what was typed, where a field of an entry has what was understood."""
_CELL_OF = {"rating": "rag"}


class Sources:
    """Finds the cells behind what is said of a view."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def entries(self) -> dict[tuple[str, str], list[Entry]]:
        """The entries by line and partner."""
        entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._view.merged.entries:
            entries[entry.ref, entry.partner].append(entry)
        return entries

    @cached_property
    def _partner_lines(self) -> dict[str, list[PartnerLine]]:
        lines: dict[str, list[PartnerLine]] = defaultdict(list)
        for row in self._view.merged.partner_lines:
            lines[row.ref].append(row)
        return lines

    @cached_property
    def _entry_at(self) -> dict[tuple[str, str, int], Entry]:
        return {(entry.file, entry.sheet, entry.row): entry for entry in self._view.merged.entries}

    def of_entry(self, entry: Entry, *fields: str) -> tuple[Source, ...]:
        """Give the cells of an entry's fields."""
        return tuple(
            Source(entry.file, entry.sheet, _address(entry, name), str(getattr(entry, _COLUMN_OF.get(name, name))))
            for name in fields
        )

    def of_partners(self, line: ShownLine, *ratings: str) -> tuple[Source, ...]:
        """Give the cells in which partners rate a line; with ``ratings`` only of those that rate it so."""
        rows = self._partner_lines[line.line.ref]
        return tuple(
            Source(row.file, row.sheet, row.cell, row.rating)
            for row in rows
            if row.cell and (row.rating in ratings if ratings else row.rating in rag.vocabulary().ordered)
        )

    def of_agreement(self, line: ShownLine) -> tuple[Source, ...]:
        """Give the cells in which the group agreed a rating, with its reason."""
        cells = ((titles.AGREED_RAG, line.agreed), (titles.AGREED_REASON, line.agreed_reason))
        return tuple(Source("", titles.ASSESSMENT, "", text, line.line.ref, column) for column, text in cells if text)

    def of_rating(self, line: ShownLine) -> tuple[Source, ...]:
        """Give the cells that a line's rating comes from: the group's where it agreed one, else the partners'."""
        if line.agreed:
            return self.of_agreement(line)[:1]
        every = tuple(
            Source(row.file, row.sheet, row.cell, row.rating) for row in self._partner_lines[line.line.ref] if row.cell
        )
        return self.of_partners(line) or every

    def of_ratings(self, lines: Iterable[ShownLine]) -> tuple[Source, ...]:
        """Give the cells that several lines' ratings come from."""
        return tuple(source for line in lines for source in self.of_rating(line))

    def of_gap(self, gap: ShownGap) -> tuple[Source, ...]:
        """Give the cells that make a line a gap: its rating, and what partners say is missing."""
        ref = gap.line.line.ref
        stated = [
            source
            for partner, _ in gap.stated
            for entry in self.entries[ref, partner]
            if entry.gap
            for source in self.of_entry(entry, "gap")
        ]
        return (*self.of_rating(gap.line), *stated)

    def of_action(self, action: ShownAction | Action, *fields: str) -> tuple[Source, ...]:
        """Give the cells of an action and of further fields: the partner's, or the group's where it typed over them."""
        return tuple(self._of_field(action, name) for name in ("action", *fields))

    def _of_field(self, action: ShownAction | Action, name: str) -> Source:
        text = getattr(action, name) or ""
        entry = self._entry_at.get((action.file, action.sheet, action.row))
        if entry is not None and hasattr(entry, name) and (getattr(entry, name) or "") == text:
            return self.of_entry(entry, name)[0]
        return Source("", titles.ACTIONS, "", str(text), action.id, titles.ACTION_TITLES[name])

    def of_returns(self, *states: str) -> tuple[Source, ...]:
        """Give the files of the returns in these states."""
        rows = self._view.merged.returns
        return tuple(Source(row.file, "", "", row.name) for row in rows if row.file and row.state in states)

    def of_setting(self, name: str, value: object) -> tuple[Source, ...]:
        """Give a setting of the locality."""
        return (Source(SETTINGS, "", name, str(value)),)

    def of_partner_setting(self, *names: str) -> tuple[Source, ...]:
        """Give the settings that name these partners."""
        return tuple(Source(SETTINGS, "", "partner", name) for name in names)


def _address(entry: Entry, name: str) -> str:
    """Give a cell's address; ``""`` where the entry was made without a sheet."""
    cell = getattr(entry.place, "cell", None)
    return str(cell(_CELL_OF.get(name, name))) if cell is not None else ""
