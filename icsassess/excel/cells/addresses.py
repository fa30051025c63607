"""Cell addresses: 'H14' and (14, 8) are the same cell. Rows and columns count from 1."""

import re
from collections.abc import Collection
from functools import lru_cache

LAST_ROW = 1_048_576
"""The last row of an Excel sheet (Excel specifications and limits)."""

LAST_COLUMN = 16_384
"""The last column of an Excel sheet, XFD (Excel specifications and limits)."""

Area = tuple[int, int, int, int]
"""(first row, first column, last row, last column)."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


@lru_cache(maxsize=1_024)
def column_letter(column: int) -> str:
    """Give the letters of a column: 1 is 'A', 27 is 'AA'. Raises ValueError below 1 or after the last column."""
    if not 1 <= column <= LAST_COLUMN:
        raise ValueError(f"a sheet has no column {column}")
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the number of a column: 'A' is 1, 'xfd' is 16,384. Raises ValueError if there is no such column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            raise ValueError(f"{letters[:20]!r} is not a column")
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"{letters[:20]!r} is not a column")
    return number


@lru_cache(maxsize=16_384)
def address(row: int, column: int) -> str:
    """Give the address of a cell: (14, 8) is 'H14'. Raises ValueError for a column that does not exist."""
    return f"{column_letter(column)}{row}"


def parse_address(text: str) -> tuple[int, int]:
    """Give (row, column) of an address such as 'H14', 'h14' or '$H$14'. Raises ValueError if it is not one."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or int(match[2]) > LAST_ROW:
        raise ValueError(f"{text[:20]!r} is not the address of a cell")
    return int(match[2]), column_number(match[1])


def parse_area(text: str) -> Area:
    """Give (first row, first column, last row, last column) of 'B2:D9' or of one cell. Raises ValueError."""
    first, _, last = text.partition(":")
    row, column = parse_address(first)
    last_row, last_column = parse_address(last) if last else (row, column)
    return min(row, last_row), min(column, last_column), max(row, last_row), max(column, last_column)


def last_of(cells: Collection[tuple[int, int]]) -> tuple[int, int]:
    """Give the last row and the last column of cells by (row, column); 0 where there are none."""
    rows, columns = zip(*cells, strict=True) if cells else ((0,), (0,))
    return max(rows), max(columns)


def column_range(sheet: str, first_row: int, last_row: int, column: int) -> str:
    """Give a range of one column for a formula, such as ``'Heat map'!$C$5:$C$21``; rows and columns from 1."""
    letter = address(1, column)[:-1]
    return f"{quoted(sheet)}!${letter}${first_row}:${letter}${last_row}"


def cell_reference(sheet: str, row: int, column: int) -> str:
    """Give a cell of a sheet for a link or a formula, such as ``'Heat map'!C5``; rows and columns from 1."""
    return f"{quoted(sheet)}!{address(row, column)}"


def quoted(sheet: str) -> str:
    """Give a sheet's title as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"
