"""The rules run by pandera: all of one table in one lazy pass, a Boolean column for each rule."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from icsassess.returns.checking.one_by_one import Broken
from icsassess.returns.checking.rules.rule import Context, Record, Rule
from icsassess.tables.models import Entries, ReturnLines, Table, TypedEntries
from icsassess.tables.records import Entry, ReturnLine, TypedEntry
from icsassess.tables.validation import validate

_MODELS: dict[type[Record], type[Table]] = {TypedEntry: TypedEntries, Entry: Entries, ReturnLine: ReturnLines}


def by_pandera(rules: Sequence[Rule[Any]], records: Sequence[Record], context: Context) -> Broken:
    """Validate records by their model, then give each broken rule with each record that breaks it.

    Every rule sees every record: pandera validates lazily and names the column (the rule) and the index (the record) of
    each failure. Raises ``NotAsDescribed`` where records do not keep what their model says.
    """
    if not records:
        return
    validate(_MODELS[type(records[0])], records)
    # A code alone does not tell: the rules for two date columns share theirs.
    by_name = {f"{number} {rule.code}": rule for number, rule in enumerate(rules)}
    flags = pd.DataFrame({name: np.array(rule.keep(records, context), dtype=bool) for name, rule in by_name.items()})
    try:
        _schema(tuple(by_name)).validate(flags, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for name, failing in errors.failure_cases.groupby("column", sort=False):
            rule = by_name[str(name)]
            for index in sorted(failing["index"].tolist()):
                yield rule, records[index]


@cache
def _schema(names: tuple[str, ...]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({name: pa.Column(bool, pa.Check.eq(True)) for name in names})
