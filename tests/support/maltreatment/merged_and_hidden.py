"""What partners merge and hide."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import Draft, Item, Page, Row
from tests.support.maltreatment.registry import HIDING, MERGES, maltreatment


@maltreatment(MERGES)
def labels_merged_downwards(draft: Draft, rng: Random) -> None:
    names = rng.choice([["statement"], ["statement", "category"], ["ref", "statement", "category"]])
    for page in draft.pages:
        for name in names:
            run: list[Item] = []
            for row in [*page.rows, Row("other", [])]:
                item = row.item(name) if row.kind in ("line", "added") else None
                if item is not None and run and (item.value == run[0].value):
                    run.append(item)
                    continue
                _merge(page, run)
                run = [item] if item is not None and item.value is not None else []


@maltreatment(MERGES)
def a_value_merged_over_several_rows(draft: Draft, rng: Random) -> None:
    """The rating, owner or date typed once for several rows below one another, and merged over them."""
    name = rng.choice(["rag", "owner", "kept", "due"])
    for page in draft.pages:
        run: list[Item] = []
        for row in page.rows:
            item = row.item(name)
            fits = row.kind in ("line", "added") and row.entry is not None and item is not None
            if fits and run and len(run) < 3:
                run.append(item)
                continue
            _merge_values(page, run)
            run = [item] if fits and item.value is not None and rng.random() < 0.5 else []
        _merge_values(page, run)


def _merge_values(page: Page, run: list[Item]) -> None:
    if len(run) < 2:
        return
    for item in run[1:]:
        value = run[0].entry.values.get(run[0].field)
        item.value, item.fill, item.note, item.note_token, item.link, item.struck = (
            None,
            run[0].fill,
            None,
            "",
            None,
            False,
        )
        if value is None:
            item.entry.values.pop(item.field, None)
        else:
            item.entry.values[item.field] = value
        item.field, item.shown_by = run[0].field, run[0]
    page.merges.append((run[0], run[-1]))


def _merge(page: Page, run: list[Item]) -> None:
    if len(run) > 1:
        for item in run[1:]:
            item.value = item.note = item.link = None
            item.note_token = ""
        page.merges.append((run[0], run[-1]))


@maltreatment(HIDING)
def hidden_rows_columns_and_sheets(draft: Draft, rng: Random) -> None:
    for page in draft.pages:
        page.hidden_rows = {row for row in page.rows if row.kind == "line" and rng.random() < 0.2}
        page.hidden_columns = {item for row in page.of_kind("heading") for item in row.items if rng.random() < 0.2}
    draft.pages[-1].hidden = True
