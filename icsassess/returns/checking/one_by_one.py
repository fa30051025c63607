"""The rules run record by record, without any data frame library: for a few files, or where pandera is not installed.

The predicates are those that ``checking.by_pandera`` runs; a test holds that both give the same points.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from icsassess.returns.checking.rules.rule import Context, Record, Rule

Broken = Iterator[tuple[Rule[Any], Record]]
Runner = Callable[[Sequence[Rule[Any]], Sequence[Record], Context], Broken]
"""Checks records of one kind by rules for that kind; gives each broken rule with each record that breaks it."""


def one_by_one(rules: Sequence[Rule[Any]], records: Sequence[Record], context: Context) -> Broken:
    """Give each broken rule with each record that breaks it: rule after rule, the records in their order."""
    for rule in rules:
        for record in records:
            if not rule.holds(record, context):
                yield rule, record
