"""Hidden rows that a visible one contradicts: where no filter hides them, they are what the visible row took over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from icsassess.domain.problems import Problem, make_problem
from icsassess.domain.rag import Vocabulary
from icsassess.excel.cells.model import Sheet
from icsassess.returns.reading.rows.entry import Entry
from icsassess.returns.reading.rows.uncounted import uncounted

_WHY = "(the row is hidden, and a visible one rates the same line otherwise)"


def without_hidden_twins(
    entries: Sequence[Entry], sheets: Sequence[Sheet], ratings: Vocabulary
) -> tuple[list[Entry], list[Problem]]:
    """Give the entries, those of such hidden rows without a line, and a point at each.

    ``ratings`` are the words for ratings. What a filter hides is an answer like any other.
    """
    hidden = {(sheet.title, row) for sheet in sheets if not sheet.filtered for row in sheet.hidden_rows}
    if not hidden:
        return list(entries), []
    visible: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.ref and (entry.sheet, entry.row.place.row) not in hidden and (rating := _rating(entry, ratings)):
            visible[entry.ref].add(rating)
    kept: list[Entry] = []
    problems: list[Problem] = []
    for entry in entries:
        is_hidden = (entry.sheet, entry.row.place.row) in hidden
        rating = _rating(entry, ratings)
        if not is_hidden or not rating or not visible[entry.ref] or rating in visible[entry.ref]:
            kept.append(entry)
            continue
        cell = entry.row.place.cell("evidence")
        where = {"sheet": entry.sheet, "cell": cell, "ref": entry.ref}
        problems.append(make_problem("row-that-does-not-count", found=_WHY, **where))
        kept.append(entry._replace(ref="", row=uncounted(entry.row)))
    return kept, problems


def _rating(entry: Entry, ratings: Vocabulary) -> str:
    return ratings.read(entry.row.values["rag"]).rating or ratings.from_colour(entry.row.fill) or ""
