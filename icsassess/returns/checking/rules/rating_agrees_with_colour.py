"""A rating is typed; where only the cell's colour says it, or the colour says something else, it is pointed out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.returns.checking.rules.rule import Context, Rule, each
from icsassess.tables.models import TypedEntries


def _by_colour(entries: pd.DataFrame, context: Context) -> pd.Series[str]:
    known = {fill: context.vocabulary.from_colour(fill) or "" for fill in entries["rag_fill"].unique()}
    return entries["rag_fill"].map(known)


def is_typed(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No cell is coloured like a rating with nothing typed in it."""
    return (_by_colour(entries, context) == "") | (entries["rag"] != "")


def colour_agrees(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """Where a rating with a colour is typed, the cell has no colour or the same."""
    colour = _by_colour(entries, context)
    typed = entries["rag"].map(
        {typed: context.vocabulary.read(typed).rating or "" for typed in entries["rag"].unique()}
    )
    compared = each(typed, lambda name: name in context.vocabulary.ordered)
    return (colour == "") | ~compared | (colour == typed)


def _words(entry: Any, context: Context) -> dict[str, Any]:
    colour = context.vocabulary.from_colour(entry.rag_fill)
    rating = context.vocabulary.read(entry.rag).rating or colour
    return {"permitted": context.vocabulary.permitted, "colour": colour, "rating": rating}


RULES = (
    Rule("rating-from-colour", TypedEntries, "rag", is_typed, _words),
    Rule("rating-against-colour", TypedEntries, "rag", colour_agrees, _words),
)
