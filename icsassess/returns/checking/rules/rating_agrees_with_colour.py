"""A rating is typed; where only the cell's colour says it, or the colour says something else, it is pointed out."""

from __future__ import annotations

from icsassess.returns.checking.rules.rule import Context, Words, rule
from icsassess.tables.records import TypedEntry


def _words(entry: TypedEntry, context: Context) -> Words:
    colour = context.colour[entry.rag_fill]
    rating = context.rating[entry.rag].rating or colour
    return {"permitted": context.vocabulary.permitted, "colour": colour, "rating": rating}


@rule("rating-from-colour", TypedEntry, "rag", _words, decided_by=("rag", "rag_fill", "rag_doubt"))
def is_typed(entry: TypedEntry, context: Context) -> bool:
    """No cell is coloured like a rating with nothing typed in it."""
    return bool(entry.rag or entry.rag_doubt) or not context.colour[entry.rag_fill]


@rule("rating-against-colour", TypedEntry, "rag", _words, decided_by=("rag", "rag_fill", "rag_doubt"))
def colour_agrees(entry: TypedEntry, context: Context) -> bool:
    """Where a rating with a colour is typed, the cell has no colour or the same."""
    if not entry.rag_fill or entry.rag_doubt:
        return True
    colour, rating = context.colour[entry.rag_fill], context.rating[entry.rag].rating
    return not colour or rating not in context.vocabulary.ordered or colour == rating
