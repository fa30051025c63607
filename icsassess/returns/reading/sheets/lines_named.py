"""Which lines the rows of tables name, to see whether two sheets or tables hold the same ones."""

from __future__ import annotations

from collections.abc import Iterable

from icsassess.domain.framework import Framework
from icsassess.returns.matching.line_titles import ref_as_typed
from icsassess.returns.reading.tables.table import LocatedTable

_ENOUGH = 3
_MOSTLY = 0.6


def lines_named(tables: Iterable[LocatedTable], framework: Framework) -> set[str]:
    """Give what the rows of rated tables stand for: Refs, or the titles as typed where there are none."""
    lines: set[str] = set()
    for table in tables:
        names_lines = "ref" in table.columns or {"statement", "category"} <= table.columns.keys()
        if "rag" not in table.columns or table.is_partial or not names_lines:
            continue
        places = [table.columns[name] for name in ("ref", "statement", "category") if name in table.columns]
        for row in table.rows:
            texts = [table.sheet.text(row, column) for column in places]
            ref = ref_as_typed(framework, texts[0]) if texts and texts[0] else None
            if ref or (texts and all(texts)):
                lines.add(ref or " | ".join(texts))
    return lines


def shares_lines(one: set[str], other: set[str]) -> bool:
    """Tell whether two sets of lines are mostly the same."""
    shared = len(one & other)
    return shared >= _ENOUGH and shared >= _MOSTLY * min(len(one), len(other))
