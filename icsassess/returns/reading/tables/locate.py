"""Where the tables of a return stand: rows whose cells are headings, wherever people moved them."""

from collections.abc import Iterator
from dataclasses import replace

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import (
    LONGEST_HEADING,
    exact_field,
    exact_fields,
    fields_named,
    heading_like,
    match_heading,
)
from icsassess.returns.reading.tables.table import FURTHEST_COLUMN, LocatedTable, table_from_headings
from icsassess.returns.template.model import ReturnTemplate
from icsassess.support.text import words

# A row of headings names at least this many different fields, the rating or the evidence among them.
_ENOUGH = 3
_NEEDED = frozenset({"rag", "evidence"})
_TYPED = frozenset(TYPED_FIELDS)
# This share of its cells has to say the same as a table's headings for a row to be those headings again.
_AGAIN = 0.6
# So many headings that stand twice in one row make two tables, whatever they say.
_SURELY_AGAIN = 5


def texts_by_row(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Give the text of every cell that has a value, by row and column, in the sheet's order.

    A row without a value has a place there too if one of its cells has a note, a link or a colour.
    """
    rows: dict[int, dict[int, str]] = {}
    cells, at, texts = sheet.cells, 0, dict[int, str]()
    for place in sorted(cells):
        row, column = place
        if row != at:
            at = row
            texts = rows[row] = {}
        value = cells[place].value
        if value is not None and value != "":
            texts[column] = str(value)
    return rows


def locate_tables(sheet: Sheet, template: ReturnTemplate) -> Iterator[LocatedTable]:
    """Give the tables of a sheet from the top down, those beside one another from left to right.

    A heading repeated halfway down goes on with the same table.
    """
    rows = texts_by_row(sheet)
    numbers = list(rows)
    current: list[LocatedTable] = []
    skip = 0
    like_a_heading = heading_like(template)
    for index, number in enumerate(numbers):
        if number <= skip:
            continue
        if current and not any(map(like_a_heading.__getitem__, rows[number].values())):
            for table in current:
                table.rows.append(number)
            continue
        if any(_is_again(table, rows[number]) for table in current):
            current[0].repeated.append(number)
            continue
        headings = _headings(sheet, template, rows, numbers[index : index + 2], fuzzy=not current)
        if headings is None:
            for table in current:
                table.rows.append(number)
            continue
        skip, texts = headings
        located = [
            table_from_headings(sheet, template, (number, skip), part, bounds)
            for part, bounds in side_by_side(template, texts)
        ]
        if len(located) > 1 and {frozenset(table.columns) for table in located} != {frozenset(located[0].columns)}:
            located = [replace(table, is_partial=True) for table in located]
        if [table.columns for table in located] == [table.columns for table in current]:
            current[0].repeated.extend(range(number, skip + 1))
            continue
        yield from current
        current = located
    yield from current


def _is_again(table: LocatedTable, texts: dict[int, str]) -> bool:
    """Tell whether a row says what the table's headings say, column by column."""
    if len(texts) < _ENOUGH:
        return False
    headings, others = table.plain_headings, 0
    for column, text in texts.items():
        if len(text) > LONGEST_HEADING or headings.get(column) != words(text) or not headings[column]:
            others += 1
            if len(texts) - others < max(_ENOUGH, _AGAIN * len(texts)):
                return False
    return True


def side_by_side(template: ReturnTemplate, texts: dict[int, str]) -> Iterator[tuple[dict[int, str], tuple[int, int]]]:
    """Cut a row of headings where the same headings begin again: two tables beside one another.

    Gives the headings of each table and the first and last column that belong to it.
    """
    columns = sorted(texts)
    named = {column: exact_field(template, texts[column]) or words(texts[column]) for column in columns}
    keys = [column for column in columns if named[column]]
    cut = None
    for at, column in enumerate(keys):
        if named[column] not in {named[one] for one in keys[:at]}:
            continue
        before, after = {named[one] for one in keys[:at]}, {named[one] for one in keys[at:]}
        shared = before & after
        if len(before) == at and (len(shared) >= _SURELY_AGAIN or (len(shared) >= _ENOUGH and shared & _NEEDED)):
            cut = column
        elif named[column] == "ref" and words(texts[column]) in {words(texts[one]) for one in keys[:at]}:
            # A table beside the first with a Ref of its own, and other columns.
            cut = column if len(after & _TYPED) >= 1 and len(before & _TYPED) >= 1 else None
        break
    if cut is None:
        yield texts, (1, FURTHEST_COLUMN)
        return
    yield {column: texts[column] for column in columns if column < cut}, (1, cut - 1)
    for part, (_, right) in side_by_side(template, {column: texts[column] for column in columns if column >= cut}):
        yield part, (min(part), right)


def _headings(
    sheet: Sheet, template: ReturnTemplate, rows: dict[int, dict[int, str]], numbers: list[int], *, fuzzy: bool
) -> tuple[int, dict[int, str]] | None:
    """Give the last row of a heading that begins in the first of these rows, and its texts by column.

    Only the first heading of a sheet is looked for with misspellings allowed: below it, answers could look alike.
    """
    first = rows[numbers[0]]
    score = _score(template, first, fuzzy=fuzzy)
    if score == 0:
        return None
    if (
        len(numbers) == 2
        and numbers[1] == numbers[0] + 1
        and (score < len(template.columns) or _reaches_down(sheet, numbers[0]))
    ):
        second = rows[numbers[1]]
        both = _over_two_rows(sheet, template, numbers[0], first, second)
        named_below = sum(1 for text in second.values() if match_heading(template, text))
        if _reaches_down(sheet, numbers[0]) and _are_headings(template, both, fuzzy=fuzzy):
            return numbers[1], both
        if (
            named_below >= 2
            and _score(template, both, fuzzy=fuzzy) > score
            and _are_headings(template, both, fuzzy=fuzzy)
        ):
            return numbers[1], both
    return (numbers[0], first) if _are_headings(template, first, fuzzy=fuzzy) else None


def _fields(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> set[str]:
    if not fuzzy:
        field_of = exact_fields(template)
        return {field for text in texts.values() if len(text) <= LONGEST_HEADING and (field := field_of(text))}
    return fields_named(template, texts.values())


def _score(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> int:
    return len(_fields(template, texts, fuzzy=fuzzy))


def _are_headings(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> bool:
    fields = _fields(template, texts, fuzzy=fuzzy)
    if len(fields) < min(_ENOUGH, len(template.columns)) or not fields & _NEEDED:
        return False
    exact = sum(1 for text in texts.values() if exact_field(template, text))
    # Of tables beside one another, each names its fields.
    named = max(exact, len(fields))
    return exact >= 1 and named * 2 >= len(texts)


def _reaches_down(sheet: Sheet, number: int) -> bool:
    """Tell whether headings of this row are merged with the cells below them: the row below is then headings, too."""
    return sum(1 for top, _, bottom, _ in sheet.merged if top == number and bottom == number + 1) >= 2


def _over_two_rows(
    sheet: Sheet, template: ReturnTemplate, number: int, upper: dict[int, str], lower: dict[int, str]
) -> dict[int, str]:
    """Put a heading together that stands in two rows: ‘Evidence’ merged over ‘Description’, ‘Where kept’ and ‘Date’."""
    over = dict(upper)
    for top, leftmost, bottom, rightmost in sheet.merged:
        if top == bottom == number and leftmost in upper:
            over.update(dict.fromkeys(range(leftmost, min(rightmost, leftmost + 100) + 1), upper[leftmost]))
    texts: dict[int, str] = {}
    for column in sorted(over.keys() | lower.keys()):
        above, below = over.get(column, ""), lower.get(column, "")
        both = f"{above} {below}".strip()
        texts[column] = next((text for text in (both, below, above) if exact_field(template, text)), both)
    return texts
