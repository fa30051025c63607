"""The charts: ratings by theme beside the Summary's facts, and how ratings and gaps moved from week to week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from icsassess import rag
from icsassess.excel import looks
from icsassess.excel.writing import Book, SheetWriter
from icsassess.workbook.places import SUMMARY
from icsassess.workbook.theme_counts import COUNTED, NO_RATING, TITLES

_FILLS = {NO_RATING: "FFFFFF", rag.NOT_ASSESSED: "FFFFFF"}
# Patterns tell apart, without their colours, what stands side by side.
_PATTERNS = {
    rag.RED: ("wide_upward_diagonal", "F7A8B4"),
    NO_RATING: ("light_upward_diagonal", "98A4AE"),
}
_FONT = {"name": looks.FONT, "size": 11, "color": "#000000"}


def _filled(word: str, fill: str) -> dict[str, Any]:
    if word not in _PATTERNS:
        return {"fill": {"color": f"#{fill}"}}
    pattern, colour = _PATTERNS[word]
    return {"pattern": {"pattern": pattern, "fg_color": f"#{colour}", "bg_color": f"#{fill}"}}


def _rating_look(word: str, least: int = 2) -> dict[str, Any]:
    """Give how a rating's bars look: its fill with a dark edge, and its figure, from the ``least`` that has room."""
    fills = {rating.name: rating.fill for rating in rag.vocabulary().ratings} | _FILLS
    return {
        **_filled(word, fills[word]),
        "border": {"color": "#425563", "width": 0.75},
        "data_labels": {"value": True, "num_format": f'[<{least}]"";#,##0', "font": _FONT},
        "gap": 40,
    }


def ratings_chart(book: Book, sheet: SheetWriter, heading_row: int, last_row: int) -> None:
    """Put the chart to the right of the facts; ``last_row`` is the table's row that counts all themes."""
    chart = book.xlsxwriter_book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for word in (*COUNTED, NO_RATING):
        column = TITLES.index(word)
        chart.add_series(
            {
                "name": [SUMMARY, heading_row - 1, column],
                "categories": [SUMMARY, heading_row, 0, last_row - 1, 0],
                "values": [SUMMARY, heading_row, column, last_row - 1, column],
                **_rating_look(word),
            }
        )
    _title(chart, "Lines by rating")
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_size({"width": 600, "height": 250})
    alt = (
        "Stacked bars, one for each theme and one for all: how many lines are Red, Amber, Green, Not assessed, Not "
        "applicable or without a rating. The same figures stand in the table on this sheet."
    )
    sheet.worksheet.insert_chart(3, 6, chart, {"description": alt, "object_position": 2, "x_offset": 10})


def movement_charts(book: Book, sheet: SheetWriter, titles: Sequence[str], heading_row: int, last_row: int) -> None:
    """Put two charts below the table of weeks: lines by rating, and gaps that still need something."""
    ratings = book.xlsxwriter_book.add_chart({"type": "column", "subtype": "stacked"})
    for word in (*COUNTED, NO_RATING):
        ratings.add_series(_series(sheet, titles, word, heading_row, last_row) | _rating_look(word, least=5))
    _title(ratings, "Lines by rating at each merge")
    gaps = book.xlsxwriter_book.add_chart({"type": "line"})
    for title, marker, colour in zip(titles[-3:], ("circle", "diamond", "square"), _LINES, strict=True):
        gaps.add_series(
            {
                **_series(sheet, titles, title, heading_row, last_row),
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": marker, "size": 8, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": True, "position": "above", "font": _FONT},
            }
        )
    _title(gaps, "Gaps at each merge")
    for chart, column, what in ((ratings, 0, "how many lines had which rating"), (gaps, 6, "how many gaps there were")):
        chart.set_y_axis({"num_font": _FONT, "min": 0, "major_gridlines": {"visible": True, "line": _GRID}})
        chart.set_x_axis({"num_font": _FONT, "text_axis": True, "num_format": looks.DATE_FORMAT})
        chart.set_size({"width": 590, "height": 320})
        alt = f"At each merge of the round, {what}. The same figures stand in the table on this sheet."
        sheet.worksheet.insert_chart(last_row + 1, column, chart, {"description": alt, "object_position": 2})


_LINES = ("#003087", "#006747", "#7C2855")
_GRID = {"color": "#D8DDE0", "width": 0.75}


def _series(sheet: SheetWriter, titles: Sequence[str], title: str, heading_row: int, last_row: int) -> dict[str, Any]:
    column = titles.index(title)
    return {
        "name": [sheet.title, heading_row - 1, column],
        "categories": [sheet.title, heading_row, 0, last_row - 1, 0],
        "values": [sheet.title, heading_row, column, last_row - 1, column],
    }


def _title(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {**_FONT, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
