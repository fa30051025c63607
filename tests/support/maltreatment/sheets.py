"""What partners do to whole sheets: rename, move, split, paste together."""

from __future__ import annotations

from random import Random

from tests.support.maltreatment.draft import Draft, Item, Page, Row
from tests.support.maltreatment.registry import SHEETS, maltreatment


@maltreatment(SHEETS)
def sheets_renamed(draft: Draft, rng: Random) -> None:
    names = rng.sample(
        ["Theme 1", "Sheet1", "Q&S", "Ward 7", "final FINAL", "Key", "Instructions", "Blätter", "quality"],
        len(draft.pages),
    )
    for page, name in zip(draft.pages, names, strict=True):
        page.title = name


@maltreatment(SHEETS)
def sheets_reordered(draft: Draft, rng: Random) -> None:
    rng.shuffle(draft.pages)


@maltreatment(SHEETS)
def all_pasted_onto_one_sheet(draft: Draft, rng: Random) -> None:
    first, *others = draft.pages
    for page in others:
        rows = [row for row in page.rows if row.kind != "above"] if rng.random() < 0.5 else page.rows
        first.rows.extend([Row("other", [Item()]), *rows] if rng.random() < 0.7 else rows)
        first.merges.extend(page.merges)
    draft.pages = [first]
    first.title = rng.choice([first.title, "Everything"])


@maltreatment(SHEETS)
def pasted_without_the_headings(draft: Draft, rng: Random) -> None:
    """All on one sheet, the further themes' rows right below the first's."""
    first, *others = draft.pages
    for page in others:
        first.rows.extend(row for row in page.rows if row.kind not in ("above", "heading", "repeat", "upper"))
        first.merges.extend(page.merges)
    draft.pages = [first]


@maltreatment(SHEETS)
def side_by_side(draft: Draft, rng: Random) -> None:
    """Two themes beside one another on one sheet."""
    if len(draft.pages) < 2:
        return
    left, right = draft.pages[0], draft.pages[1]
    width = left.width + rng.choice([0, 1, 2])
    height = max(len(left.rows), len(right.rows))
    shift = next((at for at, row in enumerate(left.rows) if row.kind in ("heading", "upper")), 0) - next(
        (at for at, row in enumerate(right.rows) if row.kind in ("heading", "upper")), 0
    )
    rows_right = [Row("above", []) for _ in range(max(shift, 0))] + right.rows[max(-shift, 0) :]
    height = max(len(left.rows), len(rows_right))
    joined: list[Row] = []
    for at in range(height):
        one = left.rows[at] if at < len(left.rows) else Row("other", [])
        two = rows_right[at] if at < len(rows_right) else Row("other", [])
        items = [*one.items, *(Item() for _ in range(width - len(one.items))), *two.items]
        joined.append(Row(one.kind if one.items and one.kind != "other" else two.kind, items))
    left.rows = joined
    left.merges.extend(right.merges)
    draft.pages.remove(right)


@maltreatment(SHEETS)
def split_further(draft: Draft, rng: Random) -> None:
    """A sheet for each statement instead of one for each theme."""
    pages: list[Page] = []
    for page in draft.pages:
        body = [row for row in page.rows if row.kind in ("line", "added")]
        before = page.rows[: next((at for at, row in enumerate(page.rows) if row in body), 0)]
        codes: dict[str, list[Row]] = {}
        code = ""
        for row in page.rows[len(before) :]:
            ref = row.entry.ref if row.entry else ""
            code = ref.split("-")[0] or code or "rest"
            codes.setdefault(code, []).append(row)
        for number, (code, rows) in enumerate(codes.items()):
            top = before if number == 0 else [_copied(row) for row in before]
            pages.append(Page(f"{page.title[:20]} {code}", [*top, *rows], merges=list(page.merges)))
    draft.pages = pages


def _copied(row: Row) -> Row:
    return Row(row.kind, [Item(item.value, item.field, fill=item.fill, style=item.style) for item in row.items])


@maltreatment(SHEETS)
def rows_moved_to_another_sheet(draft: Draft, rng: Random) -> None:
    if len(draft.pages) < 2:
        return
    source, target = rng.sample(draft.pages, 2)
    for row in [row for row in source.rows if row.kind == "line" and rng.random() < 0.2]:
        source.rows.remove(row)
        last = max(at for at, other in enumerate(target.rows) if other.kind in ("line", "added"))
        target.rows.insert(last + 1, row)


@maltreatment(SHEETS)
def other_sheets(draft: Draft, rng: Random) -> None:
    draft.other_sheets["Notes"] = [["Our own notes", "of the team"], ["Milk", 3]]
    draft.other_sheets["Sheet3"] = [[1, 2, 3], [4, 5, 6]]


@maltreatment(SHEETS)
def no_properties_and_no_cover_dates(draft: Draft, rng: Random) -> None:
    draft.properties = False
    draft.cover["Date completed"] = "January 2024"
