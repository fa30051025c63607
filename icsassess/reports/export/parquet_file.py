"""A table as Parquet, with its columns' types and meanings in the file: needs the extra ``parquet``."""

from __future__ import annotations

import io

from icsassess.domain.problems import Refusal, make_problem
from icsassess.reports.export.tidy_tables import TidyTable


def as_parquet(table: TidyTable) -> bytes:
    """Give the table as Parquet; the same table gives the same bytes with the same version of pyarrow.

    Raises ``Refusal`` where the extra is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise Refusal(make_problem("parquet-library-missing")) from error
    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    fields = [
        pyarrow.field(
            column.name, types[column.kind], metadata={"title": column.title, "description": column.description}
        )
        for column in table.columns
    ]
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(fields)
    arrays = [pyarrow.array(list(values), type=field.type) for values, field in zip(columns, fields, strict=True)]
    schema = pyarrow.schema(fields, metadata={"description": table.description})
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(arrays, schema=schema), out)
    return out.getvalue()
