"""A return's rows packed into little room: to be sent by the process that read them, and held for thousands of files.

They are held column by column, as the tables that are made of them are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from icsassess.domain.fields import LABEL_FIELDS, TYPED_FIELDS
from icsassess.returns.reading.rows.entry import Entry, EntryCells, ReadReturn, TypedRow

_SHORT = 64  # characters: texts up to this length are mostly said again and again
_LABELS = tuple(f"{name}_typed" for name in LABEL_FIELDS)
COLUMNS = ("sheet", "place", "ref", "own", "notes", "fill", *TYPED_FIELDS, *_LABELS, "said_in_labels", "rag_doubt")
"""What is kept of each entry; ``own`` and ``notes`` are tuples of texts."""
_TYPED, _LABELLED = itemgetter(*TYPED_FIELDS), itemgetter(*LABEL_FIELDS)
_PLACES = COLUMNS.index("place")
_NO_TEXTS = ("place", "own", "notes", "said_in_labels")
_OF_TEXTS = tuple(number for number, name in enumerate(COLUMNS) if name not in _NO_TEXTS)


class PackedEntries(Iterable[Entry]):
    """Entries as columns; an :class:`Entry` is made again when somebody asks for one.

    The points that the entries' rows raised are the return's by now and are not kept a second time.
    """

    __slots__ = ("_columns", "_number")

    def __init__(self, entries: Sequence[Entry], places: Sequence[EntryCells]) -> None:
        self._columns: list[Sequence[Any]] = list(zip(*map(_row, entries, places), strict=True)) or [()] * len(COLUMNS)
        self._number = len(entries)

    def __len__(self) -> int:
        """Give the number of entries."""
        return self._number

    def __iter__(self) -> Iterator[Entry]:
        """Make the entries again, one after the other."""
        return map(_entry, zip(*self._columns, strict=True))

    def columns(self) -> dict[str, Sequence[Any]]:
        """Give what the entries hold, by the names in ``COLUMNS``."""
        return dict(zip(COLUMNS, self._columns, strict=True))

    def intern(self, interner: Interner) -> None:
        """Hold what many returns have in common once."""
        self._columns[_PLACES] = interner.places(self._columns[_PLACES])
        for number in _OF_TEXTS:
            self._columns[number] = interner.texts(self._columns[number])


class PackedRows(Mapping[str, "list[tuple[str, EntryCells]]"]):
    """A return's ``rows_of`` as three columns; what is asked for is made anew each time."""

    __slots__ = ("_places", "_refs", "_sheets")

    def __init__(self, rows_of: Mapping[str, list[tuple[str, EntryCells]]], places: Sequence[EntryCells]) -> None:
        self._refs = tuple(ref for ref, rows in rows_of.items() for _ in rows)
        self._sheets = tuple(sheet for rows in rows_of.values() for sheet, _ in rows)
        self._places: Sequence[EntryCells] = tuple(places)

    def intern(self, interner: Interner) -> None:
        """Hold what many returns have in common once."""
        self._places = interner.places(self._places)

    def opened(self) -> dict[str, list[tuple[str, EntryCells]]]:
        """Give the whole of it."""
        rows_of: dict[str, list[tuple[str, EntryCells]]] = {}
        for ref, sheet, place in zip(self._refs, self._sheets, self._places, strict=True):
            rows_of.setdefault(ref, []).append((sheet, place))
        return rows_of

    def __getitem__(self, ref: str) -> list[tuple[str, EntryCells]]:
        """Give the rows of a line."""
        return self.opened()[ref]

    def __iter__(self) -> Iterator[str]:
        """Give the lines."""
        return iter(dict.fromkeys(self._refs))

    def __len__(self) -> int:
        """Give the number of lines."""
        return len(set(self._refs))


class Interner:
    """Interning: equal short texts, and equal places of tables of the same layout, are held once for all returns."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._places: dict[tuple[int, int], EntryCells] = {}
        self._layouts: dict[tuple[tuple[str, int], ...], int] = {}

    def intern(self, read: ReadReturn) -> None:
        """Let a packed return hold what it has in common with those before as they do."""
        if isinstance(read.entries, PackedEntries) and isinstance(read.rows_of, PackedRows):
            read.entries.intern(self)
            read.rows_of.intern(self)

    def texts(self, texts: Sequence[str]) -> list[str]:
        """Give equal texts; a short one that came before is that very one."""
        interned = self._texts.setdefault
        return [interned(text, text) if len(text) <= _SHORT else text for text in texts]

    def places(self, places: Sequence[EntryCells]) -> list[EntryCells]:
        """Give equal places; one that came before is that very one.

        Where cells are merged from elsewhere, a place has addresses of its own and is no other's.
        """
        layouts: dict[int, int] = {}
        interned = []
        for place in places:
            if place.merged_from:
                interned.append(place)
                continue
            layout = layouts.get(id(place.columns))
            if layout is None:
                layout = self._layouts.setdefault(tuple(place.columns.items()), len(self._layouts))
                layouts[id(place.columns)] = layout
            interned.append(self._places.setdefault((place.row, layout), place))
        return interned


def columns_of(entries: Sequence[Entry] | PackedEntries) -> dict[str, Sequence[Any]]:
    """Give what entries hold as columns, by the names in ``COLUMNS``."""
    packed = entries if isinstance(entries, PackedEntries) else PackedEntries(entries, [e.row.place for e in entries])
    return packed.columns()


def rows_by_line(rows_of: Mapping[str, list[tuple[str, EntryCells]]]) -> Mapping[str, list[tuple[str, EntryCells]]]:
    """Give a return's ``rows_of`` in a form in which line after line can be asked for."""
    return rows_of.opened() if isinstance(rows_of, PackedRows) else rows_of


def pack(read: ReadReturn) -> ReadReturn:
    """Pack the entries of a return, and the places of its rows: most have no cell that is merged from elsewhere."""
    no_merges: dict[str, str] = {}
    light_places: dict[int, EntryCells] = {}

    def light(place: EntryCells) -> EntryCells:
        if place.merged_from:
            return place
        return light_places.setdefault(id(place), EntryCells(place.row, place.columns, no_merges))

    places = [light(place) for rows in read.rows_of.values() for _, place in rows]
    packed = PackedEntries(read.entries, [light(entry.row.place) for entry in read.entries])
    read.rows_of = PackedRows(read.rows_of, places)
    read.entries = packed  # type: ignore[assignment]  # to be gone through is all that is asked of it from here on
    return read


def _row(entry: Entry, place: EntryCells) -> tuple[Any, ...]:
    row = entry.row
    return (
        entry.sheet,
        place,
        entry.ref,
        tuple(row.own),
        tuple(row.notes),
        row.fill,
        *_TYPED(row.values),
        *_LABELLED(row.labels),
        row.label_remarks,
        row.rag_doubt,
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip(COLUMNS, row, strict=True))
    typed = TypedRow(
        values["place"],
        {name: values[column] for name, column in zip(LABEL_FIELDS, _LABELS, strict=True)},
        {name: values[name] for name in TYPED_FIELDS},
        values["fill"],
        list(values["own"]),
        list(values["notes"]),
        [],
        values["said_in_labels"],
        values["rag_doubt"],
    )
    return Entry(values["ref"], values["sheet"], typed)
