"""Reading back what the group typed into a locality workbook, however it was sorted and by whatever program saved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from icsassess import rag
from icsassess.assessment.decisions import Action, Agreed, Decisions
from icsassess.excel.addresses import address
from icsassess.excel.cells import Cell, Kind, Sheet, Workbook
from icsassess.problems import Problem, Refusal, point
from icsassess.returns.dates import read_date
from icsassess.returns.opening import open_file
from icsassess.returns.rows import as_text
from icsassess.text import clean, fold
from icsassess.workbook.places import ASSESSMENT, GAPS
from icsassess.workbook.write import KIND


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table as it stands in the workbook: its cells by the folded title of their column."""

    number: int
    cells: dict[str, Cell]

    def text(self, title: str) -> str:
        """Give the text under a title, ``""`` where there is none."""
        cell = self.cells.get(fold(title))
        if cell is None or cell.kind in (Kind.EMPTY, Kind.NOT_CALCULATED, Kind.ERROR):
            return ""
        return clean(as_text(cell)).strip()

    def day(self, title: str) -> datetime.date | None:
        """Give the day under a title, None where there is none that can be reckoned with."""
        return read_date(self.text(title)).usable


def rows_of(sheet: Sheet, needed: Sequence[str]) -> Iterator[Row]:
    """Give the rows of a sheet's table below its row of headings, wherever the columns stand by now.

    Nothing is given where no row has all of the needed titles.
    """
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        by_row.setdefault(row, {})[column] = cell
    titles: dict[int, str] | None = None
    for number, cells in by_row.items():
        if titles is None:
            found = {column: fold(as_text(cell)) for column, cell in cells.items() if cell.value is not None}
            titles = found if {fold(title) for title in needed} <= set(found.values()) else None
            continue
        yield Row(number, {titles[column]: cell for column, cell in cells.items() if column in titles})


def open_locality_workbook(path: Path) -> Workbook:
    """Open a merged workbook; raises ``Refusal`` where it is none or cannot be read."""
    opened = open_file(path)
    if opened.workbook is None:
        problem = opened.problem
        assert problem is not None
        raise Refusal(point("not-a-locality-workbook", sheet=path.name, detail=problem.message))
    if opened.workbook.custom_properties.get("icsassess.kind") != KIND and sheet_titled(opened.workbook, GAPS) is None:
        raise Refusal(point("not-a-locality-workbook", sheet=path.name, detail=f"it has no sheet ‘{GAPS}’"))
    return opened.workbook


def sheet_titled(workbook: Workbook, title: str) -> Sheet | None:
    """Give the sheet of this title, None where there is none."""
    return next((sheet for sheet in workbook.sheets if fold(sheet.title) == fold(title)), None)


def read_decisions(workbook: Workbook, refs: frozenset[str]) -> tuple[Decisions, list[Problem]]:
    """Give what the group decided, and a point for everything typed that could not be used."""
    problems: list[Problem] = []
    agreed: dict[str, Agreed] = {}
    actions: dict[str, Action] = {}
    for row in _rows(workbook, ASSESSMENT, ("Ref", "Agreed RAG")):
        if found := _agreed(row, refs, problems):
            agreed[row.text("Ref")] = found
    for row in _rows(workbook, GAPS, ("Gap", "Action")):
        if name := row.text("Gap"):
            actions[name] = action_of(row)
    return Decisions(agreed, actions), problems


def _rows(workbook: Workbook, title: str, needed: Sequence[str]) -> Iterator[Row]:
    sheet = sheet_titled(workbook, title)
    if sheet is not None:
        yield from rows_of(sheet, needed)


def _agreed(row: Row, refs: frozenset[str], problems: list[Problem]) -> Agreed | None:
    typed, reason, ref = row.text("Agreed RAG"), row.text("Reason for agreed RAG"), row.text("Ref")
    if not typed and not reason and not row.text("Agreed on"):
        return None
    reading = rag.vocabulary().read(typed)
    if typed and reading.rating is None:
        cell = address(row.number, row.cells[fold("Agreed RAG")].column)
        expected = f"A rating: {rag.vocabulary().permitted}."
        problems.append(
            point(
                "group-edit-not-understood",
                sheet=ASSESSMENT,
                cell=cell,
                ref=ref,
                found=typed,
                title="Agreed RAG",
                expected=expected,
            )
        )
    if ref not in refs:
        problems.append(
            point(
                "group-edit-without-a-place",
                sheet=ASSESSMENT,
                cell=f"row {row.number}",
                found=f"{ref}: {typed} {reason}",
            )
        )
        return None
    return Agreed(reading.rating or "", reason, row.day("Agreed on"))


def action_of(row: Row) -> Action:
    """Give the action that stands in a row of the gaps' table."""
    due = row.day("Due date")
    return Action(
        row.text("Action"),
        row.text("Owner"),
        row.text("Accountable role"),
        due,
        "" if due else row.text("Due date"),
        row.text("Delivery status"),
        row.text("Evidenced by"),
        row.day("Date evidenced"),
        row.text("Update"),
    )
