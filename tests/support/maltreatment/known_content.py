"""Types a known content into a draft, so that it can be told afterwards what of it was read."""

from __future__ import annotations

import datetime
from random import Random

from tests.support.maltreatment.draft import LABELS, Draft, Expected, Item, Row

_PLACES = ["Shared drive / Quality", "Team site, Audit", "Committee papers 2023", "Trust intranet / Governance"]
_ROLES = ["Head of Quality", "Matron for Safeguarding", "Deputy Director of Nursing", "Practice manager lead"]
_SOURCES = ["patient survey", "staff survey", "peer review", "audit of records", "complaints analysis", "walk round"]
_STATUSES = ["Not started", "In progress", "Delivered"]


def words_for(rng: Random, number: int, what: str) -> str:
    return f"{what.capitalize()} z{number}q from the {rng.choice(_SOURCES)}, reported to board {number % 12 + 1}"


def fill_in(draft: Draft, rng: Random, share: float = 0.75) -> None:
    """Type a known content into the lines."""
    number = 0
    for page in draft.pages:
        rows: list[Row] = []
        for row in page.rows:
            rows.append(row)
            if row.kind != "line" or rng.random() > share:
                continue
            number += 1
            _type(draft, rng, row, number)
            if rng.random() < 0.12:
                number += 1
                again = Row("added", [Item(item.value, item.field, style=item.style) for item in _labels_only(row)])
                _type(draft, rng, again, number)
                rows.append(again)
        page.rows = rows


def _labels_only(row: Row) -> list[Item]:
    return [item if item.field in LABELS else Item(None, item.field, style=item.style) for item in row.items]


def _type(draft: Draft, rng: Random, row: Row, number: int) -> None:
    entry = Expected(str(row.items[0].value))
    rating = rng.choice(["Red", "Amber", "Green", "Green", "Not assessed"])
    values: dict[str, object] = {
        "evidence": words_for(rng, number, "findings"),
        "kept": f"{rng.choice(_PLACES)} k{number}q",
        "evidence_date": datetime.date(2023, 1, 1) + datetime.timedelta(days=rng.randrange(330)),
        "rag": rating,
        "reason": words_for(rng, number, "reason"),
    }
    if rating in ("Red", "Amber"):
        values |= {
            "gap": words_for(rng, number, "missing"),
            "action": words_for(rng, number, "we will repeat it"),
            "owner": f"{rng.choice(_ROLES)} o{number}q",
            "due": datetime.date(2024, 2, 1) + datetime.timedelta(days=rng.randrange(300)),
            "action_status": rng.choice(_STATUSES),
        }
    for name in ("kept", "evidence_date", "reason"):
        if rng.random() < 0.2:
            del values[name]
    entry.values = values
    draft.entries.append(entry)
    for item in row.items:
        if item.field not in LABELS:
            item.value = values.get(item.field)
        item.entry = entry
        if isinstance(item.value, datetime.date):
            item.date_format = "dd mmm yyyy"
