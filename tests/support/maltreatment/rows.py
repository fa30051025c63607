"""What partners do to rows: sort, insert, total, repeat, and write outside the table."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import LABELS, Draft, Item, Row
from tests.support.maltreatment.registry import ROWS, maltreatment, new_token


@maltreatment(ROWS)
def rows_sorted(draft: Draft, rng: Random) -> None:
    name = rng.choice(["rag", "evidence", "category", "owner"])
    for page in draft.pages:
        first = next((at for at, row in enumerate(page.rows) if row.kind in ("line", "added")), None)
        if first is None:
            continue
        body = [row for row in page.rows if row.kind in ("line", "added")]
        rest = [row for row in page.rows[first:] if row.kind not in ("line", "added")]
        body.sort(key=lambda row: str((row.item(name) or Item()).value or "~"))
        page.rows = [*page.rows[:first], *body, *rest]


@maltreatment(ROWS)
def blank_rows(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        rows: list[Row] = []
        for row in page.rows:
            rows.append(row)
            if row.kind == "line" and rng.random() < 0.15:
                rows.extend(Row("other", [Item() for _ in row.items]) for _ in range(rng.choice([1, 1, 2])))
        page.rows = rows


@maltreatment(ROWS)
def total_rows(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        width = page.width
        items = [Item(style=None) for _ in range(width)]
        items[rng.choice([0, 1, 3, 5])].value = rng.choice(["Total", "Totals", "Total number of lines", "TOTAL:"])
        items[6].value = len(page.of_kind("line"))
        page.rows.append(Row("other", items))


@maltreatment(ROWS)
def section_headings(draft: Draft, rng: Random) -> None:
    """A row with the statement's title above each block, or the theme's on top."""
    for page in draft.pages:
        rows: list[Row] = []
        last = None
        for row in page.rows:
            statement = row.item("statement")
            if row.kind == "line" and statement is not None and statement.value != last:
                last = statement.value
                text = rng.choice([str(last), f"{row.items[0].value}".split("-")[0] + f": {last}", str(last).upper()])
                rows.append(Row("other", [Item(text), *(Item() for _ in row.items[1:])]))
            rows.append(row)
        page.rows = rows


@maltreatment(ROWS)
def instructions_left_standing(draft: Draft, rng: Random) -> None:
    prompts = ["One row for each line.", "Name the report, audit, survey or data.", "For example 14/11/2023."]
    for page in draft.pages:
        at = next(at for at, row in enumerate(page.rows) if row.kind == "heading") + 1
        items = [Item() for _ in range(page.width)]
        items[0].value = rng.choice(["Please complete every row", "e.g.", "EXAMPLE"])
        items[3].value = rng.choice(prompts)
        items[0].token = items[3].token = ""
        page.rows.insert(at, Row("other", items))


@maltreatment(ROWS)
def rows_added_below_without_a_ref(draft: Draft, rng: Random) -> None:
    for _, row in draft.rows("added"):
        for item in row.items:
            if item.field in LABELS:
                item.value = None


@maltreatment(ROWS)
def heading_repeated_halfway(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        heading = page.of_kind("heading")[0]
        middle = len(page.rows) // 2 + 2
        page.rows.insert(middle, Row("repeat", [Item(item.value, item.field) for item in heading.items]))


@maltreatment(ROWS)
def text_outside_the_table(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        above = Item(new_token("We are unsure about this sheet"))
        above.token = str(above.value)
        page.rows.insert(rng.choice([0, 3]), Row("above", [*(Item() for _ in range(rng.choice([0, 3]))), above]))
        below = Item(new_token("Completed with the ward managers in November, please ring us"))
        below.token = str(below.value)
        page.rows.extend([Row("other", [Item()]), Row("other", [*(Item() for _ in range(rng.choice([0, 2]))), below])])
        right = Item(new_token("remark"))
        right.token = str(right.value)
        row = rng.choice(page.of_kind("line"))
        row.items.extend([Item(), Item(), right])
