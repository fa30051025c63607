"""A column for each rating, one of which is marked in every row: with a cross, a tick, TRUE or a colour."""

from __future__ import annotations

from dataclasses import replace

from icsassess.domain.rag import AMBER, GREEN, RED, How, vocabulary
from icsassess.returns.reading.tables.table import LocatedTable

_NEEDED = frozenset((RED, AMBER, GREEN))


def ratings_across(texts: dict[int, str]) -> dict[int, str]:
    """Give the columns of a row of headings that are ratings, ‘Red’, ‘Amber’, ‘Green’, where all of these are there."""
    columns: dict[int, str] = {}
    for column, text in texts.items():
        if len(text) > 40:
            continue
        last = text.replace("\n", " ").split(" ")[-1]
        for candidate in (text, last):
            reading = vocabulary().read(candidate)
            if reading.how is How.EXACT and reading.rating and reading.rating not in columns.values():
                columns[column] = reading.rating
                break
    return columns if set(columns.values()) >= _NEEDED else {}


def with_marked_columns(table: LocatedTable) -> LocatedTable:
    """Give the table with its columns for one rating each told as such, where it has them and no other rating."""
    lowest = {column: table.sheet.text(table.heading_row, column) or text for column, text in table.headings.items()}
    marked = ratings_across({column: text for column, text in lowest.items() if text})
    if not marked or (table.columns.get("rag") or min(marked)) not in marked:
        return table
    taken = {name for name, column in table.columns.items() if column in marked}
    columns = {name: column for name, column in table.columns.items() if name not in taken}
    return replace(
        table,
        columns=columns | {"rag": min(marked)},
        others={column: text for column, text in table.others.items() if column not in marked},
        twice=[(column, name) for column, name in table.twice if column not in marked],
        guesses={name: guess for name, guess in table.guesses.items() if name not in taken},
        marked=marked,
    )
