"""Formulas as text: what a shared formula says in another cell, and the link within a HYPERLINK formula."""

import re

from icsassess.excel.cells.addresses import LAST_COLUMN, LAST_ROW, column_letter, column_number

_LONGEST = 8_192  # characters; Excel allows no longer formula
# Texts and quoted sheet names are left alone; so are names and functions that look like an address ("LOG10(").
_REFERENCE = re.compile(
    r"""("[^"]*"|'[^']*'|\[[^\]]*\])|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])""", re.ASCII
)
_LINK = re.compile(r'\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)
_OUTWARD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|\\\\|//|www\.", re.IGNORECASE)


def shift_references(formula: str, rows: int, columns: int) -> str:
    """Give a formula as it reads so many rows and columns further on: relative addresses move along.

    A shared formula is stored once, for its first cell (ECMA-376 part 1, 18.3.1.40). An address that leaves the
    sheet becomes '#REF!', as in Excel.
    """
    if len(formula) > _LONGEST:
        return formula

    def move(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        try:
            column = column_number(match[3])
        except ValueError:  # there is no such column (‘ZZZ’)
            return match[0]
        row = int(match[5]) + (0 if match[4] else rows)
        column += 0 if match[2] else columns
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            return "#REF!"
        return f"{match[2]}{column_letter(column)}{match[4]}{row}"

    return _REFERENCE.sub(move, formula)


def link_within(formula: str) -> str | None:
    """Give where =HYPERLINK("https://...", "text") leads, if it is written out and leads out of the workbook."""
    match = _LINK.match(formula[:_LONGEST])
    if match is None:
        return None
    target = match[1].replace('""', '"').strip()
    return target if _OUTWARD.match(target) else None


class SharedFormulas:
    """Formulas that a sheet stores once for many cells, by their group (ECMA-376 part 1, 18.3.1.40)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._first: dict[str, tuple[str, int, int]] = {}

    def text(self, attributes: dict[str, str], text: str, key: tuple[int, int]) -> str:
        """Give the formula of the cell at (row, column) from its <f> element; '' if the file does not say."""
        if attributes.get("t") != "shared":
            return text
        group = attributes.get("si", "")
        if text:
            if len(self._first) < self._most:
                self._first[group] = (text, *key)
            return text
        if group not in self._first:
            return ""
        first, row, column = self._first[group]
        return shift_references(first, key[0] - row, key[1] - column)
