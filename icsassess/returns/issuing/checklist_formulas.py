"""The formulas of a return's checklist: they count lines, not rows, in Excel and in LibreOffice, without macros."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icsassess.excel.cells.addresses import column_letter
from icsassess.excel.writing.sheet import quoted


class StatementCells(NamedTuple):
    """Where a cover says which statements do not apply: the cells of their codes, and those of the reasons."""

    codes: str
    reasons: str


def lines_with(
    sheet: str,
    ref_column: int,
    rag_column: int,
    refs: Mapping[str, str],
    words: Sequence[str],
    settled: StatementCells | None = None,
) -> str:
    """Give the formula that counts which of these lines have one of these words in any of their rows.

    ``refs`` gives each line's statement by its code; a line whose statement has a reason in ``settled`` counts, too.

    For each line and word the rows are counted (a table of lines by words), added up for each line, and the lines
    counted that have any. So a second row for a line does not count twice, and a row added below the table, moved by
    sorting, taken out or given a line that was not asked for does no harm: whole columns are looked at.
    """
    title = quoted(sheet)
    ref, rag = (f"{title}!${column_letter(column)}:${column_letter(column)}" for column in (ref_column, rag_column))
    lines = "{" + ";".join(_text(text) for text in refs) + "}"
    across = "{" + ",".join(_text(word) for word in words) + "}"
    ones = "{" + ";".join("1" for _ in words) + "}"
    counted = f"MMULT(COUNTIFS({ref},{lines},{rag},{across}),{ones})"
    if settled is not None:
        statements = "{" + ";".join(_text(code) for code in refs.values()) + "}"
        counted += f'+COUNTIFS({settled.codes},{statements},{settled.reasons},"<>")'
    return f"SUMPRODUCT(--({counted}>0))"


def empty_boxes(cells: Sequence[str]) -> str:
    """Give the formula that counts which of these cells hold nothing, or nothing but spaces."""
    return "+".join(f'(TRIM({cell})="")' for cell in cells)


def names_of_empty_boxes(boxes: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Give the formula that lists the names of those boxes, given as (cell, name), that are empty."""
    listed = "&".join(f'IF(TRIM({cell})="",{_text(", " + name)},"")' for cell, name in boxes)
    return f"IF({empty_boxes([cell for cell, _ in boxes])}=0,{_text(otherwise)},MID({listed},3,999))"


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
