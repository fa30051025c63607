"""From the rows of a return's tables to its entries: each to its line, or named as belonging to none."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, did_you_mean, make_problem
from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.line_finder import LineFinder
from icsassess.returns.matching.line_titles import (
    Identified,
    Labels,
    TitleMatch,
    find_category,
    find_statement,
    labels_with_own_words,
    nearest_ref,
    ref_as_typed,
)
from icsassess.returns.matching.own_numbers import own_numbers
from icsassess.returns.reading.rows.entry import Entry, EntryCells, TypedRow
from icsassess.returns.reading.rows.matrix_rows import matrix_rows
from icsassess.returns.reading.rows.misplaced_evidence import misplaced_evidence
from icsassess.returns.reading.rows.row import typed_rows
from icsassess.returns.reading.rows.template_texts import TemplateTexts
from icsassess.returns.reading.rows.uncounted import uncounted, why_uncounted
from icsassess.returns.reading.tables.matrix import Matrix
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.support.text import listing

_TOTALS = re.compile(r"(?:grand |sub-?)?totals?\b[^.!?]{0,40}|(?:count|sum)\b(?: of [^.!?]{0,40})?\s*:?", re.IGNORECASE)
# Shorter texts of ours, such as ‘Amber’, are what a partner types, too.
_WORDS_OF_A_TEXT = 4


@dataclass
class Rows:
    """What the tables gave: entries, the places of the rows that stand for each line, and the points they raise."""

    entries: list[Entry] = field(default_factory=list)
    rows_of: dict[str, list[tuple[str, EntryCells]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def without_a_line(self, sheet: str, rows: Iterable[TypedRow]) -> None:
        """Keep rows that stand outside the tables."""
        for row in rows:
            self.problems.extend(row.problems)
            self.entries.append(Entry("", sheet, row))


class RowReader:
    """Reads one table, row by row."""

    def __init__(
        self, rows: Rows, table: LocatedTable, framework: Framework, texts: TemplateTexts, sheets: Sequence[Sheet] = ()
    ) -> None:
        self._rows = rows
        self._table = table
        self._sheet = table.sheet.title
        self._framework = framework
        self._template_texts = texts
        has_ref = "ref" in table.columns
        statement = None if has_ref or "statement" in table.columns else statement_of_table(table, framework)
        category = None if has_ref or "category" in table.columns else category_of_table(table, framework)
        self._finder = LineFinder(
            framework,
            has_ref_column=has_ref,
            has_category_column=has_ref or "category" in table.columns,
            statement=statement,
            category=category,
            own_numbers=own_numbers(sheets, framework) if has_ref and self._has_few_refs() else None,
        )

    def _has_few_refs(self) -> bool:
        """Tell whether few rows say a Ref, and none a title: their numbers may be explained on another sheet."""
        table = self._table
        if isinstance(table, Matrix) or {"statement", "category"} & table.columns.keys():
            return False
        typed = [text for row in table.rows if (text := table.sheet.text(row, table.columns["ref"]))]
        return bool(typed) and sum(1 for text in typed if ref_as_typed(self._framework, text)) * 2 < len(typed)

    def read(self) -> None:
        """Read all rows of the table, or all lines of the matrix."""
        table, framework = self._table, self._framework
        rows = (
            matrix_rows(table, framework)
            if isinstance(table, Matrix)
            else typed_rows(table, framework, self._template_texts)
        )
        for row in rows:
            self._read(row)

    def _read(self, row: TypedRow) -> None:
        labels = Labels(**row.labels)
        filled = row.is_filled_in
        if labels.blank and not filled:
            self._point_at_mere_colour(row)
            return
        rows = self._rows
        if self._table.is_further and not filled:
            return
        if filled and (why := why_uncounted(row)):
            where = {"sheet": self._sheet, "cell": row.place.cell("evidence")}
            rows.problems.append(make_problem("row-that-does-not-count", found=why, **where))
            rows.problems.extend(row.problems)
            rows.entries.append(Entry("", self._sheet, _with_labels(uncounted(row), list(row.labels))))
            return
        if not self._table.is_further and (several := self._finder.several(labels)):
            self._read_several(row, several, filled=filled)
            return
        identified = self._finder.find(row.place.row, labels, typed=filled)
        if identified is None or identified.below:
            texts = [text for text in (*row.labels.values(), *row.values.values()) if text]
            if self._is_no_answer(row, labels, texts, filled, unknown=identified is None):
                return
            if identified is None:
                if not self._table.is_further:
                    self._without_a_line(row, labels, texts)
                return
        if identified.how and not self._table.is_further:
            rated = bool(row.values.get("rag"))
            rows.problems.append(self._by_other_means(row.place.cell("ref"), labels, identified, rated=rated))
        rows.rows_of.setdefault(identified.ref, []).append((self._sheet, row.place))
        remarks = labels_with_own_words(self._framework, identified.ref, row.labels)
        if filled or remarks:
            rows.problems.extend(row.problems)
            rows.problems.extend(misplaced_evidence(row, identified.ref, remarks, self._sheet, self._framework))
            rows.entries.append(Entry(identified.ref, self._sheet, _with_labels(row, remarks)))

    def _read_several(self, row: TypedRow, refs: tuple[str, ...], *, filled: bool) -> None:
        """Read a row that answers several lines: each gets the same entry, and a point says so."""
        rows = self._rows
        for ref in refs:
            rows.rows_of.setdefault(ref, []).append((self._sheet, row.place))
            if filled:
                rows.entries.append(Entry(ref, self._sheet, row))
        if filled:
            rows.problems.extend(row.problems)
            where = {"sheet": self._sheet, "cell": row.place.cell("ref")}
            rows.problems.append(make_problem("row-for-several-lines", found=listing(list(refs)), **where))

    def _point_at_mere_colour(self, row: TypedRow) -> None:
        """Name a row right below a line that says nothing but is coloured like a rating, not every row of a column."""
        colour = vocabulary().from_colour(row.fill)
        if colour and self._finder.is_near(row.place.row):
            cell = row.place.cell("rag")
            self._rows.problems.append(
                make_problem("colour-without-a-line", sheet=self._sheet, cell=cell, found=colour)
            )

    def _is_no_answer(self, row: TypedRow, labels: Labels, texts: list[str], filled: bool, *, unknown: bool) -> bool:
        """Tell rows that answer nothing: titles of a block, totals, and texts of ours that were pasted along."""
        only_one = len(set(texts)) == 1 and not row.own and not row.notes
        if unknown and self._finder.begins_block(labels, texts, typed=filled and not only_one):
            # A title in a column for answers could be an answer: it is remembered as a title, and kept.
            return not any(row.values.values())
        if row.notes or row.problems:
            return False
        cells = self._filled_cells(row)
        if cells and _TOTALS.fullmatch(cells[0][1].strip()):
            shown = " | ".join(text for _, text in cells)
            self._rows.problems.append(make_problem("row-of-totals", sheet=self._sheet, cell=cells[0][0], found=shown))
            return True
        long = any(len(text.split()) >= _WORDS_OF_A_TEXT for _, text in cells)
        if row.own or not cells or not (long or not any(row.values.values())):
            return False
        return all(self._template_texts.has(text) for _, text in cells)

    def _filled_cells(self, row: TypedRow) -> list[tuple[str, str]]:
        sheet: Sheet = self._table.sheet
        names = {column: name for name, column in self._table.columns.items()}
        typed = row.labels | row.values
        filled = []
        for column in sorted({column for number, column in sheet.cells if number == row.place.row}):
            cell = sheet.cells[row.place.row, column]
            if self._table.holds(column) and cell.value not in (None, ""):
                filled.append((cell.address, typed.get(names.get(column, ""), "") or str(cell.value)))
        return filled

    def _without_a_line(self, row: TypedRow, labels: Labels, texts: list[str]) -> None:
        rows = self._rows
        rows.problems.append(self._unknown_line(row, labels, texts))
        rows.problems.extend(row.problems)
        rows.entries.append(Entry("", self._sheet, _with_labels(row, list(row.labels))))

    def _by_other_means(self, cell: str, labels: Labels, identified: Identified, *, rated: bool) -> Problem:
        where = {"sheet": self._sheet, "cell": cell, "ref": identified.ref}
        if identified.contradiction:
            return make_problem("line-contradiction", found=labels.ref or labels.statement, how=identified.how, **where)
        if identified.below and rated:
            return make_problem("row-placed-by-position", **where)
        missing = f"‘{labels.ref}’ is none of the framework's" if labels.ref else "is missing"
        return make_problem("line-read-from-titles", found=missing, how=identified.how, **where)

    def _unknown_line(self, row: TypedRow, labels: Labels, texts: list[str]) -> Problem:
        """Name a row that belongs to no line; all that it says goes into the Evidence sheet without a Ref."""
        shown = " | ".join([*dict.fromkeys(texts), *row.own, *row.notes])
        cells = self._filled_cells(row)
        if not any(row.values[name] for name in TYPED_FIELDS) or len(texts) < 2:
            cell = cells[0][0] if cells else row.place.cell("ref")
            return make_problem("text-outside-table", sheet=self._sheet, cell=cell, found=shown)
        near = nearest_ref(self._framework, labels.ref) if labels.ref else None
        where = {"sheet": self._sheet, "cell": row.place.cell("ref")}
        example = self._framework.lines[0].ref
        return make_problem("line-unknown", found=shown, example=example, hint=did_you_mean(near, ""), **where)


def statement_of_table(table: LocatedTable, framework: Framework) -> str | None:
    """Give the statement that a whole table is about: by its sheet's title, or by the nearest text above it."""
    return _of_table(table, lambda text: find_statement(framework, text))


def category_of_table(table: LocatedTable, framework: Framework) -> str | None:
    """Give the evidence category that a whole table is about, likewise."""
    return _of_table(table, lambda text: find_category(framework, text))


def _of_table(table: LocatedTable, find: Callable[[str], TitleMatch | None]) -> str | None:
    if match := find(table.sheet.title):
        return match.code
    above = sorted(((row, column) for row, column in table.sheet.cells if row < table.top), reverse=True)
    for key in above[:40]:
        value = table.sheet.cells[key].value
        if isinstance(value, str) and len(value) < 200 and (match := find(value)):
            return match.code
    return None


def _with_labels(row: TypedRow, names: list[str]) -> TypedRow:
    """Give the row with what stands in these label columns kept as if in columns of the partner's own."""
    remarks = [f"{name.capitalize()}: {row.labels[name]}" for name in names if row.labels[name]]
    return replace(row, own=[*remarks, *row.own], label_remarks=len(remarks)) if remarks else row
