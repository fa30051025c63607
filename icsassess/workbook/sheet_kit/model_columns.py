"""The columns of a register that repeats a table of the merge, as the table's model describes them."""

from __future__ import annotations

from collections.abc import Mapping

from icsassess.excel.writing.model import styles
from icsassess.excel.writing.model.styles import CellStyle
from icsassess.excel.writing.sheet import Column
from icsassess.tables.models import Table

HIDDEN = frozenset({"place"})
"""Columns that only the program uses: a way to compute addresses, no text."""
_USUAL_WIDTH = 20.0


def model_columns(model: type[Table], widths: Mapping[str, float]) -> list[Column]:
    """Give a column for each of the model's, in its order; ``widths`` in characters, by the column's name."""
    return [
        Column(str(schema.title), widths.get(name, _USUAL_WIDTH), _style(name, str(schema.dtype)))
        for name, schema in model.to_schema().columns.items()
        if name not in HIDDEN
    ]


def _style(name: str, kind: str) -> CellStyle:
    if kind.startswith("datetime"):
        return styles.DATE
    if kind.startswith("int"):
        return styles.NUMBER.with_(right=False, centred=True)
    return styles.CELL_BOLD if name in ("ref", "severity", "state", "rating") else styles.CELL
