"""Tables that hold a part of a return's table, by Ref: a list of actions, a sheet of comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from icsassess.domain.fields import TYPED_FIELDS
from icsassess.domain.framework import Framework
from icsassess.excel.cells.model import Sheet
from icsassess.returns.matching.headings import exact_field, match_heading
from icsassess.returns.matching.line_titles import ref_as_typed
from icsassess.returns.reading.tables.locate import texts_by_row
from icsassess.returns.reading.tables.table import LocatedTable, table_from_headings
from icsassess.returns.template.model import ReturnTemplate

_MOSTLY = 0.5
_ENOUGH = 2
_LOWEST_HEADING = 15


def partial_tables(sheet: Sheet, template: ReturnTemplate, framework: Framework) -> Iterator[LocatedTable]:
    """Give the table of a sheet that has a Ref and at least one column of the return, and whose rows name lines."""
    rows = texts_by_row(sheet)
    for number, texts in list(rows.items())[:_LOWEST_HEADING]:
        refs = [column for column, text in texts.items() if exact_field(template, text) == "ref"]
        fields = {match.field for text in texts.values() if (match := match_heading(template, text))}
        if not refs or not fields & set(TYPED_FIELDS):
            continue
        below = [row for row in rows if row > number]
        naming = [row for row in below if ref_as_typed(framework, rows[row].get(refs[0], ""))]
        if len(naming) < _ENOUGH or len(naming) < _MOSTLY * len(below):
            continue
        table = table_from_headings(sheet, template, (number, number), texts, (min(texts), max(texts)))
        table.rows.extend(below)
        yield replace(table, is_partial=True)
        return
