"""What only the return as a whole tells: its own keys, letters that fit by chance, the order of day and month."""

from __future__ import annotations

from collections.abc import Sequence

from icsassess.domain.problems import Problem
from icsassess.domain.rag import Vocabulary
from icsassess.excel.cells.model import Sheet
from icsassess.returns.reading.columns.date_order import month_first_dates
from icsassess.returns.reading.columns.letters import doubted_letters
from icsassess.returns.reading.columns.rating_key import explained_ratings
from icsassess.returns.reading.rows.entry import Entry
from icsassess.returns.reading.sheets.hidden_rows import without_hidden_twins
from icsassess.returns.reading.sheets.twins import PartOf, doubted_twins


def judged_as_a_whole(
    entries: Sequence[Entry],
    sheets: Sequence[Sheet],
    alike: Sequence[tuple[str, str]],
    part_of: PartOf,
    ratings: Vocabulary,
) -> tuple[list[Entry], list[Problem]]:
    """Give the entries of a return as all of them together tell, and the points that say so.

    ``alike`` are pairs of sheets, or of parts of one by ``part_of``, with the same lines that nothing tells apart;
    ``ratings`` are the words for ratings.
    """
    explained, points = explained_ratings(entries, sheets, ratings)
    explained, hidden = without_hidden_twins(explained, sheets, ratings)
    settled = doubted_twins(doubted_letters(explained, ratings), alike, part_of)
    dated, further = month_first_dates(settled)
    return dated, [*points, *hidden, *further]
