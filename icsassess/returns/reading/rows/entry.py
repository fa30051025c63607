"""What reading gives: a return's rows as typed, each with the addresses of its cells, and the return around them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icsassess.domain.problems import Problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.addresses import address
from icsassess.returns.marks.feedback_table import Answer


@dataclass(frozen=True, slots=True)
class EntryCells:
    """Where an entry's fields stand: the row and the table's columns, but for cells that are merged from elsewhere."""

    row: int
    columns: Mapping[str, int]
    merged_from: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Give the address of a field's cell; of the row's first column where the table has no such column."""
        if name in self.merged_from:
            return self.merged_from[name]
        return address(self.row, self.columns.get(name, min(self.columns.values(), default=1)))


@dataclass(frozen=True)
class TypedRow:
    """One row of a table: its labels and what was typed beside them.

    ``values`` has the text of every field in ``TYPED_FIELDS``, ``own`` that of other columns by their title,
    ``notes`` what notes and links on the row's cells say, as ‘address: text’.
    """

    place: EntryCells
    labels: dict[str, str]
    values: dict[str, str]
    fill: str
    own: list[str]
    notes: list[str]
    problems: list[Problem] = field(default_factory=list)
    label_remarks: int = 0
    """How many of ``own`` come from the label columns: a title worded differently is no answer."""
    rag_doubt: str = ""
    """Why the rating may be meant otherwise, in words that follow ‘because’: it is then left open and asked about."""

    @property
    def is_filled_in(self) -> bool:
        """Whether the partner typed, coloured or noted anything in the row."""
        return (
            any(self.values.values())
            or len(self.own) > self.label_remarks
            or bool(self.notes)
            or any(p.code in _LOST for p in self.problems)
            or (bool(self.fill) and any(self.labels.values()) and vocabulary().from_colour(self.fill) is not None)
        )


# Points that stand for something typed whose text could not be used.
_LOST = frozenset({"cell-error", "formula-not-calculated"})


class Entry(NamedTuple):
    """One entry as typed: the line it belongs to and the row it came from."""

    ref: str
    sheet: str
    row: TypedRow


@dataclass
class ReadReturn:
    """What reading a file gave. ``partner`` is a code, None where it cannot be told.

    Where its signs name several partners, ``asked_whose`` has their codes, and somebody has to say whose it is.

    ``rows_of`` gives for each line the sheet and place of the rows that stand for it, filled in or not. ``never_asked``
    are the fields and lines that the template it was made with has no place for. ``answers`` are the partner's, on a
    feedback sheet that came back; ``answered`` are the points that they settle, which ``problems`` are not.
    """

    file: str
    sha256: str
    partner: str | None = None
    completed_on: datetime.date | None = None
    completed_by: str = ""
    organisation: str = ""
    modified: str = ""
    entries: list[Entry] = field(default_factory=list)
    rows_of: Mapping[str, list[tuple[str, EntryCells]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False
    never_asked: frozenset[str] = frozenset()
    sender_name: str = ""
    """Who sent the mail that it came in, as the mail shows it; '' where it came in none."""
    sender_address: str = ""
    """The sender's address, in lower case."""
    came_in: str = ""
    """The mail or archive that it came in, in words; '' where it came by itself."""
    answers: tuple[Answer, ...] = ()
    answered: list[Problem] = field(default_factory=list)
    asked_whose: tuple[str, ...] = ()

    def refuse(self, problem: Problem) -> ReadReturn:
        """Give the return back as one that cannot be used, with the reason."""
        self.problems.insert(0, problem)
        self.refused = True
        self.entries, self.rows_of = [], {}
        return self
