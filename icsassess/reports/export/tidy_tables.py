"""The tables that are handed to other tools: which they are, their columns, and their rows of plain values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

from icsassess.assessment.merging.model import Merged
from icsassess.domain.personal_data import mask
from icsassess.support.text import clean
from icsassess.tables.models import Actions, Entries, Gaps, Lines, PartnerLines, Returns, Table
from icsassess.tables.models.exported import Events, Origins

Kind = Literal["string", "integer", "boolean", "date"]
"""The types of Table Schema (Frictionless Data) that the columns have."""
Value = str | int | bool | datetime.date | None
Row = list[Value]
_PLACE = "place"
"""A record's way to its cells, which is no value."""


class ExportedColumn(NamedTuple):
    """A column as its model describes it: field, title, meaning, type, the permitted words, and if it is a key."""

    name: str
    title: str
    description: str
    kind: Kind
    words: tuple[str, ...]
    is_key: bool


class TidyTable(NamedTuple):
    """A table: its name, which is the file's, what a row is, its columns, and its rows."""

    name: str
    description: str
    columns: tuple[ExportedColumn, ...]
    rows: list[Row]

    @property
    def key(self) -> list[str]:
        """The columns that together tell a row from every other; empty where no column of the model does."""
        own = [column.name for column in self.columns if column.is_key]
        return ["locality", "framework", *own] if own else []


@dataclass(frozen=True)
class _Source:
    model: type[Table]
    records: Callable[[Merged], Sequence[Any]] = field(repr=False)


def _events(merged: Merged) -> Sequence[Any]:
    return merged.changes.changes if merged.changes else []


_SOURCES: Mapping[str, _Source] = {
    "lines": _Source(Lines, lambda merged: merged.lines),
    "partner_ratings": _Source(PartnerLines, lambda merged: merged.partner_lines),
    "entries": _Source(Entries, lambda merged: merged.entries),
    "gaps": _Source(Gaps, lambda merged: merged.gaps),
    "actions": _Source(Actions, lambda merged: merged.actions),
    "events": _Source(Events, _events),
    "returns": _Source(Returns, lambda merged: merged.returns),
}
NAMES = tuple(_SOURCES)
"""The names of the tables, in the order in which they are listed."""


def tidy_tables(localities: Sequence[tuple[str, Merged]]) -> list[TidyTable]:
    """Give the tables over one merge or several, each with its locality's name.

    Every row says first whose it is; lists are joined with semicolons; NHS numbers are masked.
    """
    return [
        TidyTable(
            name,
            _first_sentence(source.model),
            (*columns_of(Origins), *columns_of(source.model)),
            [row for label, merged in localities for row in _rows(label, merged, source)],
        )
        for name, source in _SOURCES.items()
    ]


@cache
def columns_of(model: type[Table]) -> tuple[ExportedColumn, ...]:
    """Give a model's columns that hold values."""
    return tuple(
        ExportedColumn(
            name,
            str(column.title),
            str(column.description),
            _kind(str(column.dtype)),
            tuple(word for check in column.checks for word in check.statistics.get("allowed_values", ()) if word),
            bool(column.unique),
        )
        for name, column in model.to_schema().columns.items()
        if name != _PLACE
    )


def _kind(dtype: str) -> Kind:
    if dtype.startswith("datetime"):
        return "date"
    if dtype.startswith("int"):
        return "integer"
    return "boolean" if dtype.startswith("bool") else "string"


def _first_sentence(model: type[Table]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def _rows(label: str, merged: Merged, source: _Source) -> Iterator[Row]:
    origin: Row = [label, merged.locality.framework.id, merged.as_at]
    names = [column.name for column in columns_of(source.model)]
    for record in source.records(merged):
        yield [*origin, *(_plain(getattr(record, name)) for name in names)]


def _plain(value: object) -> Value:
    if isinstance(value, tuple):
        return mask(clean("; ".join(": ".join(part) if isinstance(part, tuple) else str(part) for part in value)))
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, datetime.date):
        return value
    return mask(clean(str(value)))
