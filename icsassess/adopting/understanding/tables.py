"""Finding tables with a row for each line in a workbook of any layout, and telling what their columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from icsassess.adopting.understanding.corrections import LEAVE_OUT, Corrections
from icsassess.adopting.understanding.model import UnderstoodColumn, UnderstoodTable
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
    kind_of_framework_text,
    names_a_theme,
    ref_as_typed,
)
from icsassess.returns.reading.rows.entry import TypedRow
from icsassess.returns.reading.rows.row import typed_rows
from icsassess.returns.reading.rows.row_reader import category_of_table, statement_of_table
from icsassess.returns.reading.tables.infer_columns import (
    tables_by_content,
    with_inferred_columns,
    without_columns_by_place,
)
from icsassess.returns.reading.tables.locate import locate_tables, texts_by_row
from icsassess.returns.reading.tables.table import FURTHEST_COLUMN, Basis, Guess, LocatedTable, table_from_headings
from icsassess.returns.template.model import FRAMEWORK_TEXT, OWN, ReturnTemplate
from icsassess.support.text import words

_ENOUGH = 3  # categories below one another that make a table where no heading says so
_LONGEST_TITLE = 200
_MOSTLY = 0.7
_AS_CORRECTED = "as corrected"


def find_tables(
    sheet: Sheet,
    headings: ReturnTemplate,
    framework: Framework,
    corrections: Corrections,
    offered: Mapping[int, Sequence[str]],
) -> list[UnderstoodTable]:
    """Give the tables of a sheet that have a row for at least one line.

    ``headings`` has the titles by which columns are recognised, ``offered`` the words of the drop-down lists by column.
    """
    understood = []
    for table in _located(sheet, headings, framework, corrections):
        table = _corrected(
            without_columns_by_place(with_inferred_columns(table, headings, framework)), headings, corrections
        )
        table = _without_numbers(_with_ratings(table, offered), framework, corrections)
        candidate = UnderstoodTable(sheet, table)
        _go_down(candidate, framework)
        if candidate.rows:
            candidate.columns = list(_columns(table, headings, corrections, framework))
            understood.append(candidate)
    return understood


def _located(
    sheet: Sheet, headings: ReturnTemplate, framework: Framework, corrections: Corrections
) -> list[LocatedTable]:
    if row := corrections.heading_rows.get(sheet.title):
        return [_below(sheet, headings, row)]
    located = list(locate_tables(sheet, headings)) or list(tables_by_content(sheet, headings, framework))
    return located or list(_by_categories(sheet, headings, framework))


def _below(sheet: Sheet, headings: ReturnTemplate, row: int) -> LocatedTable:
    """Give the table whose headings stand in this row, whatever they say."""
    rows = texts_by_row(sheet)
    table = table_from_headings(sheet, headings, (row, row), rows.get(row, {}), (1, FURTHEST_COLUMN))
    table.rows.extend(number for number in rows if number > row)
    return table


def _by_categories(sheet: Sheet, headings: ReturnTemplate, framework: Framework) -> Iterator[LocatedTable]:
    """Give the table of a sheet where categories stand below one another in a column."""
    places: dict[int, dict[int, str]] = {}
    rows = texts_by_row(sheet)
    for row, texts in rows.items():
        for column, text in texts.items():
            if len(text) <= _LONGEST_TITLE and (category := find_category(framework, text)):
                places.setdefault(column, {})[row] = category.code
    if not places:
        return
    column = max(places, key=lambda place: len(set(places[place].values())))
    first = min(places[column])
    above = [row for row in rows if row < first and len(rows[row]) > 1]
    if len(set(places[column].values())) >= _ENOUGH:
        table = _below(sheet, headings, above[-1] if above else max(first - 1, 1))
        columns = {name: place for name, place in table.columns.items() if place != column}
        guesses = {**table.guesses, "category": Guess(Basis.CONTENT, "categories stand in it")}
        others = {place: text for place, text in table.others.items() if place != column}
        yield replace(table, columns={**columns, "category": column}, others=others, guesses=guesses)


def _corrected(table: LocatedTable, headings: ReturnTemplate, corrections: Corrections) -> LocatedTable:
    """Let columns mean what the reader said, also those that are named by their place: ``Sheet!G``."""
    columns = dict(table.columns)
    guesses = dict(table.guesses)
    used = set(table.headings) | set(columns.values()) | {column for _, column in table.sheet.cells}
    for column in sorted(used):
        heading = table.headings.get(column, "")
        meaning = _corrected_meaning(corrections, table.sheet.title, column, heading)
        if meaning is None:
            continue
        columns = {name: place for name, place in columns.items() if place != column}
        if meaning in headings.column_by_field:
            columns[meaning] = column
            guesses.pop(meaning, None)
    meant = set(columns.values())
    others = {column: text for column, text in table.headings.items() if column not in meant}
    return replace(table, columns=columns, others=others, guesses={n: g for n, g in guesses.items() if n in columns})


def _corrected_meaning(corrections: Corrections, sheet: str, column: int, heading: str) -> str | None:
    by_heading = {words(title): meaning for title, meaning in corrections.columns.items()}
    by_place = corrections.columns.get(f"{sheet}!{column_letter(column)}")
    return by_place or (by_heading.get(words(heading)) if heading else None)


def _with_ratings(table: LocatedTable, offered: Mapping[int, Sequence[str]]) -> LocatedTable:
    """Tell the ratings by their content where no heading says so surely: few different words, again and again."""
    if "rag" in table.columns and "rag" not in table.guesses:
        return table
    sure = {column for name, column in table.columns.items() if name not in table.guesses}
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
    others_by_field = {name: column for name, column in table.columns.items() if column != scales[0] and name != "rag"}
    guesses = {name: guess for name, guess in table.guesses.items() if name in others_by_field}
    others = {
        column: text for column, text in table.headings.items() if column not in {*others_by_field.values(), scales[0]}
    }
    guesses["rag"] = Guess(Basis.CONTENT, "the same few words stand in it")
    return replace(table, columns={**others_by_field, "rag": scales[0]}, others=others, guesses=guesses)


def _without_numbers(table: LocatedTable, framework: Framework, corrections: Corrections) -> LocatedTable:
    """Give the table without its column of Refs where that numbers statements, not lines, and nobody said it is one."""
    column = table.columns.get("ref")
    texts = _texts(table, column) if column else []
    refs = sum(1 for text in texts if ref_as_typed(framework, text))
    if column is None or not texts or refs * 2 >= len(texts):
        return table
    if _corrected_meaning(corrections, table.sheet.title, column, table.headings.get(column, "")) == "ref":
        return table
    columns = {name: place for name, place in table.columns.items() if name != "ref"}
    others = {**table.others, column: table.headings.get(column, "")}
    return replace(table, columns=columns, others=others)


def _texts(table: LocatedTable, column: int) -> list[str]:
    texts = (table.sheet.text(row, column).strip() for row in table.rows)
    return [text for text in texts if text]


def _go_down(understood: UnderstoodTable, framework: Framework) -> None:
    """Tell which row stands for which line, theme or statement; the first of several rows of a line is its row."""
    table = understood.table
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
                understood.rows[number] = identified.ref
            continue
        if identified is None:
            _block_or_unmatched(understood, framework, finder, row, labels)


def _block_or_unmatched(
    understood: UnderstoodTable, framework: Framework, finder: LineFinder, row: TypedRow, labels: Labels
) -> None:
    texts = [text for text in (*row.labels.values(), *row.values.values()) if text]
    if len(set(texts)) == 1 and not row.own and finder.begins_block(labels, texts, typed=False):
        if named := find_statement(framework, texts[0]):
            understood.blocks[row.place.row] = named.code
        else:
            themes = (theme for theme in framework.themes if _is_titled(framework, theme.title, texts[0]))
            understood.blocks[row.place.row] = next((theme.code for theme in themes), "")
        return
    statement, category = find_statement(framework, labels.statement), find_category(framework, labels.category)
    if labels.statement and labels.category and (statement is None) != (category is None):
        kind, text = ("statements", labels.statement) if statement is None else ("categories", labels.category)
        understood.unmatched.append((kind, text, row.place.row))


def _is_titled(framework: Framework, title: str, text: str) -> bool:
    alone = [theme for theme in framework.themes if theme.title == title]
    return names_a_theme(framework.model_copy(update={"themes": tuple(alone)}), text)


def _columns(
    table: LocatedTable, headings: ReturnTemplate, corrections: Corrections, framework: Framework
) -> Iterator[UnderstoodColumn]:
    """Give the columns of a table: those understood, those corrected, and those that travel along."""
    meant = {column: name for name, column in table.columns.items()}
    numbers = {column for column, text in table.others.items() if exact_field(headings, text) == "ref"}
    body = {row for row in table.rows if row > table.heading_row}
    last = max([*table.headings, *meant, 0])
    filled: dict[int, int] = {}
    for (row, column), cell in table.sheet.cells.items():
        if row in body and cell.value not in (None, "") and table.holds(column) and column <= last + 1:
            filled[column] = filled.get(column, 0) + 1
    for column in sorted({*table.headings, *meant, *filled}):
        heading = mask(" ".join(table.headings.get(column, "").split()))
        corrected = _corrected_meaning(corrections, table.sheet.title, column, heading)
        name, how = meant.get(column, ""), ""
        if name:
            guess = table.guesses.get(name)
            if corrected:
                how = _AS_CORRECTED
            elif guess and not (guess.basis is Basis.HEADING and name in LABEL_FIELDS):
                how = guess.how
        elif corrected in (OWN, FRAMEWORK_TEXT, LEAVE_OUT):
            name, how = corrected, _AS_CORRECTED
        elif _holds_framework_text(table, column, framework):
            name, how = FRAMEWORK_TEXT, "the framework's own words stand in it"
        elif column in numbers:
            name, how = FRAMEWORK_TEXT, "it numbers the statements: our codes take their place"
        else:
            name = OWN if heading and column not in table.sheet.hidden_columns else LEAVE_OUT
        is_understood = bool(corrected) or name == FRAMEWORK_TEXT or name in LABEL_FIELDS or name in TYPED_FIELDS
        yield UnderstoodColumn(table.sheet.title, column, heading, name, how, filled.get(column, 0), is_understood)


def _holds_framework_text(table: LocatedTable, column: int, framework: Framework) -> bool:
    """Tell a column in which the framework's own words stand, in most of its cells."""
    texts = _texts(table, column)
    repeated = sum(1 for text in texts if kind_of_framework_text(framework, text))
    return bool(texts) and repeated >= _MOSTLY * len(texts)
