"""Letters that fit by chance: Y beside N is no yellow, G beside RI and O no green. They are left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from icsassess.domain.rag import How, Vocabulary
from icsassess.returns.reading.rows.entry import Entry
from icsassess.support.text import fold, listing

_LONGEST = 2
_MOST_STRANGE = 0.3
"""Of the short answers, so many may be no ratings: more than that, and the column is about something else."""


def doubted_letters(entries: Sequence[Entry], ratings: Vocabulary) -> list[Entry]:
    """Give the entries; where the return's letters as a whole are no ratings, those that happen to fit are doubted.

    ``ratings`` are the words for ratings.
    """
    letters = [_letter(entry) for entry in entries]
    short = [text for text in letters if text]
    if not short:
        return list(entries)
    strange = [text for text in short if ratings.read(text).how is How.NOT_UNDERSTOOD]
    yes_or_no = "y" in short and ("n" in short or not {"r", "g"} & set(short))
    if len(strange) < max(2, _MOST_STRANGE * len(short)) and not yes_or_no:
        return list(entries)
    why = "in the same column stand " + listing([f"‘{text.upper()}’" for text in dict.fromkeys(strange)], most=5)
    if not strange:
        why = "nothing else in the column says whether it is a colour or a yes"
    return [
        _doubted(entry, why, ratings) if text and (text == "y" or len(strange) >= 2) else entry
        for entry, text in zip(entries, letters, strict=True)
    ]


def _letter(entry: Entry) -> str:
    text = fold(entry.row.values["rag"]).strip(" .")
    return text if 0 < len(text) <= _LONGEST and text.isalpha() and not entry.row.rag_doubt else ""


def _doubted(entry: Entry, why: str, ratings: Vocabulary) -> Entry:
    if ratings.read(entry.row.values["rag"]).how is How.NOT_UNDERSTOOD:
        return entry  # a point says so in any case
    return entry._replace(row=replace(entry.row, rag_doubt=why))
