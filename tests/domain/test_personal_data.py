"""NHS numbers are found and masked wherever they stand; other numbers are left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.domain.personal_data import CANNOT_SEE, MASK, count_nhs_numbers, is_nhs_number, mask, may_hold_nhs_number


def check_digit(nine: str) -> int:
    """The rule of the NHS Data Dictionary: 10 stands for ‘no such number’."""
    return (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11) % 11


# Only numbers that are set aside for tests: 999 000 0000 to 999 999 9999.
NUMBERS = (
    st.integers(999_000_000, 999_999_999)
    .map(str)
    .filter(lambda nine: check_digit(nine) < 10 and len(set(nine)) > 1)
    .map(lambda nine: nine + str(check_digit(nine)))
)
SEPARATORS = st.sampled_from(["", " ", "-", "\u00a0", "\u2009", "\u202f", "\u2011", "–", ".", "\n"])


@pytest.mark.parametrize(
    "text",
    [
        "999 000 0018",
        "9990000018",
        "999-000-0018",
        "999\u00a0000\u00a00018",
        "999\u202f000\u202f0018",
        "999\u2011000\u20110026",
        "999.000.0026",
        "(999 000 0018)",
        "NHS No:9990000018.",
        "NHS9990000018",
        "Mr B,9990000018,seen 12/11",
        "999 000 0018/999 000 0026",
        "999 0000018",
        "999000 0018",
        "\n999 000\n0018\n",
        "seen on 12 11 2023, 999 000 0018",
        "1. 999 000 0018",
        "12/11/2023 9990000018",
    ],
)
def test_an_nhs_number_is_found_and_nothing_of_it_is_left(text: str) -> None:
    assert count_nhs_numbers(text) >= 1
    masked = mask(text)
    assert MASK in masked
    assert count_nhs_numbers(masked) == 0
    assert "0018" not in masked
    assert "0026" not in masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("999 000 0019", id="a wrong check digit"),
        pytest.param("99900000180", id="eleven digits"),
        pytest.param("19990000018", id="a digit before it"),
        pytest.param("999 000 00181", id="a digit after it"),
        pytest.param("0000000000", id="ten zeros"),
        pytest.param("999 999 9999", id="ten nines"),
        pytest.param("1111111111", id="ten ones"),
        pytest.param("0161 999 0000", id="a telephone number"),
        pytest.param("+44 161 999 0000", id="an international telephone number"),
        pytest.param("12/11/2023 14:30", id="a date and a time"),
        pytest.param("999 000 001", id="nine digits"),
        pytest.param("", id="nothing"),
        pytest.param("999, 000, 0018", id="three numbers"),
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert count_nhs_numbers(text) == 0
    assert mask(text) == text


def test_every_number_of_a_text_is_counted_and_masked() -> None:
    text = "999 000 0018, then 9990000026 and 999-000-0018"
    assert count_nhs_numbers(text) == 3
    assert mask(text) == f"{MASK}, then {MASK} and {MASK}"


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_times_the_same_digit_is_a_placeholder(digit: str) -> None:
    assert not is_nhs_number(digit * 10)


@pytest.mark.parametrize("text", ["", "999000001", "99900000181", "999000001x", "٩٩٩٠٠٠٠٠١٨", " 999000001"])
def test_what_is_not_ten_digits_is_no_number(text: str) -> None:
    assert not is_nhs_number(text)


def test_about_one_in_eleven_of_all_ten_digit_texts_passes() -> None:
    passed = sum(is_nhs_number(f"{number:010}") for number in range(9_990_000_000, 9_990_011_000))
    assert 900 < passed < 1_100


def test_it_says_what_the_check_cannot_see() -> None:
    assert re.search("names, dates of birth", CANNOT_SEE)


@given(
    NUMBERS,
    SEPARATORS,
    SEPARATORS,
    st.text(st.characters(exclude_categories=["Nd"], exclude_characters=" .-"), max_size=10),
)
def test_a_number_is_found_with_any_separators_in_any_text(number: str, one: str, two: str, around: str) -> None:
    written = f"{number[:3]}{one}{number[3:6]}{two}{number[6:]}"
    text = f"{around}{written}{around}"
    assert count_nhs_numbers(text) == 1
    assert mask(text) == f"{around}{MASK}{around}"


@given(NUMBERS)
def test_the_tenth_digit_of_a_number_cannot_be_another(number: str) -> None:
    assert is_nhs_number(number)
    assert not any(is_nhs_number(number[:9] + digit) for digit in "0123456789" if digit != number[9])


@given(st.text(st.sampled_from("0123456789 -.a\n"), max_size=60))
def test_a_masked_text_holds_no_number_and_masking_again_changes_nothing(text: str) -> None:
    masked = mask(text)
    assert count_nhs_numbers(masked) == 0
    assert mask(masked) == masked


@given(st.lists(st.text(st.sampled_from("0123456789 -.–‑\u00a0x"), max_size=14), max_size=4))
def test_a_glance_at_many_texts_misses_no_number(texts: list[str]) -> None:
    if any(count_nhs_numbers(text) for text in texts):
        assert may_hold_nhs_number(texts)


@pytest.mark.parametrize(
    "text", ["999 000 0018", "9990000018", "999000 0018", "999 0000018", "999–000–0018", "999\u00a0000.0018"]
)
def test_a_glance_sees_a_number_in_any_of_its_spellings(text: str) -> None:
    assert may_hold_nhs_number(["none", f"seen on 3 May 2023 {text}", ""])


def test_a_glance_sees_nothing_in_dates_and_telephone_extensions() -> None:
    assert not may_hold_nhs_number(["31/01/2024", "2023-11-14", "extension 4521", "£1,250,000", "12345"])
