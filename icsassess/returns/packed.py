"""Entries packed into little room: to be sent by the process that read them, and to be held for thousands of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, overload

from icsassess.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.returns.entry import Entry, Place, ReadReturn, TypedRow

if TYPE_CHECKING:
    from typing import Any

_SHORT = 64  # characters: texts up to this length are mostly said again and again
_VALUES = slice(6, 6 + len(TYPED_FIELDS))
_LABELS = slice(_VALUES.stop, _VALUES.stop + len(LABEL_FIELDS))


class PackedEntries(Sequence[Entry]):
    """Entries as plain rows; an :class:`Entry` is made again when somebody asks for one.

    The points that the entries' rows raised are the return's by now and are not kept a second time.
    """

    __slots__ = ("_number", "_rows")

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._number = len(rows)

    def __len__(self) -> int:
        """Give the number of entries, also once they were let go."""
        return self._number

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        """Give an entry, or several."""
        return [_entry(row) for row in self._rows[index]] if isinstance(index, slice) else _entry(self._rows[index])

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """Give the entries as :func:`rows_of` does."""
        return self._rows

    def let_go(self) -> None:
        """Keep no more than how many there are: the tables hold the rest."""
        self._rows = []

    def share_texts(self, known: dict[str, str]) -> None:
        """Hold every short text once, whatever the number of entries and files that say it."""
        self._rows = [
            tuple(known.setdefault(part, part) if type(part) is str and len(part) <= _SHORT else part for part in row)
            for row in self._rows
        ]


def rows_of(entries: Sequence[Entry]) -> Iterable[tuple[Any, ...]]:
    """Give for each entry a row: sheet, place, line, own columns, notes, colour, typed fields, and the rest."""
    return entries.rows() if isinstance(entries, PackedEntries) else map(_row, entries)


def pack(read: ReadReturn) -> ReadReturn:
    """Pack the entries of a return, and the places of its rows: most have no cell that is merged from elsewhere."""
    nothing_moved: dict[str, str] = {}
    known: dict[int, Place] = {}

    def light(place: Place) -> Place:
        if place.moved:
            return place
        return known.setdefault(id(place), Place(place.row, place.columns, nothing_moved))

    packed = PackedEntries([_row(entry, light(entry.row.place)) for entry in read.entries])
    read.rows_of = {ref: [(sheet, light(place)) for sheet, place in there] for ref, there in read.rows_of.items()}
    read.entries = packed  # type: ignore[assignment]  # a sequence is all that is asked of it from here on
    return read


def _row(entry: Entry, place: Place | None = None) -> tuple[Any, ...]:
    row = entry.row
    return (
        entry.sheet,
        place or row.place,
        entry.ref,
        tuple(row.own),
        tuple(row.notes),
        row.fill,
        *(row.values[name] for name in TYPED_FIELDS),
        *(row.labels[name] for name in LABEL_FIELDS),
        row.said_in_labels,
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    sheet, place, ref, own, notes, fill, *_ = row
    values = dict(zip(TYPED_FIELDS, row[_VALUES], strict=True))
    labels = dict(zip(LABEL_FIELDS, row[_LABELS], strict=True))
    return Entry(ref, sheet, TypedRow(place, labels, values, fill, list(own), list(notes), [], row[-1]))
