"""Telling the columns of a table whose headings somebody may have changed, moved, emptied or added to."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from rapidfuzz import fuzz, process

from icsassess.excel.cells.addresses import column_letter
from icsassess.support.text import fold

_ALIKE = 78  # how alike a renamed heading has to be, 0 to 100
_SAME_CONTENT = 0.6  # share of the cells that a column under another heading has in common with the one that is missing
_FEWEST = 2  # cells that have to be the same before a column is told by what it holds

Texts = Callable[[int], list[str]]
"""Gives the texts of a column below the headings, by its number."""
Written = Mapping[str, Mapping[str, str]]
"""What each column held when it was written, by title and key; empty where that is not known."""


def name_columns(
    headings: Mapping[int, str],
    program_titles: Sequence[str],
    key: str,
    exact: Container[str],
    texts: Texts,
    written: Written,
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Give each column's title by its number, and the known titles that no column stands for.

    A heading that was changed is taken for the title that is missing where it is spelled almost like it, where its
    column holds what that one held, or where it stands between the same columns. Of two columns with one heading the
    first is the program's. A column without a heading is ‘Column T’.
    """
    titles = _spelled_the_same(headings, program_titles)
    _spelled_alike(titles, headings, [title for title in program_titles if title not in exact])
    if written:
        _with_the_same_content(titles, headings, program_titles, key, texts, written)
        _between_the_same(titles, headings, program_titles, written)
    used = {fold(title) for title in (*titles.values(), *program_titles)}
    for number, heading in headings.items():
        if number not in titles:
            titles[number] = _own_title(heading or f"Column {column_letter(number)}", number, used)
            used.add(fold(titles[number]))
    return dict(sorted(titles.items())), tuple(title for title in program_titles if title not in titles.values())


def _own_title(heading: str, number: int, used: Container[str]) -> str:
    """Give a title that no other column has: a table's headings have to be unique, whatever their capitals."""
    title, again = heading, 1
    while fold(title) in used:
        title = f"{heading} ({column_letter(number)})" if again == 1 else f"{heading} ({column_letter(number)} {again})"
        again += 1
    return title


def _spelled_the_same(headings: Mapping[int, str], program_titles: Sequence[str]) -> dict[int, str]:
    by_fold = {fold(title): title for title in program_titles}
    titles: dict[int, str] = {}
    for number, heading in headings.items():
        title = by_fold.pop(fold(heading), None)
        if title:
            titles[number] = title
    return titles


def _missing(titles: Mapping[int, str], program_titles: Sequence[str]) -> list[str]:
    taken = set(titles.values())
    return [title for title in program_titles if title not in taken]


def _spelled_alike(titles: dict[int, str], headings: Mapping[int, str], program_titles: Sequence[str]) -> None:
    for number, heading in headings.items():
        missing = _missing(titles, program_titles)
        if number in titles or not heading or not missing:
            continue
        folded = {fold(title): title for title in missing}
        if near := process.extractOne(fold(heading), list(folded), scorer=fuzz.ratio, score_cutoff=_ALIKE):
            titles[number] = folded[near[0]]


def _new(titles: Mapping[int, str], headings: Mapping[int, str], written: Written) -> list[int]:
    """Give the columns that could be one of the program's under another heading: new since the table was written."""
    written_titles = {fold(title) for title in written}
    return [
        number for number, heading in headings.items() if number not in titles and fold(heading) not in written_titles
    ]


def _with_the_same_content(
    titles: dict[int, str],
    headings: Mapping[int, str],
    program_titles: Sequence[str],
    key: str,
    texts: Texts,
    written: Written,
) -> None:
    if key in _missing(titles, program_titles):
        keys = set(written[key].values())
        shares = {number: _share(texts(number), keys) for number in _new(titles, headings, written)}
        best = max(shares, key=lambda number: shares[number], default=None)
        if best is None or shares[best] < _SAME_CONTENT:
            return
        titles[best] = key
    at = next(number for number, title in titles.items() if title == key)
    current_keys = texts(at)
    for title in _missing(titles, program_titles):
        held = {name: text for name, text in written.get(title, {}).items() if text}
        for number in _new(titles, headings, written):
            current = dict(zip(current_keys, texts(number), strict=True))
            same = sum(current.get(name) == text for name, text in held.items())
            if same >= _FEWEST and same >= _SAME_CONTENT * len(held):
                titles[number] = title
                break


def _share(texts: Sequence[str], keys: Container[str]) -> float:
    filled = [text for text in texts if text]
    return sum(text in keys for text in filled) / len(filled) if filled else 0.0


def _between_the_same(
    titles: dict[int, str], headings: Mapping[int, str], program_titles: Sequence[str], written: Written
) -> None:
    order = [title for title in written if title in program_titles]
    for number in _new(titles, headings, written):
        before, after = titles.get(number - 1), titles.get(number + 1)
        for title in _missing(titles, order):
            at = order.index(title)
            title_before = order[at - 1] if at else None
            title_after = order[at + 1] if at + 1 < len(order) else None
            if title_before == before and title_after == after and (title_before is not None or number == 1):
                titles[number] = title
                break
