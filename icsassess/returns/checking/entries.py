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

    A rating that is only a colour is taken from the colour; one that may be meant otherwise is left open. Words beside
    Not applicable count as its reason. A gap, an action or an owner that says ‘None’ is none: the word stays beside it.
    """
    return [_entry(entry, repeated, context) for entry, repeated in zip(typed, repeated_evidence(typed), strict=True)]


_MAY_SAY_NOTHING = ("gap", "action", "owner")


def _says_nothing(typed: TypedEntry, name: str, context: Context) -> bool:
    text: str = getattr(typed, name)
    return bool(text) and context.nothing[name, text]


def _entry(typed: TypedEntry, repeated: Repeated, context: Context) -> Entry:
    reading = context.rating[typed.rag]
    own, silent = typed.own_columns, [name for name in _MAY_SAY_NOTHING if _says_nothing(typed, name, context)]
    if silent:
        own = "\n".join([*(f"{name.capitalize()}: {getattr(typed, name)}" for name in silent), *([own] if own else [])])
    reason, rag_typed, rating = typed.reason, typed.rag, reading.rating or ""
    if not reason and rating == rag.NOT_APPLICABLE:
        reason = reading.words
    if typed.rag_doubt:
        rating = ""
    elif not rag_typed:
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
        gap="" if "gap" in silent else typed.gap,
        action="" if "action" in silent else typed.action,
        owner="" if "owner" in silent else typed.owner,
        due=context.day[typed.due],
        status=context.status[typed.action_status] or "",
        evidence_date_typed=typed.evidence_date,
        rag_typed=rag_typed,
        due_typed=typed.due,
        status_typed=typed.action_status,
        own_columns=own,
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
