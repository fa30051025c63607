"""The chart beside the Summary's facts: the ratings of each theme as bars, with the figures written in them."""

from __future__ import annotations

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


def ratings_chart(book: Book, sheet: SheetWriter, heading_row: int, last_row: int) -> None:
    """Put the chart to the right of the facts; ``last_row`` is the table's row that counts all themes."""
    chart = book.xlsxwriter_book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    fills = {rating.name: rating.fill for rating in rag.vocabulary().ratings} | _FILLS
    for word in (*COUNTED, NO_RATING):
        column = TITLES.index(word)
        chart.add_series(
            {
                "name": [SUMMARY, heading_row - 1, column],
                "categories": [SUMMARY, heading_row, 0, last_row - 1, 0],
                "values": [SUMMARY, heading_row, column, last_row - 1, column],
                **_filled(word, fills[word]),
                "border": {"color": "#425563", "width": 0.75},
                "data_labels": {"value": True, "num_format": '[<2]"";#,##0', "font": _FONT},
                "gap": 40,
            }
        )
    chart.set_title({"name": "Lines by rating", "name_font": {**_FONT, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_size({"width": 600, "height": 250})
    alt = (
        "Stacked bars, one for each theme and one for all: how many lines are Red, Amber, Green, Not assessed, Not "
        "applicable or without a rating. The same figures stand in the table on this sheet."
    )
    sheet.worksheet.insert_chart(3, 6, chart, {"description": alt, "object_position": 2, "x_offset": 10})
