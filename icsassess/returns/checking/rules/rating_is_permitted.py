"""A rating is one of the permitted words; what is near to one is read, and said; what tells a story is asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icsassess.domain.problems import did_you_mean
from icsassess.domain.rag import How
from icsassess.returns.checking.rules.rule import Context, Rule, each
from icsassess.tables.models import TypedEntries


def _is_not(how: How, entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    return each(entries["rag"], lambda typed: context.vocabulary.read(typed).how is not how)


def is_understood(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """Each rating is blank or can be read."""
    return _is_not(How.NOT_UNDERSTOOD, entries, context)


def is_one_rating(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No rating lies between two colours."""
    return _is_not(How.BETWEEN_TWO, entries, context)


def stands_alone(entries: pd.DataFrame, context: Context) -> pd.Series[bool]:
    """No words stand beside a rating."""
    return _is_not(How.WITH_WORDS, entries, context)


def _words(entry: Any, context: Context) -> dict[str, Any]:
    reading = context.vocabulary.read(entry.rag)
    otherwise = "Ask the partner which one is meant."
    hint = did_you_mean(reading.suggestion, otherwise)
    return {"found": entry.rag, "permitted": context.vocabulary.permitted, "rating": reading.rating, "hint": hint}


RULES = (
    Rule("rating-not-understood", TypedEntries, "rag", is_understood, _words),
    Rule("rating-between-two", TypedEntries, "rag", is_one_rating, _words),
    Rule("rating-with-words", TypedEntries, "rag", stands_alone, _words),
)
