"""How a register is printed: each row whole on one page where it can be, and never in type too small to read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from icsassess.excel.writing.sheet import Column, SheetWriter
from icsassess.workbook.layout import HEADING_ROW

LEAST_SCALE = 0.58
"""Text of 11 points is printed no smaller than at this scale."""
EIGHT_POINTS = 8 / 11
"""The scale at which it is printed in 8 points."""
_SAFETY_FACTOR = 0.97
"""Programs and printers differ in how wide they make a column: where pages are cut by us, so much of one is used."""


class PaperSize(NamedTuple):
    """A size of paper on its side: Excel's number for it, and the points between its margins."""

    number: int
    width: float


A4, A3 = PaperSize(9, 784), PaperSize(8, 1133)


class PrintLayout(NamedTuple):
    """What a sheet wants of its paper.

    ``breaks`` are rows that begin a page. ``parts`` are columns (from 1) that begin a further part, with pages of its
    own after those of the part before. ``up_to`` is the last column that is printed at all, 0 for all of them.
    ``first_row`` is the first that is printed where pages stand beside each other. ``room`` are rows below the table
    that are printed too, for what people add before the next merge. Nothing is printed below ``least_scale``.
    """

    breaks: Sequence[int] = ()
    parts: Sequence[int] = ()
    up_to: int = 0
    first_row: int = HEADING_ROW
    room: int = 0
    least_scale: float = LEAST_SCALE


DEFAULT_LAYOUT = PrintLayout()


def lay_out(sheet: SheetWriter, columns: Sequence[Column], frozen: int, last_row: int, layout: PrintLayout) -> None:
    """Set up a register's paper: A4 where that is large enough, else A3; on several pages beside each other if need be.

    Pages beside each other repeat the first ``frozen`` columns. They have their title in the page's header: the one in
    A1 runs over the cells beside it, and would be cut.
    """
    widths = [width_in_points(column.width) for column in columns[: layout.up_to or None]]
    wanted = [0, *(start - 1 for start in layout.parts)]
    on_a4, on_a3 = (_even_breaks(widths, frozen, wanted, paper.width / layout.least_scale) for paper in (A4, A3))
    paper, starts = (A4, on_a4) if len(on_a4) == len(wanted) else (A3, on_a3)
    sheet.page.set_up(
        repeat=(HEADING_ROW, HEADING_ROW),
        breaks=layout.breaks,
        paper=paper.number,
        titled=len(starts) > 1,
    )
    worksheet = sheet.worksheet
    if len(starts) > 1:
        worksheet.print_area(layout.first_row - 1, 0, last_row - 1, len(widths) - 1)
        worksheet.repeat_columns(0, frozen - 1)
        worksheet.set_v_pagebreaks(starts[1:])
    elif layout.up_to:
        worksheet.print_area(0, 0, last_row - 1 + layout.room, layout.up_to - 1)
    if len(starts) > 1 or layout.breaks:
        # Excel heeds no break that somebody set on a sheet that is fitted to its paper.
        worksheet.set_print_scale(math.floor(100 * _scale(widths, frozen, starts, paper)))


def width_in_points(width: float) -> float:
    """Give the width on paper of a column of so many characters of 11 point Arial: 8 pixels each, 5 between columns."""
    return (width * 8 + 5) * 0.75


def _even_breaks(widths: Sequence[float], frozen: int, wanted: Sequence[int], room: float) -> list[int]:
    """Give the columns (from 0) that begin a page, on as few pages as have ``room``, and those about as wide."""
    starts = list(_page_starts(widths, frozen, wanted, room))
    number, least = len(starts), sum(widths[:frozen]) + max(widths)
    while number > len(wanted) and (room := room * 0.98) > least:
        narrower = list(_page_starts(widths, frozen, wanted, room))
        if len(narrower) > number:
            break
        starts = narrower
    return starts


def _page_starts(widths: Sequence[float], frozen: int, wanted: Sequence[int], room: float) -> Iterator[int]:
    """Give the columns (from 0) that begin a page: those wanted, and more where a part has no room on one page."""
    repeated = sum(widths[:frozen])
    used = 0.0
    for number, width in enumerate(widths):
        if number in wanted or (used + width > room and number > frozen):
            yield number
            used = repeated if number else 0.0
        used += width


def _scale(widths: Sequence[float], frozen: int, starts: Sequence[int], paper: PaperSize) -> float:
    ends = [*starts[1:], len(widths)]
    widest = max(
        sum(widths[:frozen]) * bool(start) + sum(widths[start:end]) for start, end in zip(starts, ends, strict=True)
    )
    return min(1.0, _SAFETY_FACTOR * paper.width / widest)
