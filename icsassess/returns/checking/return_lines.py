"""The lines of returns: what the rows of each make together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from icsassess.locality.locality import Locality
from icsassess.returns.checking.rules.rule import Context
from icsassess.returns.matching.evidence_words import is_evidence
from icsassess.returns.reading.compact import rows_by_line
from icsassess.returns.reading.rows.entry import EntryCells, ReadReturn
from icsassess.tables.records import CellPlace, Entry, ReturnLine


def return_lines(
    returns: Sequence[ReadReturn], entries: Sequence[Entry], locality: Locality, context: Context
) -> list[ReturnLine]:
    """Give what the rows of each return make together for each line it was asked for or answers.

    ``entries`` has those of the returns in the returns' order.
    """
    return list(_each_line(returns, iter(entries), locality, context))


def _each_line(
    returns: Sequence[ReadReturn], entries: Iterator[Entry], locality: Locality, context: Context
) -> Iterator[ReturnLine]:
    for read in returns:
        by_line: dict[str, list[Entry]] = defaultdict(list)
        for entry in islice(entries, len(read.entries)):
            by_line[entry.ref].append(entry)
        if read.refused or read.partner is None:
            continue
        rows = rows_by_line(read.rows_of)
        asked = {line.ref for line in locality.lines_of(locality.partner_by_code[read.partner])}
        for ref in locality.framework.line_by_ref:
            if ref in asked or by_line.get(ref):
                yield _line(read, ref, ref in asked, by_line.get(ref, []), rows.get(ref, []), context)


def _line(
    read: ReadReturn, ref: str, asked: bool, entries: list[Entry], rows: list[tuple[str, EntryCells]], context: Context
) -> ReturnLine:
    evidence, understood, has_reason, states_gap, has_action = 0, True, False, False, False
    newest: date | None = None
    placed = False
    ratings = []
    for entry in entries:  # one pass: nearly every line has one entry, and thousands of returns have a million lines
        if entry.rating:
            ratings.append(entry.rating)
        understood = understood and bool(entry.rating or not entry.rag_typed)  # blank, or read from text or colour
        has_reason = has_reason or bool(entry.reason)
        if is_evidence(entry.evidence, entry.kept):
            evidence += 1
            placed = placed or bool(entry.kept)
            if entry.evidence_date is not None and (newest is None or entry.evidence_date > newest):
                newest = entry.evidence_date
        states_gap = states_gap or bool(entry.gap)
        has_action = has_action or bool(entry.action)
    rating = context.vocabulary.of_several(ratings) if len(ratings) > 1 else "".join(ratings)
    sheet: str = ""
    place: CellPlace | None = None
    if entries:
        rated = next((entry for entry in entries if entry.rating == rating), entries[0])
        sheet, place = rated.sheet, rated.place
    elif rows:
        sheet, place = rows[0]
    return ReturnLine(
        partner=read.partner or "",
        file=read.file,
        ref=ref,
        asked=asked,
        rows=len(rows),
        entries=len(entries),
        rating=rating,
        ratings=tuple(dict.fromkeys(ratings)),
        understood=understood,
        has_reason=has_reason,
        evidence=evidence,
        newest_evidence=newest,
        placed=placed,
        states_gap=states_gap,
        has_action=has_action,
        sheet=sheet,
        place=place,
    )
