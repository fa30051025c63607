"""Whole statements that a partner says do not apply to it: read from the cover, and made answers to their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from icsassess.domain import personal_data, rag
from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.cells.addresses import address
from icsassess.excel.cells.model import Sheet, Workbook, as_text
from icsassess.locality.locality import Locality
from icsassess.returns.matching.line_titles import find_statement
from icsassess.returns.reading.rows.entry import Entry, EntryCells, ReadReturn, TypedRow
from icsassess.returns.template.whole_statements import HEADINGS, TITLE
from icsassess.support.text import clean, words

_NO_REASONS = frozenset(
    ("", "x", "y", "yes", "true", "no", "n a", "na", "not applicable", "does not apply", "not applicable to us", "none")
)
"""What says that a statement does not apply, but not why."""


class WholeStatement(NamedTuple):
    """A statement that does not apply to a partner: its code (``""`` where it is none), the reason and its cell."""

    code: str
    typed: str
    reason: str
    sheet: str
    row: int
    column: int

    @property
    def has_reason(self) -> bool:
        """Whether it says why."""
        return words(self.reason) not in _NO_REASONS


def whole_statements(workbook: Workbook, framework: Framework) -> tuple[Workbook, list[WholeStatement]]:
    """Give a workbook without the tables of whole statements, and what the partner typed into them."""
    sheets, statements = [], list[WholeStatement]()
    for sheet in workbook.sheets:
        heading = _heading(sheet)
        if heading is not None:
            sheet, on_sheet = _taken_out(sheet, heading, framework)
            statements += on_sheet
        sheets.append(sheet)
    return (workbook._replace(sheets=tuple(sheets)) if tuple(sheets) != workbook.sheets else workbook), statements


def _heading(sheet: Sheet) -> tuple[int, int, int] | None:
    """Give the row of the titles, the column of the statements and that of the reasons."""
    wanted = words(HEADINGS[1])
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and words(cell.value) == wanted:
            left = [c for c in range(1, column) if words(sheet.text(row, c)) == words(HEADINGS[0])]
            return (row, left[-1], column) if left else None
    return None


def _taken_out(sheet: Sheet, at: tuple[int, int, int], framework: Framework) -> tuple[Sheet, list[WholeStatement]]:
    heading, first, column = at
    cells = dict(sheet.cells)
    statements = []
    titles = {words(title) for title in (TITLE, *HEADINGS)}
    for place in [place for place in cells if place[0] in (heading - 1, heading)]:
        if words(str(cells[place].value or "")) in titles:
            del cells[place]
    for row in range(heading + 1, max((row for row, _ in cells), default=0) + 1):
        typed, reason = sheet.text(row, first), sheet.cells.get((row, column))
        match = find_statement(framework, typed) if typed else None
        if match is None and (reason is None or reason.value is None or reason.formula):
            break
        for place in [(row, c) for c in range(first, column + 2) if (row, c) in cells]:
            if place[1] != column + 1 or words(str(cells[place].value)) in _codes(framework):
                del cells[place]
        text = clean(as_text(reason)).strip() if reason is not None and reason.value is not None else ""
        if text:
            statements.append(
                WholeStatement(match.code if match else "", typed, personal_data.mask(text), sheet.title, row, column)
            )
    return sheet._replace(cells=cells), statements


def _codes(framework: Framework) -> set[str]:
    return {words(code) for code in framework.statement_by_code}


def settle_statements(result: ReadReturn, statements: Sequence[WholeStatement], locality: Locality) -> None:
    """Answer the lines of statements that do not apply: Not applicable, with the reason, as read from its cell.

    A line that the partner has answered in its own row keeps that answer, and a point says so. Without a reason
    nothing is settled.
    """
    if not statements or result.partner is None:
        return
    asked = {line.ref: line for line in locality.lines_of(locality.partner_by_code[result.partner])}
    rows = {ref: list(places) for ref, places in result.rows_of.items()}
    for statement in statements:
        point = _point_on(statement)
        if point is not None:
            result.problems.append(point)
            continue
        answered = {entry.ref: entry for entry in reversed(result.entries) if entry.row.is_filled_in}
        for ref in [ref for ref, line in asked.items() if line.statement.code == statement.code]:
            if ref in answered:
                result.problems.extend(_answered_all_the_same(answered[ref], statement))
                continue
            entry = _entry(ref, statement)
            result.entries = [each for each in result.entries if each.ref != ref] + [entry]
            rows.setdefault(ref, []).insert(0, (statement.sheet, entry.row.place))
    result.rows_of = rows


def _point_on(statement: WholeStatement) -> Problem | None:
    place = {"sheet": statement.sheet, "cell": address(statement.row, statement.column)}
    if not statement.code:
        return make_problem("whole-statement-unknown", found=statement.typed or statement.reason, **place)
    if not statement.has_reason:
        return make_problem("whole-statement-without-reason", found=statement.reason, title=statement.typed, **place)
    return None


def _answered_all_the_same(entry: Entry, statement: WholeStatement) -> Iterator[Problem]:
    typed = entry.row.values["rag"]
    if words(typed) not in (words(rag.NOT_APPLICABLE), "n a", "na"):
        yield make_problem(
            "whole-statement-answered",
            sheet=entry.sheet,
            cell=entry.row.place.cell("rag"),
            ref=entry.ref,
            found=typed,
            statement=statement.typed,
            place=f"{statement.sheet}, {address(statement.row, statement.column)}",
        )


def _entry(ref: str, statement: WholeStatement) -> Entry:
    place = EntryCells(statement.row, dict.fromkeys(("rag", "reason"), statement.column), {})
    values = {**dict.fromkeys(TYPED_FIELDS, ""), "rag": rag.NOT_APPLICABLE, "reason": statement.reason}
    labels = {**dict.fromkeys(LABEL_FIELDS, ""), "ref": ref}
    return Entry(ref, statement.sheet, TypedRow(place, labels, values, "", [], []))
