"""The charts: ratings, gaps and actions beside the Summary's facts, and how these moved from week to week."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from icsassess.domain import rag
from icsassess.excel.writing.model import styles
from icsassess.excel.writing.sheet import SheetWriter
from icsassess.excel.writing.workbook import WorkbookWriter
from icsassess.view.tallies import COUNTED, NO_RATING, TITLES
from icsassess.workbook.layout import SUMMARY

_FILLS = {NO_RATING: "FFFFFF", rag.NOT_ASSESSED: "FFFFFF"}
# Patterns tell apart, without their colours, what stands side by side.
_PATTERNS = {
    rag.RED: ("wide_upward_diagonal", "F7A8B4"),
    rag.GREEN: ("light_horizontal", "A3D9AE"),
    NO_RATING: ("light_upward_diagonal", "98A4AE"),
}
_NAMED = (rag.RED, rag.AMBER, rag.GREEN)
_FONT = {"name": styles.FONT, "size": 11, "color": "#000000"}
_EDGE = {"color": "#425563", "width": 0.75}
_WIDTH = 568
"""Pixels of six of the Summary's columns, in xlsxwriter's count: it takes a column of 11 point Arial for narrower."""
_ROOM_FOR_A_WORD = 0.2
"""A bar that takes so much of the whole has room for the word beside its figure."""


def _filled(word: str, fill: str) -> dict[str, Any]:
    if word not in _PATTERNS:
        return {"fill": {"color": f"#{fill}"}}
    pattern, colour = _PATTERNS[word]
    return {"pattern": {"pattern": pattern, "fg_color": f"#{colour}", "bg_color": f"#{fill}"}}


def _rating_look(word: str, least: int, named_from: int) -> dict[str, Any]:
    """Give how a rating's bars look: its fill and pattern with a dark edge, and its figure.

    The figure stands from the ``least`` that has room, and with the rating's name from ``named_from``.
    """
    fills = {rating.name: rating.fill for rating in rag.vocabulary().ratings} | _FILLS
    named = f'[<{named_from}]#,##0;"{word} "#,##0' if word in _NAMED else "#,##0"
    return {
        **_filled(word, fills[word]),
        "border": _EDGE,
        "data_labels": {"value": True, "num_format": f'[<{least}]"";{named}', "font": _FONT},
        "gap": 40,
    }


class StatesOf(NamedTuple):
    """What a chart of states is about; ``to_figures`` is how many columns its figures stand from its words."""

    name: str
    title: str
    alt: str
    to_figures: int


GAPS_BY_PLAN = StatesOf(
    "Gaps",
    "Gaps by plan",
    "Bars, one for each state of a plan, from gaps to be moderated to those closed: how many gaps are in it.",
    1,
)
ACTIONS_BY_STATE = StatesOf(
    "Actions",
    "Actions by state",
    "Bars, one for each state of an action, from overdue to not taken up: how many actions are in it.",
    2,
)


def ratings_chart(
    book: WorkbookWriter, sheet: SheetWriter, corner: tuple[int, int], heading_row: int, last_row: int, lines: int
) -> None:
    """Put the ratings by theme at ``corner`` (row and column, from 1), as bars of so many ``lines`` at the most.

    ``last_row`` is the table's row that counts all themes.
    """
    chart = book.xlsxwriter_book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for word in (*COUNTED, NO_RATING):
        column = TITLES.index(word)
        chart.add_series(
            {
                "name": [SUMMARY, heading_row - 1, column],
                "categories": [SUMMARY, heading_row, 0, last_row - 1, 0],
                "values": [SUMMARY, heading_row, column, last_row - 1, column],
                **_rating_look(word, 2, math.ceil(lines * _ROOM_FOR_A_WORD)),
            }
        )
    _title(chart, "Lines by rating")
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis(_FROM_THE_TOP)
    chart.set_size({"width": _WIDTH, "height": 196})
    alt = (
        "Stacked bars, one for each theme and one for all: how many lines are Red, Amber, Green, Not assessed, Not "
        "applicable or without a rating. The same figures stand in the table on this sheet."
    )
    _insert(sheet, chart, corner, alt)


def states_chart(
    book: WorkbookWriter,
    sheet: SheetWriter,
    corner: tuple[int, int],
    words: tuple[int, int],
    number: int,
    what: StatesOf,
) -> None:
    """Put gaps by plan, or actions by state, at ``corner``: so many words stand from a cell on, figures beside them."""
    (row, column), last = words, words[0] + number - 2
    figures = column - 1 + what.to_figures
    chart = book.xlsxwriter_book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": what.name,
            "categories": [SUMMARY, row - 1, column - 1, last, column - 1],
            "values": [SUMMARY, row - 1, figures, last, figures],
            "fill": {"color": f"#{styles.BAR_BLUE}"},
            "border": _EDGE,
            "data_labels": {"value": True, "font": _FONT},
            "gap": 35,
        }
    )
    _title(chart, what.title, "none")
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis(_FROM_THE_TOP)
    chart.set_size({"width": _WIDTH // 2 - 4, "height": 214})
    _insert(sheet, chart, corner, f"{what.alt} The same figures stand beside the chart.")


_FROM_THE_TOP = {"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"}


def _insert(sheet: SheetWriter, chart: Any, corner: tuple[int, int], alt: str) -> None:
    row, column = corner
    options = {"description": alt, "object_position": 2, "x_offset": 4, "y_offset": 4}
    sheet.worksheet.insert_chart(row - 1, column - 1, chart, options)


class WeekColumns(NamedTuple):
    """The table of weeks: its titles, the one whose cells name the merges, and those that the second chart follows."""

    titles: Sequence[str]
    merge: str
    moving: Sequence[str]


def movement_charts(
    book: WorkbookWriter, sheet: SheetWriter, columns: WeekColumns, heading_row: int, last_row: int
) -> None:
    """Put two charts below the table of weeks: lines by rating, and gaps and actions that still need something."""
    ratings = book.xlsxwriter_book.add_chart({"type": "column", "subtype": "stacked"})
    for word in (*COUNTED, NO_RATING):
        ratings.add_series(_series(sheet, columns, word, heading_row, last_row) | _rating_look(word, 5, 9))
    _title(ratings, "Lines by rating at each merge")
    gaps = book.xlsxwriter_book.add_chart({"type": "line"})
    looks = zip(_MARKERS, _LINES, ("above", "below", "above"), strict=True)
    for title, (marker, colour, side) in zip(columns.moving, looks, strict=True):
        gaps.add_series(
            {
                **_series(sheet, columns, title, heading_row, last_row),
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": marker, "size": 8, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": True, "position": side, "font": _FONT},
            }
        )
    _title(gaps, "Gaps and late actions at each merge")
    what = ("how many lines had which rating", "how many gaps there were and how many actions were overdue")
    for chart, column, figures in zip((ratings, gaps), (0, 6), what, strict=True):
        chart.set_y_axis({"num_font": _FONT, "min": 0, "major_gridlines": {"visible": True, "line": _GRID}})
        chart.set_x_axis({"num_font": _FONT, "text_axis": True})
        chart.set_size({"width": 575, "height": 340})
        alt = (
            f"At each merge of the round, {figures}; below each merge, of how many partners returns had been received. "
            "The same figures stand in the table on this sheet."
        )
        sheet.worksheet.insert_chart(last_row + 1, column, chart, {"description": alt, "object_position": 2})


_MARKERS = ("circle", "diamond", "square")
_LINES = ("#003087", "#006747", "#7C2855")
_GRID = {"color": "#D8DDE0", "width": 0.75}


def _series(sheet: SheetWriter, columns: WeekColumns, title: str, heading_row: int, last_row: int) -> dict[str, Any]:
    column, merge = columns.titles.index(title), columns.titles.index(columns.merge)
    return {
        "name": [sheet.title, heading_row - 1, column],
        "categories": [sheet.title, heading_row, merge, last_row - 1, merge],
        "values": [sheet.title, heading_row, column, last_row - 1, column],
    }


def _title(chart: Any, title: str, legend: str = "bottom") -> None:
    chart.set_title({"name": title, "name_font": {**_FONT, "bold": True}, "overlay": False})
    chart.set_legend({"position": legend, "font": _FONT})
