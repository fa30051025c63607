"""Numbers or letters for ratings that the return explains itself: ‘1 = Red, 2 = Amber, 3 = Green’."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import How, Vocabulary
from icsassess.excel.cells.model import Sheet, shown
from icsassess.returns.reading.rows.entry import Entry
from icsassess.support.text import fold

_LONGEST = 2
_PAIR = re.compile(r"(?<!\w)([a-z0-9]{1,2})\s*(?:=|:|-|is|means)\s*([a-z ]{3,15})")
_LONGEST_KEY = 400
_FEWEST = 2


def explained_ratings(
    entries: Sequence[Entry], sheets: Iterable[Sheet], ratings: Vocabulary
) -> tuple[list[Entry], list[Problem]]:
    """Give the entries with ratings that the return's own key explains in words, and a point where it was used."""
    strange = {fold(entry.row.values["rag"]) for entry in entries if _is_strange(entry, ratings)}
    key = _key(sheets, strange, ratings) if strange else {}
    if not strange <= set(key) or len(set(key.values())) < _FEWEST:
        return list(entries), []
    explained: list[Entry] = []
    first: dict[str, Entry] = {}
    for entry in entries:
        if not _is_strange(entry, ratings):
            explained.append(entry)
            continue
        row, typed = entry.row, entry.row.values["rag"]
        first.setdefault(entry.sheet, entry)
        values = {**row.values, "rag": key[fold(typed)]}
        explained.append(entry._replace(row=replace(row, values=values, own=[f"RAG: {typed}", *row.own])))
    words = ", ".join(f"{text.upper()} is {rating}" for text, rating in sorted(key.items()))
    return explained, [
        make_problem("rating-by-key", sheet=sheet, cell=entry.row.place.cell("rag"), found=words)
        for sheet, entry in first.items()
    ]


def _is_strange(entry: Entry, ratings: Vocabulary) -> bool:
    text = entry.row.values["rag"]
    return 0 < len(text) <= _LONGEST and text.isalnum() and ratings.read(text).how is How.NOT_UNDERSTOOD


def _key(sheets: Iterable[Sheet], strange: set[str], ratings: Vocabulary) -> dict[str, str]:
    """Give what the return says each of these stands for, in one text or in two cells side by side; uncontradicted."""
    key: dict[str, str] = {}
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.value is None:
                continue
            text = fold(shown(cell))
            pairs = _PAIR.findall(text) if len(text) <= _LONGEST_KEY else []
            beside = sheet.cells.get((row, column + 1))
            if text in strange and beside is not None and beside.value is not None:
                pairs = [*pairs, (text, fold(shown(beside)))]
            for short, words in pairs:
                reading = ratings.read(words)
                if short not in strange or reading.how is not How.EXACT or not reading.rating:
                    continue
                if key.setdefault(short, reading.rating) != reading.rating:
                    return {}
    return key
