"""What all models have in common, and the tests that their checks are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from icsassess.domain.rag import RATINGS

RATING_OR_NONE = [*RATINGS, ""]


class Table(pa.DataFrameModel):
    """What all tables have in common."""

    class Config:
        """Every column is described here, and no other is let through."""

        strict = True
        ordered = True


def each(values: pd.Series[Any], test: Callable[[Any], bool]) -> pd.Series[bool]:
    """Test every value of a column; equal values, of which there are many, are tested once."""
    return values.map({value: test(value) for value in values.unique()}).astype(bool)


def empty_or(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Give a test: the text is empty, or the whole of it is as the pattern says."""
    return lambda text: not text or pattern.fullmatch(text) is not None


def all_among(words: tuple[str, ...]) -> Callable[[tuple[str, ...]], bool]:
    """Give a test: it is a tuple of these words, of some of them, or of none."""
    permitted = frozenset(words)
    return lambda several: isinstance(several, tuple) and permitted.issuperset(several)
