"""What partners do to dates: as text, as none, in other formats and systems."""

from __future__ import annotations

import datetime
from random import Random

from tests.support.maltreatment.draft import Draft
from tests.support.maltreatment.registry import CELLS, expect, maltreatment, sample, typed_items

_DAYS = {
    "31/1/24": (2024, 1, 31), "31.01.2024": (2024, 1, 31), "31 Jan 24": (2024, 1, 31), "Jan-24": (2024, 1, 31),
    "end of March 2024": (2024, 3, 31), "Q4 2023/24": (2024, 3, 31), "1st February 2024": (2024, 2, 1),
    "5/6/2023": (2023, 6, 5), "05-06-2023": (2023, 6, 5), "2023-06-05": (2023, 6, 5), "5 June 2023": (2023, 6, 5),
    "Monday 5 June 2023": (2023, 6, 5), "June 2023": (2023, 6, 30), "mid June 2023": (2023, 6, 15),
    "5 Jun '23": (2023, 6, 5), "05/06/23 ": (2023, 6, 5), "5.6.23": (2023, 6, 5), "Sept 2023": (2023, 9, 30),
    "by 31/03/2024": (2024, 3, 31), "Q1 23/24": (2023, 6, 30), "06/2023": (2023, 6, 30), "2023": (2023, 12, 31),
    "5\u00a0June\u00a02023": (2023, 6, 5), "June 5, 2023": (2023, 6, 5), "w/c 5 June 2023": (2023, 6, 5),
    "05/06/2023 (draft)": (2023, 6, 5), "20230605": (2023, 6, 5), "Jun-Aug 2023": (2023, 8, 31),
    "January to March 2024": (2024, 3, 31), "2023/24": (2024, 3, 31), "End March 2024": (2024, 3, 31),
    "FY 2023/24": (2024, 3, 31), "31st of March, 2024": (2024, 3, 31), "31/01/2024 14:30": (2024, 1, 31),
}  # fmt: skip
_NO_DAYS = [
    "ongoing",
    "ASAP",
    "TBC",
    "see evidence",
    "31/02/2024",
    "13/13/2023",
    "soon",
    "Spring",
    "05/06/1923",
    "31/01/2024 and 28/02/2024",
    "March",
    "n/a",
    "3 months",
    "Q5 2023/24",
]


@maltreatment(CELLS)
def dates_as_text(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in sample(rng, typed_items(draft, name), 0.8):
            item.value = rng.choice(list(_DAYS))
            item.date_format = None
            expect(item, datetime.date(*_DAYS[item.value]))


@maltreatment(CELLS)
def dates_that_are_none(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in sample(rng, typed_items(draft, name)):
            item.value, item.date_format = rng.choice(_NO_DAYS), None
            expect(item, None)


@maltreatment(CELLS)
def dates_that_lost_their_format(draft: Draft, rng: Random) -> None:
    if draft.epoch_1904:
        return
    for name in ("evidence_date", "due"):
        for item in sample(rng, typed_items(draft, name)):
            if isinstance(item.value, datetime.date):
                item.value, item.date_format = (item.value - datetime.date(1899, 12, 30)).days, "General"


@maltreatment(CELLS)
def dates_with_times_and_other_formats(draft: Draft, rng: Random) -> None:
    for name in ("evidence_date", "due"):
        for item in sample(rng, typed_items(draft, name)):
            if isinstance(item.value, datetime.date):
                item.value = datetime.datetime.combine(item.value, datetime.time(14, 30))
                item.date_format = rng.choice(["dd/mm/yyyy hh:mm", "mmm-yy", "d.m.yy", "[$-809]dd mmmm yyyy"])


@maltreatment(CELLS)
def the_1904_date_system(draft: Draft, rng: Random) -> None:
    draft.epoch_1904 = True
