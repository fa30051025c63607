"""A return being produced in some way or other, and what a careful reader would say of each of its lines."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.domain.framework import framework
from tests.support.maltreatment.draft import FIELDS, FILLS, TITLES, locality

COLOURS = ("Red", "Amber", "Green")
TEXTS = ("evidence", "kept", "reason", "gap", "action", "owner")
HEADING_ROW = 4
_ROLES = ("Head of Quality", "Matron for Safeguarding", "Deputy Director of Nursing", "Practice manager")
_SOURCES = ("survey", "audit", "review")
_FRAMEWORK = framework("cqc-ics-2023")


@dataclass(eq=False)
class Line:
    """A line of the return: its labels, what a careful reader says of it, and where it stands in the workbook.

    A field in ``asked`` cannot be told by a careful reader either: nothing may be used for it, and a point has to ask.
    One in ``free`` may come out in more ways than one. ``places`` are the cells it stands in.
    """

    ref: str
    statement: str
    category: str
    values: dict[str, Any]
    asked: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rag(self) -> str:
        return str(self.values.get("rag", ""))

    def label_or_value(self, name: str) -> Any:
        labels = {"ref": self.ref, "statement": self.statement, "category": self.category}
        return labels[name] if name in labels else self.values.get(name)


@dataclass
class Drawn:
    """Something drawn over the cells: its kind, the cell below it (row and column from 1), its text and its colour."""

    sheet: str
    kind: str
    row: int
    column: int
    text: str = ""
    colour: str = ""


Cells = dict[str, Cell]


@dataclass
class Case:
    """One way of producing a return. A kind fills in ``book`` and changes what is said of the ``lines``."""

    rng: Random
    book: Workbook = field(default_factory=Workbook)
    lines: list[Line] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    parts: list[tuple[str, Callable[[str], str]]] = field(default_factory=list)
    file_name: str = "PC.xlsx"
    saved_as: str = "xlsx"
    named: list[tuple[str, str]] = field(default_factory=list)
    """Further places (sheet, cell), each of which a point has to name; with cell ‘’ any point of the sheet does."""

    def __post_init__(self) -> None:
        self.book.remove(self.book.active)
        cover = self.page("Cover")
        answers = {
            "Partner": "Primary care",
            "Locality": "Anytown",
            "Organisation": "Primary care",
            "Completed by (role)": "Head of Quality",
            "Date completed": datetime.date(2024, 1, 10),
        }
        for row in answers.items():
            cover.append(row)
        self.lines = content(self.rng)

    def page(self, title: str) -> Worksheet:
        return self.book.create_sheet(title)

    def by_theme(self) -> list[tuple[str, list[Line]]]:
        of: dict[str, list[Line]] = {}
        for line in self.lines:
            of.setdefault(_FRAMEWORK.line_by_ref[line.ref].theme.title, []).append(line)
        return list(of.items())

    def table(
        self,
        sheet: Worksheet,
        lines: Iterable[Line],
        fields: Sequence[str] = FIELDS,
        headings: dict[str, Any] | None = None,
        top: int = HEADING_ROW,
        left: int = 1,
    ) -> list[tuple[Line, Cells]]:
        """Write a table, and give each line's cells by field."""
        titles = TITLES | (headings or {})
        for at, name in enumerate(fields, left):
            sheet.cell(top, at).value = titles.get(name, name)
        written = []
        for row, line in enumerate(lines, top + 1):
            cells: Cells = {}
            for at, name in enumerate(fields, left):
                cell = cells[name] = sheet.cell(row, at)
                self.put(cell, line, line.label_or_value(name) if name in TITLES else None)
            written.append((line, cells))
        return written

    def put(self, cell: Cell, line: Line | None, value: Any) -> None:
        """Write a value, and remember that it is of this line."""
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        if line is not None:
            line.places.append((cell.parent.title, cell.coordinate))

    def plain(
        self, fields: Sequence[str] = FIELDS, headings: dict[str, Any] | None = None, top: int = HEADING_ROW
    ) -> list[tuple[Line, Cells]]:
        """Write the sheets of the themes, a table each."""
        written = []
        for title, lines in self.by_theme():
            written += self.table(self.page(title), lines, fields, headings, top)
        return written

    def say(self, line: Line, **values: Any) -> None:
        line.values.update(values)


def content(rng: Random) -> list[Line]:
    """Give what a partner that is asked for four statements says of its 24 lines."""
    place = locality()
    lines = []
    for number, line in enumerate(place.lines_of(place.partner_by_code["PC"]), 1):
        rating = COLOURS[number % 3]
        values: dict[str, Any] = {
            "evidence": f"Findings z{number}q of the {rng.choice(_SOURCES)} of {number + 20} records",
            "kept": f"Shared drive / Quality / k{number}q",
            "evidence_date": datetime.date(2023, 6, 1) + datetime.timedelta(days=rng.randrange(200)),
            "rag": rating,
            "reason": f"Because of w{number}q",
        }
        if rating != "Green":
            values |= {
                "gap": f"Nothing on g{number}q yet",
                "action": f"Repeat a{number}q",
                "owner": rng.choice(_ROLES),
                "due": datetime.date(2024, 2, 1) + datetime.timedelta(days=rng.randrange(200)),
                "action_status": rng.choice(["Not started", "In progress"]),
            }
        lines.append(Line(line.ref, line.statement.title, line.category.title, values))
    return lines


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def fill_of(rating: str) -> PatternFill:
    return solid(FILLS[rating])
