"""The open points of a return as a mail lists them: by cause, with sheet and row in words, at most a page of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from icsassess.domain.problems import Problem, title
from icsassess.domain.rag import RATINGS
from icsassess.excel.cells.addresses import parse_address
from icsassess.returns.marks.wording import finding, to_do
from icsassess.support.text import listing

_MOST_LINES = 26
"""Lines of a mail that list points; with greeting and closing that makes a page."""
_LINE = 76
_ROWS_NAMED = 8


class OpenPoints(NamedTuple):
    """The points that are listed, one paragraph each, and how many more there are."""

    paragraphs: tuple[str, ...]
    more: int


def list_points(points: Sequence[Problem]) -> OpenPoints:
    """Give points as a mail lists them, the weightiest first."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for point in points:
        alike.setdefault((point.code, to_do(point)), []).append(point)
    paragraphs: list[str] = []
    room, more = _MOST_LINES, 0
    for same in alike.values():
        paragraph = _paragraph(same)
        room -= math.ceil(len(paragraph) / _LINE)
        if paragraphs and room < 0:
            more += len(same)
        else:
            paragraphs.append(paragraph)
    return OpenPoints(tuple(paragraphs), more)


def _paragraph(same: Sequence[Problem]) -> str:
    """Give one cause: a single point with what was found, several by the title of their kind."""
    places = rows_in_words(same)
    if len(same) == 1:
        text = finding(same[0])
        return f"{places}: {_small(text) if places else text} {to_do(same[0])}".removeprefix(": ")
    words = f"{_small(title(same[0].code))} ({len(same)} times)"
    return f"{places}: {words}. {to_do(same[0])}"


def _small(text: str) -> str:
    """Give a sentence as it goes on after a colon; a rating and a word in capitals stay."""
    first = text.partition(" ")[0]
    is_plain = first[1:].islower() or first[1:] == ""
    return text[:1].lower() + text[1:] if is_plain and first not in RATINGS else text


def rows_in_words(points: Sequence[Problem]) -> str:
    """Give where points are, in words: ‘Integration, rows 5, 7 and 33; Leadership, row 9’; ``""`` for nowhere."""
    rows: dict[str, dict[int, None]] = {}
    for point in points:
        if point.sheet:
            of_sheet = rows.setdefault(point.sheet, {})
            if point.cell and (row := _row(point.cell)):
                of_sheet[row] = None
    return "; ".join(_on_sheet(sheet, sorted(of_sheet)) for sheet, of_sheet in rows.items())


def _on_sheet(sheet: str, rows: list[int]) -> str:
    if not rows:
        return sheet
    return f"{sheet}, {'row' if len(rows) == 1 else 'rows'} {listing(list(map(str, rows)), most=_ROWS_NAMED)}"


def _row(cell: str) -> int:
    if cell.startswith("row ") and cell[4:].isdecimal():
        return int(cell[4:])
    try:
        return parse_address(cell)[0]
    except ValueError:
        return 0
