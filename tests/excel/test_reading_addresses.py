"""Addresses of cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from icsassess.excel.cells.addresses import address, column_letter, column_number, parse_address, parse_area


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_an_address_comes_back_as_its_row_and_column(row: int, column: int) -> None:
    text = address(row, column)
    assert text == f"{get_column_letter(column)}{row}"
    assert parse_address(text) == parse_address(text.lower()) == (row, column)
    assert column_number(column_letter(column)) == column


@pytest.mark.parametrize(
    "text", ["", "A", "1", "A0", "A01", "XFE1", "A1048577", "A1:B2", "\u00c41", "A\u0661", "AAAA1", "A-1"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        parse_address(text)


@pytest.mark.parametrize("column", [0, -1, 16_385])
def test_there_are_columns_1_to_16384(column: int) -> None:
    with pytest.raises(ValueError, match="no column"):
        column_letter(column)


def test_an_area_has_its_corners_in_order() -> None:
    assert parse_area("D9:B2") == (2, 2, 9, 4)
    assert parse_area("$B$2") == (2, 2, 2, 2)
