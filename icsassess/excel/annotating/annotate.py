"""Marking somebody's workbook: notes on its cells, some texts replaced, and a sheet put in front; the rest stays.

openpyxl loads and saves it. That loses what openpyxl does not know, so whoever uses this reads the result again and
compares (``losses``); and it does not come back from some small files, so it runs in a process of its own.
"""

import io
import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.properties import CalcProperties
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from icsassess.excel.annotating.archive import Stored, repeatable
from icsassess.excel.annotating.front_sheet import put_in_front
from icsassess.excel.cells.addresses import address
from icsassess.support.workers.bounds import MEBIBYTE, Bounds
from icsassess.support.workers.pool import NoWorkers, bounded_call
from icsassess.support.workers.worker import Lost

CellPosition = tuple[str, int, int]
"""A sheet's title, a row and a column, both from 1."""

BOUNDS = Bounds(seconds=30, memory=1024 * MEBIBYTE)
_NOTE_WIDTH = 400  # pixels: about 50 characters of 11 point Arial
_NOTE_LINE = 19
_NOTE_CHARACTERS = 48
_LOST = "is not supported and will be removed"
_LOST_PARTS = {
    "Data Validation": "some drop-down lists",
    "Conditional Formatting": "some colour rules",
    "Slicer": "filter buttons",
}


@dataclass(frozen=True)
class Annotations:
    """What is to be put into a workbook.

    ``front`` is a workbook whose only sheet goes first, under ``front_title``; sheets in ``remove`` make room for it.
    ``texts`` replace what cells hold; ``notes`` are the whole text of the notes on cells; ``unlinked`` cells lose
    their link. ``results`` are the stored results of formulas, which a load and save would lose. ``properties`` and
    ``custom`` set document properties; ``modified`` is the time of the last change, as the file shall give it.
    """

    front: bytes
    front_title: str
    remove: tuple[str, ...] = ()
    texts: Mapping[CellPosition, str] = field(default_factory=dict)
    notes: Mapping[CellPosition, str] = field(default_factory=dict)
    unlinked: frozenset[CellPosition] = frozenset()
    results: Mapping[CellPosition, Stored] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    modified: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedWorkbook:
    """The marked workbook, and what of its looks could not be kept, in plain words."""

    data: bytes
    lost_features: tuple[str, ...] = ()


def annotate_in_worker(data: bytes, marking: Annotations) -> AnnotatedWorkbook | None:
    """Mark a workbook in another process; None where that fails, takes too long or takes too much memory."""
    try:
        marked = bounded_call(_mark, (data, marking), BOUNDS)
    except NoWorkers:
        return None
    return None if isinstance(marked, Lost) else marked


def _mark(arguments: tuple[bytes, Annotations]) -> AnnotatedWorkbook:
    return annotate(*arguments)


def annotate(data: bytes, marking: Annotations) -> AnnotatedWorkbook:
    """Put the marks into a workbook. Raises whatever openpyxl raises for a file it cannot load or save."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
        for title in marking.remove:
            book.remove(book[title])
        _write_texts(book, marking)
        _write_notes(book, marking)
        _set_properties(book, marking)
        put_in_front(book, marking.front, marking.front_title)
        # Results are stored as they were, yet masked cells may feed a formula: Excel is to work all out again.
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
        saved = io.BytesIO()
        book.save(saved)
    results = {(title, address(row, column)): stored for (title, row, column), stored in marking.results.items()}
    messages = [str(warning.message) for warning in caught if _LOST in str(warning.message)]
    lost_features = tuple(
        dict.fromkeys(what for text in messages for name, what in _LOST_PARTS.items() if name in text)
    )
    return AnnotatedWorkbook(repeatable(saved.getvalue(), marking.modified, results), lost_features)


def _cell(book: Workbook, place: CellPosition) -> Cell:
    sheet: Worksheet = book[place[0]]
    cell: Cell | MergedCell = sheet.cell(place[1], place[2])
    if isinstance(cell, MergedCell):
        raise ValueError(f"{place} lies under a merged cell")
    return cell


def put_text(cell: Any, text: str) -> None:
    """Write a text that stays one whatever it begins with, also when somebody edits it."""
    cell.value = text
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def _write_texts(book: Workbook, marking: Annotations) -> None:
    for place, text in marking.texts.items():
        put_text(_cell(book, place), text)
    for place in marking.unlinked:
        _cell(book, place).hyperlink = None


def _write_notes(book: Workbook, marking: Annotations) -> None:
    """Write the notes. openpyxl forgets how large notes were: each becomes as large as its text needs."""
    for place, text in marking.notes.items():
        cell = _cell(book, place)
        author = cell.comment.author if cell.comment is not None else "Feedback"
        lines = sum(max(1, math.ceil(len(line) / _NOTE_CHARACTERS)) for line in text.split("\n"))
        # A comment belongs to one cell for ever: a new one takes the place of the old.
        cell.comment = None
        cell.comment = Comment(text, author, height=min(24 + lines * _NOTE_LINE, 640), width=_NOTE_WIDTH)


def _set_properties(book: Workbook, marking: Annotations) -> None:
    for name, text in marking.properties.items():
        if hasattr(book.properties, name):
            setattr(book.properties, name, text)
    properties: Any = getattr(book, "custom_doc_props")  # noqa: B009 - unknown to its type stubs
    for name, text in marking.custom.items():
        if name in properties.names:
            del properties[name]
        properties.append(StringProperty(name=name, value=text))
