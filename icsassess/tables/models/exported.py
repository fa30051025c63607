"""What is handed to other tools beside the tables of a merge: whose rows they are, and what moved."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from icsassess.tables.models.table import Table


class Origins(Table):
    """The columns that stand first in each table that is handed on: whose rows these are, and of when."""

    locality: Series[str] = pa.Field(title="Locality", description="The locality's name.")
    framework: Series[str] = pa.Field(
        title="Framework", description="Id of the framework that the locality assesses itself against."
    )
    as_at: Series[pd.Timestamp] = pa.Field(title="As at", description="The day that everything is reckoned from.")


class Events(Table):
    """One row for each movement since the merge before, with what caused it."""

    kind: Series[str] = pa.Field(title="Kind", description="What happened, such as rating fell.")
    cause: Series[str] = pa.Field(title="Cause", description="What moved it: a return, a partner, the group, or time.")
    sentence: Series[str] = pa.Field(title="In words", description="What happened, in a sentence.")
    ref: Series[str] = pa.Field(title="Ref", description="The line; empty where it is about none.")
    partner: Series[str] = pa.Field(title="Partner", description="Code of the partner; empty where it is about none.")
    was: Series[str] = pa.Field(title="Was", description="What stood there before; empty for nothing.")
    current: Series[str] = pa.Field(title="Is", description="What stands there; empty for nothing.")
    action: Series[str] = pa.Field(title="Action", description="Name of the action; empty where it is about none.")
    file: Series[str] = pa.Field(title="File", description="The return; empty where it is about none.")
