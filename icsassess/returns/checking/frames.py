"""The tables that returns make: entries as typed, entries as understood, and each return's lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Any

import pandas as pd

from icsassess.domain import rag
from icsassess.domain.rag import Vocabulary
from icsassess.locality.locality import Locality
from icsassess.returns.checking.rules.evidence_is_likely_shared import almost_said_before
from icsassess.returns.checking.rules.evidence_stands_once import SHORTEST, said_before
from icsassess.returns.matching.action_status import status_of
from icsassess.returns.matching.dates import read_date
from icsassess.returns.reading.compact import PackedEntries, columns_of, rows_by_line
from icsassess.returns.reading.rows.entry import Place, ReadReturn
from icsassess.support.text import in_words
from icsassess.tables.frames import frame, titles
from icsassess.tables.models import Entries, ReturnLines, TypedEntries
from icsassess.tables.rows import each_row

# What the entries of a line are asked for when the line is put together.
_ASKED_OF_A_LINE = ["file", "ref", "rating", "rag_typed", "reason", "evidence", "gap", "action", "sheet", "place"]


def typed_entries(returns: Sequence[ReadReturn]) -> pd.DataFrame:
    """Stack the entries of many returns as typed (a table of ``TypedEntries``).

    Entries that are packed are let go of as they are stacked: the table holds them from here on.
    """
    stacked: dict[str, list[Any]] = {name: [] for name in titles(TypedEntries)}
    for read in returns:
        given = columns_of(read.entries)
        number = len(read.entries)
        of_this: dict[str, Iterable[Any]] = {
            "partner": repeat(read.partner or "", number),
            "file": repeat(read.file, number),
            "row": (place.row for place in given["place"]),
            "rag_fill": given["fill"],
            "own_columns": map("\n".join, given["own"]),
            "notes": map("\n".join, given["notes"]),
            "completed_on": repeat(read.completed_on, number),
        }
        for name, column in stacked.items():
            column.extend(of_this[name] if name in of_this else given[name])
        if isinstance(read.entries, PackedEntries):
            read.entries.let_go()
    return frame(TypedEntries, stacked)


def understood(typed: pd.DataFrame, vocabulary: Vocabulary, statuses: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Give entries as understood (a table of ``Entries``): what can be is converted, the rest stays as typed.

    A rating that is only a colour is taken from the colour. Words beside Not applicable count as its reason.
    """
    plain = [in_words(text) if len(text) >= SHORTEST else "" for text in typed["evidence"].tolist()]
    said = {"same_as": said_before(typed, plain), **almost_said_before(typed, plain)}
    del plain  # as much again as the texts themselves
    by_colour = {fill: vocabulary.from_colour(fill) or "" for fill in typed["rag_fill"].unique()}
    readings = {text: vocabulary.read(text) for text in typed["rag"].unique()}
    rating = typed["rag"].map({text: reading.rating or "" for text, reading in readings.items()})
    beside = typed["rag"].map({text: reading.words for text, reading in readings.items()})
    colour = typed["rag_fill"].map(by_colour)
    reason = typed["reason"].where(typed["reason"] != "", beside.where(rating == rag.NOT_APPLICABLE, ""))
    status = {text: status_of(text, statuses) or "" for text in typed["action_status"].unique()}
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
            **said,
            **{name: typed[name] for name in ("file", "sheet", "row", "completed_on", "place")},
        }
    )
    return frame(Entries, table)


def _dates(typed: pd.Series[str]) -> pd.Series[Any]:
    days = {text: read_date(text).usable for text in typed.unique().tolist()}
    return pd.to_datetime(typed.map(days))


def return_lines(
    returns: Sequence[ReadReturn],
    typed: pd.DataFrame,
    entries: pd.DataFrame,
    locality: Locality,
    vocabulary: Vocabulary,
) -> pd.DataFrame:
    """Give what the rows of each return make together for each line (a table of ``ReturnLines``).

    ``entries`` has those of the returns in the returns' order.
    """
    lost = {text for text in typed["rag"].unique() if text and not vocabulary.read(text).rating}
    return frame(ReturnLines, _each_line(returns, each_row(entries[_ASKED_OF_A_LINE]), lost, locality, vocabulary))


def _each_line(
    returns: Sequence[ReadReturn], rows: Iterator[Any], lost: set[str], locality: Locality, vocabulary: Vocabulary
) -> Iterator[tuple[object, ...]]:
    for read in returns:
        by_line: dict[str, list[Any]] = defaultdict(list)
        for entry in islice(rows, len(read.entries)):
            by_line[entry.ref].append(entry)
        if read.refused or read.partner is None:
            continue
        there = rows_by_line(read.rows_of)
        asked = {line.ref for line in locality.lines_of(locality.partner_by_code[read.partner])}
        for ref in locality.framework.line_by_ref:
            if ref in asked or by_line.get(ref):
                about = (read.partner, read.file, ref, ref in asked)
                yield *about, *_line(by_line.get(ref, []), there.get(ref, []), lost, vocabulary)


def _line(
    entries: list[Any], there: list[tuple[str, Place]], lost: set[str], vocabulary: Vocabulary
) -> tuple[object, ...]:
    if len(entries) == 1:  # as nearly every line
        only = entries[0]
        rating = only.rating
        return (
            len(there),
            1,
            rating,
            (rating,) if rating else (),
            only.rag_typed not in lost,
            bool(only.reason),
            1 if only.evidence else 0,
            bool(only.gap),
            bool(only.action),
            only.sheet,
            only.place,
        )
    ratings = [entry.rating for entry in entries if entry.rating]
    rating = vocabulary.of_several(ratings)
    gave = next((entry for entry in entries if entry.rating == rating), entries[0] if entries else None)
    sheet, place = (gave.sheet, gave.place) if gave is not None else there[0] if there else ("", None)
    return (
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
