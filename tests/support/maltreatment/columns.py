"""What partners do to columns, and to the rows above the table."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from random import Random

from tests.support.maltreatment.draft import FIELDS, Draft, Item, Page, Row
from tests.support.maltreatment.registry import COLUMNS, maltreatment, new_token


def _everywhere(page: Page, change: Callable[[Row], None]) -> None:
    for row in page.rows:
        if row.kind not in ("above",) and any(item.field for item in row.items):
            change(row)


@maltreatment(COLUMNS)
def columns_reordered(draft: Draft, rng: Random) -> None:
    order = list(FIELDS)
    if rng.random() < 0.5:
        rng.shuffle(order)
    else:
        column = order.pop(rng.randrange(len(order)))
        order.insert(rng.randrange(len(order)), column)
    for page in draft.pages:
        _everywhere(page, lambda row: row.items.sort(key=lambda item: order.index(item.field) if item.field else 99))


@maltreatment(COLUMNS)
def columns_deleted(draft: Draft, rng: Random) -> None:
    gone = set(rng.sample(["kept", "reason", "owner", "action_status", "evidence_date"], rng.choice([1, 2])))
    for page in draft.pages:
        for row in page.rows:
            row.items = [item for item in row.items if item.field not in gone]
    for entry in draft.entries:
        entry.values = {name: value for name, value in entry.values.items() if name not in gone}


@maltreatment(COLUMNS)
def the_ref_column_deleted(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        for row in page.rows:
            if row.kind not in ("above", "other"):
                row.items = [item for item in row.items if item.field != "ref"]


@maltreatment(COLUMNS)
def the_title_columns_deleted(draft: Draft, rng: Random) -> None:
    gone = rng.choice([{"statement"}, {"category"}, {"statement", "category"}])
    for page in draft.pages:
        for row in page.rows:
            if row.kind not in ("above", "other"):
                row.items = [item for item in row.items if item.field not in gone]


@maltreatment(COLUMNS)
def own_columns_added(draft: Draft, rng: Random) -> None:
    for heading in rng.sample(
        ["Team", "Reviewed by", "Previous RAG", "Score 1-4", "Cost", "Our own notes", "", "Date discussed"], 2
    ):
        at = rng.randrange(2, 12)
        for page in draft.pages:
            for row in page.rows:
                if row.kind in ("above", "other"):
                    continue
                item = Item(heading or None) if row.kind in ("heading", "repeat") else Item()
                if row.kind in ("line", "added") and row.entry is not None:
                    if heading == "Previous RAG":
                        item.value = rng.choice(["Red", "Amber", "Green"])
                    elif heading == "Date discussed":
                        item.value, item.date_format = datetime.date(2023, 11, rng.randrange(1, 28)), "dd/mm/yyyy"
                    elif rng.random() < 0.7:
                        item.value = item.token = new_token("own")
                row.items.insert(min(at, len(row.items)), item)


@maltreatment(COLUMNS)
def columns_inserted_before(draft: Draft, rng: Random) -> None:
    number = rng.choice([1, 2, 5])
    for page in draft.pages:
        for row in page.rows:
            row.items = [*(Item() for _ in range(number)), *row.items]


@maltreatment(COLUMNS)
def rows_inserted_before(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.rows = [Row("above", [Item()]) for _ in range(rng.choice([1, 3, 8]))] + page.rows


@maltreatment(COLUMNS)
def rows_above_deleted(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.rows = [row for row in page.rows if row.kind != "above" or any(item.token for item in row.items)]
