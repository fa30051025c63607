"""The description of the files as a Data Package with a Table Schema for each (Frictionless Data, version 1)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from icsassess.reports.export.tidy_tables import ExportedColumn, TidyTable
from icsassess.version import VERSION

NAME = "datapackage.json"
"""What tools that know Data Packages look for."""
_ABOUT = (
    "Lists in a cell are joined with semicolons. In the CSV files an apostrophe stands before whatever a spreadsheet "
    "would take for a formula. NHS numbers are masked. The ratings say how good the evidence held is; they are not "
    "CQC's ratings."
)


def data_package(tables: Sequence[TidyTable], title: str) -> bytes:
    """Give the package's description: each file, each column with its title, meaning, type and permitted words."""
    package = {
        "profile": "tabular-data-package",
        "name": "icsassess-export",
        "title": title,
        "description": _ABOUT,
        "version": VERSION,
        "resources": [_resource(table) for table in tables],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _resource(table: TidyTable) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = table.key
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: ExportedColumn) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "title": column.title,
        "type": column.kind,
        "description": column.description,
    }
    if column.words:
        described["constraints"] = {"enum": list(column.words)}
    return described
