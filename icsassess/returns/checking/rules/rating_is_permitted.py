"""A rating is one of the permitted words; what is near to one is read, and said; what tells a story is asked about."""

from __future__ import annotations

from icsassess.domain.problems import did_you_mean
from icsassess.domain.rag import How
from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import TypedEntry


def _words(entry: TypedEntry, context: Context) -> Words:
    reading = context.rating[entry.rag]
    otherwise = "Ask the partner which one is meant."
    hint = did_you_mean(reading.suggestion, otherwise)
    found = entry.rag or context.colour[entry.rag_fill]
    return {
        "found": found,
        "doubt": entry.rag_doubt,
        "permitted": context.vocabulary.permitted,
        "rating": reading.rating,
        "hint": hint,
    }


@rule("rating-left-open", TypedEntry, "rag", _words, decided_by=("rag_doubt",))
def is_beyond_doubt(entry: TypedEntry, context: Context) -> bool:
    """Nothing beside the rating says that it may be meant otherwise."""
    return not entry.rag_doubt


@rule("rating-not-understood", TypedEntry, "rag", _words, decided_by=("rag", "rag_doubt"))
def is_understood(entry: TypedEntry, context: Context) -> bool:
    """Each rating is blank or can be read."""
    return context.rating[entry.rag].how is not How.NOT_UNDERSTOOD or bool(entry.rag_doubt)


@rule("rating-between-two", TypedEntry, "rag", _words, decided_by=("rag", "rag_doubt"))
def is_one_rating(entry: TypedEntry, context: Context) -> bool:
    """No rating lies between two colours."""
    return context.rating[entry.rag].how is not How.BETWEEN_TWO or bool(entry.rag_doubt)


@rule("rating-with-words", TypedEntry, "rag", _words, decided_by=("rag", "rag_doubt"))
def stands_alone(entry: TypedEntry, context: Context) -> bool:
    """No words stand beside a rating."""
    return context.rating[entry.rag].how is not How.WITH_WORDS or bool(entry.rag_doubt)
