"""Where the tables of a return stand: rows whose cells are headings, wherever people moved them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from icsassess.excel.cells import Sheet
from icsassess.returns.columns import assign, exact_field, match_heading
from icsassess.returns.template import ReturnTemplate

# A row of headings names at least this many different fields, the rating or the evidence among them.
_ENOUGH = 3
_NEEDED = frozenset({"rag", "evidence"})


@dataclass(frozen=True)
class Table:
    """A table on a sheet: which column means what, its other columns, and the rows of its body (from 1)."""

    sheet: Sheet
    heading_row: int
    columns: dict[str, int]
    others: dict[int, str]
    twice: list[tuple[int, str]]
    rows: list[int] = field(default_factory=list)


def by_row(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Give the text of every cell that has a value, by row and column, in the sheet's order."""
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for row, column in sorted(sheet.cells):
        cell = sheet.cells[row, column]
        if cell.value is not None and cell.value != "":
            rows[row][column] = str(cell.value)
    return rows


def tables(sheet: Sheet, template: ReturnTemplate) -> Iterator[Table]:
    """Give the tables of a sheet from the top down; a heading repeated halfway down goes on with the same table."""
    rows = by_row(sheet)
    numbers = list(rows)
    current: Table | None = None
    skip = 0
    for index, number in enumerate(numbers):
        if number <= skip:
            continue
        headings = _headings(sheet, template, rows, numbers[index : index + 2], fuzzy=current is None)
        if headings is None:
            if current is not None:
                current.rows.append(number)
            continue
        last_heading_row, texts = headings
        skip = last_heading_row
        columns, twice = assign(template, texts)
        if current is not None and columns == current.columns:
            continue
        if current is not None:
            yield current
        meant = set(columns.values())
        others = {column: text for column, text in texts.items() if column not in meant}
        current = Table(sheet, last_heading_row, columns, others, twice)
    if current is not None:
        yield current


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
    if len(numbers) == 2 and numbers[1] == numbers[0] + 1 and score < len(template.columns):
        second = rows[numbers[1]]
        both = _over_two_rows(sheet, template, numbers[0], first, second)
        named_below = sum(1 for text in second.values() if match_heading(template, text))
        if (
            named_below >= 2
            and _score(template, both, fuzzy=fuzzy) > score
            and _are_headings(template, both, fuzzy=fuzzy)
        ):
            return numbers[1], both
    return (numbers[0], first) if _are_headings(template, first, fuzzy=fuzzy) else None


def _fields(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> set[str]:
    if not fuzzy:
        return {found for text in texts.values() if (found := exact_field(template, text))}
    return set(assign(template, texts)[0])


def _score(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> int:
    return len(_fields(template, texts, fuzzy=fuzzy))


def _are_headings(template: ReturnTemplate, texts: dict[int, str], *, fuzzy: bool) -> bool:
    fields = _fields(template, texts, fuzzy=fuzzy)
    if len(fields) < _ENOUGH or not fields & _NEEDED:
        return False
    exact = sum(1 for text in texts.values() if exact_field(template, text))
    return exact >= 1 and len(fields) * 2 >= len(texts)


def _over_two_rows(
    sheet: Sheet, template: ReturnTemplate, number: int, upper: dict[int, str], lower: dict[int, str]
) -> dict[int, str]:
    """Put a heading together that stands in two rows: ‘Evidence’ merged over ‘Description’, ‘Where kept’ and ‘Date’."""
    over = dict(upper)
    for top, left, bottom, right in sheet.merged:
        if top == bottom == number and left in upper:
            over.update(dict.fromkeys(range(left, min(right, left + 100) + 1), upper[left]))
    texts: dict[int, str] = {}
    for column in sorted(over.keys() | lower.keys()):
        above, below = over.get(column, ""), lower.get(column, "")
        both = f"{above} {below}".strip()
        texts[column] = next((text for text in (both, below, above) if exact_field(template, text)), both)
    return texts
