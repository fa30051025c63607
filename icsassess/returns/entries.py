"""The tables that returns make: entries as typed, entries as understood, and each return's lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from icsassess import rag
from icsassess.fields import TYPED_FIELDS
from icsassess.locality import Locality
from icsassess.rag import Vocabulary
from icsassess.returns.dates import read_date
from icsassess.returns.entry import ReadReturn
from icsassess.returns.packed import rows_of
from icsassess.returns.rules.evidence_is_likely_shared import almost_said_before
from icsassess.returns.rules.evidence_stands_once import SHORTEST, said_before
from icsassess.returns.statuses import status_of
from icsassess.tables import Entries, ReturnLines, TypedEntries, each_row, frame
from icsassess.text import in_words

# What the entries of a line are asked for when the line is put together.
_ASKED_OF_A_LINE = ["file", "ref", "rating", "rag_typed", "reason", "evidence", "gap", "action", "sheet", "place"]


def typed_entries(returns: Sequence[ReadReturn]) -> pd.DataFrame:
    """Stack the entries of many returns as typed (a table of ``TypedEntries``)."""
    return frame(TypedEntries, list(_typed(returns)))


def _typed(returns: Sequence[ReadReturn]) -> Iterator[tuple[object, ...]]:
    for read in returns:
        for sheet, place, ref, own, notes, fill, *rest in rows_of(read.entries):
            yield (
                read.partner or "",
                read.file,
                sheet,
                place.row,
                ref,
                *rest[: len(TYPED_FIELDS)],
                fill,
                "\n".join(own),
                "\n".join(notes),
                read.completed_on,
                place,
            )


def understood(typed: pd.DataFrame, vocabulary: Vocabulary, statuses: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Give entries as understood (a table of ``Entries``): what can be is converted, the rest stays as typed.

    A rating that is only a colour is taken from the colour. Words beside Not applicable count as its reason.
    """
    by_colour = {fill: vocabulary.from_colour(fill) or "" for fill in typed["rag_fill"].unique()}
    readings = {text: vocabulary.read(text) for text in typed["rag"].unique()}
    rating = typed["rag"].map({text: reading.rating or "" for text, reading in readings.items()})
    beside = typed["rag"].map({text: reading.words for text, reading in readings.items()})
    colour = typed["rag_fill"].map(by_colour)
    reason = typed["reason"].where(typed["reason"] != "", beside.where(rating == rag.NOT_APPLICABLE, ""))
    status = {text: status_of(text, statuses) or "" for text in typed["action_status"].unique()}
    plain = [in_words(text) if len(text) >= SHORTEST else "" for text in typed["evidence"]]
    table = pd.DataFrame(
        {
            **{name: typed[name] for name in ("partner", "ref", "evidence", "kept")},
            "evidence_date": _dates(typed["evidence_date"]),
            "rating": rating.where(typed["rag"] != "", colour),
            "reason": reason,
            **{name: typed[name] for name in ("gap", "action", "owner")},
            "due": _dates(typed["due"]),
            "status": typed["action_status"].map(status),
            "evidence_date_typed": typed["evidence_date"],
            "rag_typed": typed["rag"].where(
                typed["rag"] != "", colour.map(lambda name: f"(coloured {name})" if name else "")
            ),
            "due_typed": typed["due"],
            "status_typed": typed["action_status"],
            **{name: typed[name] for name in ("own_columns", "notes")},
            "same_as": said_before(typed, plain),
            **almost_said_before(typed, plain),
            **{name: typed[name] for name in ("file", "sheet", "row", "completed_on", "place")},
        }
    )
    return frame(Entries, table)


def _dates(typed: pd.Series[str]) -> pd.Series[Any]:
    days = {text: read_date(text).usable for text in typed.unique()}
    return pd.to_datetime(typed.map(days))


def return_lines(
    returns: Sequence[ReadReturn],
    typed: pd.DataFrame,
    entries: pd.DataFrame,
    locality: Locality,
    vocabulary: Vocabulary,
) -> pd.DataFrame:
    """Give what the rows of each return make together for each line (a table of ``ReturnLines``)."""
    lost = {text for text in typed["rag"].unique() if text and not vocabulary.read(text).rating}
    by_line: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for entry in each_row(entries[_ASKED_OF_A_LINE]):
        by_line[entry.file, entry.ref].append(entry)
    rows: list[tuple[object, ...]] = []
    for read in returns:
        if read.refused or read.partner is None:
            continue
        asked = {line.ref for line in locality.lines_of(locality.partner_by_code[read.partner])}
        answered = [ref for ref in locality.framework.line_by_ref if ref in asked or by_line.get((read.file, ref))]
        rows.extend(
            _line(read, ref, ref in asked, by_line.get((read.file, ref), []), lost, vocabulary) for ref in answered
        )
    return frame(ReturnLines, rows)


def _line(
    read: ReadReturn, ref: str, asked: bool, entries: list[Any], lost: set[str], vocabulary: Vocabulary
) -> tuple[object, ...]:
    ratings = [entry.rating for entry in entries if entry.rating]
    rating = vocabulary.of_several(ratings)
    there = read.rows_of.get(ref, [])
    gave = next((entry for entry in entries if entry.rating == rating), entries[0] if entries else None)
    sheet, place = (gave.sheet, gave.place) if gave is not None else there[0] if there else ("", None)
    return (
        read.partner,
        read.file,
        ref,
        asked,
        len(there),
        len(entries),
        rating,
        tuple(dict.fromkeys(ratings)),
        not any(entry.rag_typed in lost for entry in entries),
        any(entry.reason for entry in entries),
        sum(1 for entry in entries if entry.evidence),
        any(entry.gap for entry in entries),
        any(entry.action for entry in entries),
        sheet,
        place,
    )
