"""What a rule is, and how a table is checked by many of them in one pass of pandera."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from icsassess.domain.framework import Framework
from icsassess.domain.problems import Problem, point
from icsassess.domain.rag import Vocabulary
from icsassess.returns.template.compatibility import is_beside_the_point
from icsassess.tables.models import Entries, ReturnLines, TypedEntries
from icsassess.tables.rows import each_row


class Context(NamedTuple):
    """What rules need to know beside their table: the framework, the ratings, and the words for an action's status."""

    framework: Framework
    statuses: dict[str, tuple[str, ...]]
    titles: dict[str, str]
    vocabulary: Vocabulary


Holds = Callable[[pd.DataFrame, Context], "pd.Series[bool]"]
WordsOf = Callable[[Any, Context], dict[str, Any]]


def _no_words(row: Any, context: Context) -> dict[str, Any]:
    return {}


class Rule(NamedTuple):
    """A rule over the rows of a table.

    ``holds`` gives a Boolean for each row, True where the rule holds; ``field`` names the column whose cell is at
    fault; ``words_of`` gives what fills in the message for a row (a named tuple) that breaks it.
    """

    code: str
    table: type[TypedEntries] | type[Entries] | type[ReturnLines]
    field: str
    holds: Holds
    words_of: WordsOf = _no_words


def broken(rules: Sequence[Rule], table: pd.DataFrame, context: Context) -> Iterator[tuple[Rule, pd.Index]]:
    """Check a table by all of its rules at once; give each broken rule with the index of the rows that break it.

    Every rule gets to see every row (pandera validates lazily). A check that raises is a mistake in the program and
    is raised again: it must never hide what the other rules find.
    """
    # A code alone does not tell: the rules for two date columns share theirs.
    by_name = {f"{number} {rule.code}": rule for number, rule in enumerate(rules)}
    kept: dict[str, pd.Series[bool]] = {}
    checks = [_check(rule, context, name, kept) for name, rule in by_name.items()]
    schema = pa.DataFrameSchema(checks=checks, strict=False)
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            name = str(error.check.name)
            if name not in kept:
                raise
            yield by_name[name], table.index[~kept[name].to_numpy()]


def _check(rule: Rule, context: Context, name: str, kept: dict[str, pd.Series[bool]]) -> pa.Check:
    """Give a rule as a check of pandera's; which rows keep it goes into ``kept``.

    pandera hears whether all do: given the rows, it would put every one that breaks a rule into words nobody reads.
    """

    def holds(table: pd.DataFrame) -> bool:
        kept[name] = rule.holds(table, context)
        return bool(kept[name].all())

    # Null values are the rule's own business: pandera would else leave rows with any of them out.
    return pa.Check(holds, name=name, ignore_na=False)


def points(
    rules: Sequence[Rule],
    table: pd.DataFrame,
    context: Context,
    never_asked: Mapping[str, frozenset[str]] | None = None,
) -> Iterator[Problem]:
    """Give the points that a table raises, each at the cell of its rule's field, or at none where there is no row.

    ``never_asked`` has by file the fields and lines that a return's template has no place for: it is not blamed for
    those.
    """
    left_out = never_asked or {}
    for rule, index in broken(rules, table, context):
        for row in each_row(table.loc[index]):
            if is_beside_the_point(rule.code, rule.field, row.ref, left_out.get(row.file, frozenset())):
                continue
            yield point(
                rule.code,
                file=row.file,
                partner=row.partner,
                sheet=row.sheet or None,
                cell=row.place.cell(rule.field) if row.place is not None else None,
                ref=row.ref,
                **rule.words_of(row, context),
            )


def each(values: pd.Series[Any], test: Callable[[Any], bool]) -> pd.Series[bool]:
    """Apply a test to every value of a column; equal values are tested once."""
    numbers, known = pd.factorize(values, use_na_sentinel=False)
    return pd.Series(np.array([test(value) for value in known.tolist()], dtype=bool)[numbers], index=values.index)
