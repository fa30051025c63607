"""Two sheets or tables with the same lines that nothing tells apart: where their ratings differ, it is left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from icsassess.domain.rag import vocabulary
from icsassess.returns.reading.rows.entry import Entry

PartOf = Mapping[tuple[str, int, int], str]
"""The part of a sheet, by sheet, row and column of the rating, where a sheet has several with the same lines."""


def doubted_twins(entries: Sequence[Entry], alike: Sequence[tuple[str, str]], part_of: PartOf) -> list[Entry]:
    """Give the entries; those of lines that two such sheets, or parts of one, rate differently are doubted."""
    if not alike:
        return list(entries)

    def part(entry: Entry) -> str:
        place = entry.row.place
        return part_of.get((entry.sheet, place.row, place.columns.get("rag", 0)), entry.sheet)

    doubts: dict[tuple[str, str], str] = {}
    ratings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries:
        if entry.ref and (rating := _rating(entry)):
            ratings[entry.ref, part(entry)].add(rating)
    for one, other in alike:
        for ref in {ref for ref, sheet in ratings if sheet == one}:
            if (ref, other) in ratings and ratings[ref, one] != ratings[ref, other]:
                for sheet, second in ((one, other), (other, one)):
                    doubts[ref, sheet] = f"‘{second}’ has the same line with another rating"
    if not doubts:
        return list(entries)
    return [
        entry._replace(row=replace(entry.row, rag_doubt=doubts[entry.ref, part(entry)]))
        if (entry.ref, part(entry)) in doubts and _rating(entry)
        else entry
        for entry in entries
    ]


def _rating(entry: Entry) -> str:
    row = entry.row
    return (vocabulary().read(row.values["rag"]).rating or "") or (vocabulary().from_colour(row.fill) or "")
