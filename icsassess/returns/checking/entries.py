"""The entries of returns: as typed, and as understood."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from icsassess.domain import rag
from icsassess.returns.checking.repeated_evidence import Repeated, repeated_evidence
from icsassess.returns.checking.rules.rule import Context
from icsassess.returns.reading.compact import columns_of
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.tables.records import Entry, TypedEntry


def typed_entries(returns: Sequence[ReadReturn]) -> list[TypedEntry]:
    """Give the entries of many returns as typed, those of a return one after the other."""
    return [entry for read in returns for entry in _of_return(read)]


def _of_return(read: ReadReturn) -> Iterator[TypedEntry]:
    columns: dict[str, Iterable[Any]] = dict(columns_of(read.entries))
    number = len(read.entries)
    columns |= {
        "partner": repeat(read.partner or "", number),
        "file": repeat(read.file, number),
        "row": [place.row for place in columns["place"]],
        "rag_fill": columns["fill"],
        "own_columns": map("\n".join, columns["own"]),
        "notes": map("\n".join, columns["notes"]),
        "completed_on": repeat(read.completed_on, number),
    }
    return map(TypedEntry._make, zip(*(columns[name] for name in TypedEntry._fields), strict=True))


def understood(typed: Sequence[TypedEntry], context: Context) -> list[Entry]:
    """Give entries as understood: what can be is converted, the rest stays as typed.

    A rating that is only a colour is taken from the colour. Words beside Not applicable count as its reason.
    """
    return [_entry(entry, repeated, context) for entry, repeated in zip(typed, repeated_evidence(typed), strict=True)]


def _entry(typed: TypedEntry, repeated: Repeated, context: Context) -> Entry:
    reading = context.rating[typed.rag]
    reason, rag_typed, rating = typed.reason, typed.rag, reading.rating or ""
    if not reason and rating == rag.NOT_APPLICABLE:
        reason = reading.words
    if not rag_typed:
        rating = context.colour[typed.rag_fill]
        rag_typed = f"(coloured {rating})" if rating else ""
    return Entry(
        partner=typed.partner,
        ref=typed.ref,
        evidence=typed.evidence,
        kept=typed.kept,
        evidence_date=context.day[typed.evidence_date],
        rating=rating,
        reason=reason,
        gap=typed.gap,
        action=typed.action,
        owner=typed.owner,
        due=context.day[typed.due],
        status=context.status[typed.action_status] or "",
        evidence_date_typed=typed.evidence_date,
        rag_typed=rag_typed,
        due_typed=typed.due,
        status_typed=typed.action_status,
        own_columns=typed.own_columns,
        notes=typed.notes,
        same_as=repeated.same_as,
        like=repeated.like,
        alike=repeated.alike,
        file=typed.file,
        sheet=typed.sheet,
        row=typed.row,
        completed_on=typed.completed_on,
        place=typed.place,
    )
