"""A row's answer where several columns give it: one for each rating, or two that nothing tells apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from icsassess.domain.rag import vocabulary
from icsassess.excel.cells.model import Cell, as_text
from icsassess.returns.reading.rows.entry import EntryCells, TypedRow
from icsassess.returns.reading.tables.table import LocatedTable
from icsassess.support.text import clean, clip, fold, listing

_MARKS = frozenset(
    (
        "x",
        "xx",
        "✓",
        "✔",
        "√",
        "☑",
        "☒",
        "✗",
        "✘",
        "1",
        "y",
        "yes",
        "true",
        "•",
        "●",
        "■",
        "ü",
        "þ",
        "p",
        "r",
        "o",
        "tick",
    )
)
_NO_MARKS = frozenset(("", "false", "0", "no", "n", "-", "☐", "o ", "q", "¨", "□"))


def settle(row: TypedRow, table: LocatedTable, cells: Sequence[Cell]) -> TypedRow:
    """Give a row with the answers that several columns give together."""
    by_column = {cell.column: cell for cell in cells}
    if table.marked:
        row = _with_mark(row, table, by_column)
    for field, columns in table.rivals.items():
        row = _with_rivals(row, table, field, [by_column[column] for column in columns if column in by_column])
    return row


def _with_mark(row: TypedRow, table: LocatedTable, by_column: dict[int, Cell]) -> TypedRow:
    """Read the column that is marked: with a cross, a tick, TRUE, the rating's own letter, a colour, or words."""
    marked: dict[str, Cell] = {}
    words: list[str] = []
    for column, rating in table.marked.items():
        cell = by_column.get(column)
        text = fold(clean(as_text(cell)).strip()) if cell is not None else ""
        if cell is None or (text in _NO_MARKS and not _is_coloured(cell, rating, text)):
            continue
        marked[rating] = cell
        if text not in _MARKS and text not in _NO_MARKS and vocabulary().read(text).rating != rating:
            words.append(f"{table.headings.get(column, rating)}: {clean(as_text(cell)).strip()}")
    if not marked:
        return replace(row, values={**row.values, "rag": ""}, fill="")
    place = EntryCells(
        row.place.row, row.place.columns, {**row.place.merged_from, "rag": next(iter(marked.values())).address}
    )
    values = {**row.values, "rag": " / ".join(marked)}
    doubt = "" if len(marked) == 1 else f"the columns {listing(list(marked))} are marked in one row"
    if words and len(marked) == 1 and not values["reason"]:
        values["reason"], words = words[0].partition(": ")[2], []
    return replace(row, place=place, values=values, fill="", own=[*words, *row.own], rag_doubt=doubt)


def _is_coloured(cell: Cell, rating: str, text: str) -> bool:
    return not text and vocabulary().from_colour(cell.fill) == rating


def _with_rivals(row: TypedRow, table: LocatedTable, field: str, cells: list[Cell]) -> TypedRow:
    """Leave open what two columns say differently."""
    texts = {cell.column: clean(as_text(cell)).strip() for cell in cells}
    texts = {column: text for column, text in texts.items() if text}
    if field == "rag":
        read = vocabulary().read
        colours = {cell.column: vocabulary().from_colour(cell.fill) for cell in cells}
        different = {read(text).rating or fold(text) for text in texts.values()}
        different |= {colour for column, colour in colours.items() if colour and column not in texts}
        if len(different) > 1:
            headings = listing([f"‘{clip(table.headings.get(cell.column, ''), 30)}’" for cell in cells])
            together = " / ".join(texts.get(cell.column) or colours[cell.column] or "-" for cell in cells)
            return replace(
                row,
                values={**row.values, "rag": together},
                fill="",
                rag_doubt=f"the columns {headings} differ in this row",
            )
        if not row.values["rag"] and texts:
            return replace(row, values={**row.values, "rag": next(iter(texts.values()))})
        return row
    different = {re.sub(r"\s+", " ", fold(text)) for text in texts.values()}
    if len(different) > 1:
        return replace(row, values={**row.values, field: " or ".join(texts.values())})
    return replace(row, values={**row.values, field: next(iter(texts.values()), "")})
