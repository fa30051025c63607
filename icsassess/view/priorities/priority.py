"""One thing to look at first."""

from __future__ import annotations

from typing import NamedTuple

from icsassess.view.target import Target

NAMED = 2
"""How many lines a sentence names; of more it says how many."""


class Priority(NamedTuple):
    """Something to look at first, and the first row of what it is about."""

    sentence: str
    target: Target
