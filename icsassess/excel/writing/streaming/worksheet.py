"""A worksheet of xlsxwriter's whose rows may grow, and some of whose rows somebody else puts in."""

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

from icsassess.excel.writing.streaming.rows import MARK

# Functions that xlsxwriter has no newer name for: a formula with these alone is written as it stands.
_PLAIN_FUNCTIONS = frozenset(
    (
        *("AND", "COUNTA", "COUNTIF", "COUNTIFS", "HYPERLINK", "IF", "IFERROR", "INDEX", "ISNUMBER", "MATCH", "MID"),
        *("MMULT", "NOT", "OR", "SEARCH", "SUM", "SUMPRODUCT", "TRIM", "TRUE"),
    )
)
_FUNCTION = re.compile(r"([\w.]+)\(")


class GrowingWorksheet(Worksheet):  # type: ignore[misc, unused-ignore]
    """A worksheet whose rows in ``growing_rows`` (from 0) have a height to begin with, not a fixed one.

    ``streamed_range`` are rows (from 0, first and last) that somebody else puts in: where they belong a mark is left.
    """

    growing_rows: frozenset[int] = frozenset()
    streamed_range: tuple[int, int] | None = None
    dim_rowmin: Any
    dim_rowmax: Any
    _row_grows = False

    def _write_rows(self) -> None:
        if self.streamed_range is None:
            super()._write_rows()
            return
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self.streamed_range[0] - 1
        super()._write_rows()
        self.fh.write(MARK)
        self.dim_rowmin, self.dim_rowmax = self.streamed_range[1] + 1, last
        super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = first, last

    def _prepare_formula(self, formula: str, *arguments: Any, **named: Any) -> Any:
        # xlsxwriter looks for each newer function in each formula, which takes longer than all the rest of writing it.
        if not formula.startswith("{") and _PLAIN_FUNCTIONS.issuperset(_FUNCTION.findall(formula)):
            return formula.removeprefix("=")
        return super()._prepare_formula(formula, *arguments, **named)

    def _write_row(self, row: int, *arguments: Any, **named: Any) -> None:
        self._row_grows = row in self.growing_rows
        super()._write_row(row, *arguments, **named)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._without_fixed_height(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._without_fixed_height(tag, attributes))

    def _without_fixed_height(self, tag: str, attributes: Any) -> Any:
        # xlsxwriter marks every height as set by hand; Excel and LibreOffice then leave the row alone for ever.
        if tag == "row" and self._row_grows:
            return [(name, value) for name, value in attributes if name != "customHeight"]
        return attributes
