"""Finding tables with a row for each line in a workbook of any layout, and telling what their columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from icsassess.adopting.understanding.corrections import LEFT_OUT, Corrections
from icsassess.adopting.understanding.model import FoundColumn, FoundTable
from icsassess.adopting.understanding.rating_words import looks_like_a_scale
from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.domain.personal_data import mask
from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import exact_field
from icsassess.returns.matching.line_finder import LineFinder
from icsassess.returns.matching.line_titles import (
    Labels,
    find_category,
    find_statement,
    names_a_theme,
    ref_as_typed,
    told_by_framework,
)
from icsassess.returns.reading.rows.entry import TypedRow
from icsassess.returns.reading.rows.row import typed_rows
from icsassess.returns.reading.rows.row_reader import category_of_table, statement_of_table
from icsassess.returns.reading.tables.infer_columns import completed, found_by_content, without_places
from icsassess.returns.reading.tables.locate import by_row, tables
from icsassess.returns.reading.tables.table import FURTHEST_COLUMN, NEAR, Table, made_of
from icsassess.returns.template.model import OWN, TOLD, ReturnTemplate
from icsassess.support.text import words

_ENOUGH = 3  # categories below one another that make a table where no heading says so
_LONGEST_TITLE = 200
_MOSTLY = 0.7
_AS_CORRECTED = "as corrected"


def find_tables(
    sheet: Sheet,
    known: ReturnTemplate,
    framework: Framework,
    corrections: Corrections,
    offered: Mapping[int, Sequence[str]],
) -> list[FoundTable]:
    """Give the tables of a sheet that have a row for at least one line.

    ``known`` are the headings known; ``offered`` what the drop-down lists of the sheet offer, by column.
    """
    found = []
    for table in _located(sheet, known, framework, corrections):
        table = _corrected(without_places(completed(table, known, framework)), known, corrections)
        table = _without_numbers(_with_ratings(table, offered), framework, corrections)
        made = FoundTable(sheet, table)
        _go_down(made, framework)
        if made.rows:
            made.columns = list(_columns(table, known, corrections, framework))
            found.append(made)
    return found


def _located(sheet: Sheet, known: ReturnTemplate, framework: Framework, corrections: Corrections) -> list[Table]:
    if row := corrections.heading_rows.get(sheet.title):
        return [_below(sheet, known, row)]
    there = list(tables(sheet, known)) or list(found_by_content(sheet, known, framework))
    return there or list(_by_categories(sheet, known, framework))


def _below(sheet: Sheet, known: ReturnTemplate, row: int) -> Table:
    """Give the table whose headings stand in this row, whatever they say."""
    rows = by_row(sheet)
    table = made_of(sheet, known, (row, row), rows.get(row, {}), (1, FURTHEST_COLUMN))
    table.rows.extend(number for number in rows if number > row)
    return table


def _by_categories(sheet: Sheet, known: ReturnTemplate, framework: Framework) -> Iterator[Table]:
    """Give the table of a sheet where categories stand below one another in a column."""
    places: dict[int, dict[int, str]] = {}
    rows = by_row(sheet)
    for row, texts in rows.items():
        for column, text in texts.items():
            if len(text) <= _LONGEST_TITLE and (found := find_category(framework, text)):
                places.setdefault(column, {})[row] = found.code
    if not places:
        return
    column = max(places, key=lambda place: len(set(places[place].values())))
    first = min(places[column])
    above = [row for row in rows if row < first and len(rows[row]) > 1]
    if len(set(places[column].values())) >= _ENOUGH:
        table = _below(sheet, known, above[-1] if above else max(first - 1, 1))
        columns = {name: place for name, place in table.columns.items() if place != column}
        guessed = {**table.guessed, "category": "categories stand in it"}
        others = {place: text for place, text in table.others.items() if place != column}
        yield replace(table, columns={**columns, "category": column}, others=others, guessed=guessed)


def _corrected(table: Table, known: ReturnTemplate, corrections: Corrections) -> Table:
    """Let columns mean what the reader said, also those that are named by their place: ``Sheet!G``."""
    columns = dict(table.columns)
    guessed = dict(table.guessed)
    used = set(table.headings) | set(columns.values()) | {column for _, column in table.sheet.cells}
    for column in sorted(used):
        heading = table.headings.get(column, "")
        said = _said(corrections, table.sheet.title, column, heading)
        if said is None:
            continue
        columns = {name: place for name, place in columns.items() if place != column}
        if said in known.column_by_field:
            columns[said] = column
            guessed.pop(said, None)
    meant = set(columns.values())
    others = {column: text for column, text in table.headings.items() if column not in meant}
    return replace(table, columns=columns, others=others, guessed={n: h for n, h in guessed.items() if n in columns})


def _said(corrections: Corrections, sheet: str, column: int, heading: str) -> str | None:
    by_heading = {words(title): meaning for title, meaning in corrections.columns.items()}
    by_place = corrections.columns.get(f"{sheet}!{column_letter(column)}")
    return by_place or (by_heading.get(words(heading)) if heading else None)


def _with_ratings(table: Table, offered: Mapping[int, Sequence[str]]) -> Table:
    """Tell the ratings by their content where no heading says so surely: few different words, again and again."""
    if "rag" in table.columns and "rag" not in table.guessed:
        return table
    sure = {column for name, column in table.columns.items() if name not in table.guessed}
    columns = sorted({column for _, column in table.sheet.cells} | set(table.headings))
    scales = [
        column
        for column in columns
        if column not in sure
        and table.holds(column)
        and looks_like_a_scale(_texts(table, column), offered.get(column, ()))
    ]
    if len(scales) != 1 or table.columns.get("rag") == scales[0]:
        return table
    kept = {name: column for name, column in table.columns.items() if column != scales[0] and name != "rag"}
    guessed = {name: how for name, how in table.guessed.items() if name in kept}
    others = {column: text for column, text in table.headings.items() if column not in {*kept.values(), scales[0]}}
    how = "the same few words stand in it"
    return replace(table, columns={**kept, "rag": scales[0]}, others=others, guessed={**guessed, "rag": how})


def _without_numbers(table: Table, framework: Framework, corrections: Corrections) -> Table:
    """Give the table without its column of Refs where that numbers statements, not lines, and nobody said it is one."""
    column = table.columns.get("ref")
    texts = _texts(table, column) if column else []
    refs = sum(1 for text in texts if ref_as_typed(framework, text))
    if column is None or not texts or refs * 2 >= len(texts):
        return table
    if _said(corrections, table.sheet.title, column, table.headings.get(column, "")) == "ref":
        return table
    columns = {name: place for name, place in table.columns.items() if name != "ref"}
    others = {**table.others, column: table.headings.get(column, "")}
    return replace(table, columns=columns, others=others)


def _texts(table: Table, column: int) -> list[str]:
    texts = (table.sheet.text(row, column).strip() for row in table.rows)
    return [text for text in texts if text]


def _go_down(made: FoundTable, framework: Framework) -> None:
    """Tell which row stands for which line, theme or statement; the first of several rows of a line is its row."""
    table = made.table
    has_ref = "ref" in table.columns
    statement = None if has_ref or "statement" in table.columns else statement_of_table(table, framework)
    category = None if has_ref or "category" in table.columns else category_of_table(table, framework)
    finder = LineFinder(framework, has_ref_column=has_ref, statement=statement, category=category)
    lines: set[str] = set()
    for row in typed_rows(table, framework):
        labels = Labels(**row.labels)
        number = row.place.row
        if labels.blank and not row.is_filled_in:
            continue
        identified = finder.find(number, labels, typed=row.is_filled_in)
        if identified is not None and not identified.below:
            if identified.ref not in lines:
                lines.add(identified.ref)
                made.rows[number] = identified.ref
            continue
        if identified is None:
            _block_or_unmatched(made, framework, finder, row, labels)


def _block_or_unmatched(
    made: FoundTable, framework: Framework, finder: LineFinder, row: TypedRow, labels: Labels
) -> None:
    texts = [text for text in (*row.labels.values(), *row.values.values()) if text]
    if len(set(texts)) == 1 and not row.own and finder.begins_block(labels, texts, typed=False):
        if found := find_statement(framework, texts[0]):
            made.blocks[row.place.row] = found.code
        else:
            themes = (theme for theme in framework.themes if _is_titled(framework, theme.title, texts[0]))
            made.blocks[row.place.row] = next((theme.code for theme in themes), "")
        return
    statement, category = find_statement(framework, labels.statement), find_category(framework, labels.category)
    if labels.statement and labels.category and (statement is None) != (category is None):
        kind, text = ("statements", labels.statement) if statement is None else ("categories", labels.category)
        made.unmatched.append((kind, text, row.place.row))


def _is_titled(framework: Framework, title: str, text: str) -> bool:
    alone = [theme for theme in framework.themes if theme.title == title]
    return names_a_theme(framework.model_copy(update={"themes": tuple(alone)}), text)


def _columns(
    table: Table, known: ReturnTemplate, corrections: Corrections, framework: Framework
) -> Iterator[FoundColumn]:
    """Give the columns of a table: those understood, those corrected, and those that travel along."""
    meant = {column: name for name, column in table.columns.items()}
    numbers = {column for column, text in table.others.items() if exact_field(known, text) == "ref"}
    body = {row for row in table.rows if row > table.heading_row}
    last = max([*table.headings, *meant, 0])
    filled: dict[int, int] = {}
    for (row, column), cell in table.sheet.cells.items():
        if row in body and cell.value not in (None, "") and table.holds(column) and column <= last + 1:
            filled[column] = filled.get(column, 0) + 1
    for column in sorted({*table.headings, *meant, *filled}):
        heading = mask(" ".join(table.headings.get(column, "").split()))
        said = _said(corrections, table.sheet.title, column, heading)
        name, how = meant.get(column, ""), ""
        if name:
            how = _AS_CORRECTED if said else table.guessed.get(name, "")
            how = "" if how == NEAR and name in LABEL_FIELDS else how
        elif said in (OWN, TOLD, LEFT_OUT):
            name, how = said, _AS_CORRECTED
        elif _is_told(table, column, framework):
            name, how = TOLD, "the framework's own words stand in it"
        elif column in numbers:
            name, how = TOLD, "it numbers the statements: our codes take their place"
        else:
            name = OWN if heading and column not in table.sheet.hidden_columns else LEFT_OUT
        is_known = bool(said) or name == TOLD or name in LABEL_FIELDS or name in TYPED_FIELDS
        yield FoundColumn(table.sheet.title, column, heading, name, how, filled.get(column, 0), is_known)


def _is_told(table: Table, column: int, framework: Framework) -> bool:
    """Tell a column in which the framework's own words stand, in most of its cells."""
    texts = _texts(table, column)
    told = sum(1 for text in texts if told_by_framework(framework, text))
    return bool(texts) and told >= _MOSTLY * len(texts)
