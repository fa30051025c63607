"""Dates as people type them: the day comes first, always; a period counts as its last day; nothing is guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsassess.returns.matching.dates import FIRST_DAY, LAST_DAY, How, read_date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/1/24", "2024-01-31"),
        ("31.01.2024", "2024-01-31"),
        ("31-01-2024", "2024-01-31"),
        ("31 01 2024", "2024-01-31"),
        ("31 Jan 24", "2024-01-31"),
        ("31-Jan-24", "2024-01-31"),
        ("31st January 2024", "2024-01-31"),
        ("2nd of Sept 2023", "2023-09-02"),
        ("3rd. Feb. 2023", "2023-02-03"),
        ("January 31, 2024", "2024-01-31"),
        ("Wednesday 31 January 2024", "2024-01-31"),
        ("by 31/01/2024", "2024-01-31"),
        ("2024-01-31", "2024-01-31"),
        ("2024-01-31 00:00", "2024-01-31"),
        ("31/01/2024 09:30", "2024-01-31"),
        ("31/01/2024.", "2024-01-31"),
        (" 31 / 01 / 2024 ", "2024-01-31"),
        ("31\u00a0Jan\u00a024", "2024-01-31"),
        ("31–01–2024", "2024-01-31"),
        ("1/2/24", "2024-02-01"),
        ("12/11/2023", "2023-11-12"),
        ("29/02/2024", "2024-02-29"),
        ("1/1/00", "2000-01-01"),
        ("31/12/69", "2069-12-31"),
    ],
)
def test_a_day_is_read_day_first(typed: str, day: str) -> None:
    reading = read_date(typed)
    assert (reading.how, str(reading.usable)) == (How.DAY, day)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("Jan-24", "2024-01-01", "2024-01-31"),
        ("January 2024", "2024-01-01", "2024-01-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("03/2024", "2024-03-01", "2024-03-31"),
        ("end of March 2024", "2024-03-01", "2024-03-31"),
        ("End March 24", "2024-03-01", "2024-03-31"),
        ("by end of March 2024", "2024-03-01", "2024-03-31"),
        ("mid March 2024", "2024-03-01", "2024-03-15"),
        ("early March 2024", "2024-03-01", "2024-03-10"),
        ("January to March 2024", "2024-01-01", "2024-03-31"),
        ("Oct 23 - Jan 24", "2023-10-01", "2024-01-31"),
        ("Q4 2023/24", "2024-01-01", "2024-03-31"),
        ("Q1 2023/24", "2023-04-01", "2023-06-30"),
        ("Q3 2023-2024", "2023-10-01", "2023-12-31"),
        ("quarter 2 of 2023/24", "2023-07-01", "2023-09-30"),
        ("2023/24 Q4", "2024-01-01", "2024-03-31"),
        ("2023/24", "2023-04-01", "2024-03-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("45230", "2023-10-31", "2023-10-31"),
        ("36526", "2000-01-01", "2000-01-01"),
        ("73050", "2099-12-31", "2099-12-31"),
    ],
)
def test_a_period_counts_as_its_last_day_and_says_so(typed: str, first: str, last: str) -> None:
    reading = read_date(typed)
    assert (reading.how, str(reading.first), str(reading.usable)) == (How.PERIOD, first, last)
    assert reading.words


@pytest.mark.parametrize(
    "typed",
    ["ongoing", "On-going", "ASAP", "asap!", "TBC", "to be confirmed", "N/A", "none", "rolling", "?", "-", "monthly"],
)
def test_a_date_may_be_left_open(typed: str) -> None:
    assert (read_date(typed).how, read_date(typed).usable) == (How.OPEN, None)


@pytest.mark.parametrize(
    "typed",
    ["31/02/2024", "29/02/2023", "31/04/2024", "01/31/2024", "13/13/2024", "0/1/2024", "32 Jan 2024", "2024-02-30"],
)
def test_a_day_that_does_not_exist_is_impossible_and_months_never_come_first(typed: str) -> None:
    assert (read_date(typed).how, read_date(typed).usable) == (How.IMPOSSIBLE, None)


@pytest.mark.parametrize(
    "typed", ["31/01/1924", "31/01/2124", "1 Jan 1999", "31/12/99", "1/1/70", "1900-01-01", "2100-01-01", "Jan 1999"]
)
def test_another_century_is_a_slip_and_not_used(typed: str) -> None:
    assert (read_date(typed).how, read_date(typed).usable) == (How.WRONG_CENTURY, None)


@pytest.mark.parametrize(
    "typed",
    [
        "after Easter", "next week", "spring 2024", "Q5 2023/24", "Q4 2023/25", "31/1", "January", "31/01/20244",
        "1/2/3/4", "12", "see above", "999 000 0018", "31/01/2024 and 28/02/2024", "1/1/2024 - 31/3/2024",
        "March to March 2024", "March to January 2024", "36525", "73051",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert (read_date(typed).how, read_date(typed).usable) == (How.NOT_UNDERSTOOD, None)


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0", "\u200b"])
def test_what_cannot_be_seen_is_blank(typed: str) -> None:
    assert read_date(typed).how is How.BLANK


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_never_outside_this_century(typed: str) -> None:
    day = read_date(typed).usable
    assert day is None or FIRST_DAY <= day <= LAST_DAY


@given(
    st.dates(FIRST_DAY, LAST_DAY),
    st.sampled_from(
        ["{0.day}/{0.month}/{0.year}", "{0:%d.%m.%Y}", "{0:%d %b %Y}", "{0:%d %B %Y}", "{0:%Y-%m-%d}", "{0:%d-%m-%Y}"]
    ),
)
def test_every_day_of_the_century_is_read_in_every_common_form(day: datetime.date, form: str) -> None:
    assert read_date(form.format(day)).usable == day
