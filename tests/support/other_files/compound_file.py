"""Writes OLE files ([MS-CFB]): small ones, with all that a reader looks at."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Storage = Mapping[str, "bytes | Storage"]


def compound_file(content: Storage) -> bytes:
    """Give an OLE file: streams are bytes, storages are mappings."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]

    def add(storage: Storage, parent: int) -> None:
        for name, value in storage.items():
            number = len(entries)
            entries[parent][3].append(number)
            if isinstance(value, bytes):
                entries.append((name, 2, value, []))
            else:
                entries.append((name, 1, b"", []))
                add(value, number)

    add(content, 0)
    table: list[int] = []
    body: list[bytes] = []

    def store(data: bytes) -> int:
        pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
        first = len(table)
        table.extend(range(first + 1, first + len(pieces)))
        table.append(_END)
        body.extend(pieces)
        return first

    small, chains = b"", list[int]()
    starts: dict[int, int] = {}
    for number, (_, kind, data, _) in enumerate(entries):
        if kind == 2 and len(data) >= _CUTOFF:
            starts[number] = store(data)
        elif kind == 2 and data:
            starts[number] = len(chains)
            pieces = -(-len(data) // _MINI)
            chains += [*range(len(chains) + 1, len(chains) + pieces), _END]
            small += data.ljust(pieces * _MINI, b"\0")
    starts[0] = store(small) if small else _END
    chain_sectors = -(-len(chains) // 128)
    packed_chains = struct.pack(f"<{len(chains)}I", *chains).ljust(chain_sectors * _SECTOR, b"\xff")
    chain_start = store(packed_chains) if chains else _END
    directory = b"".join(
        _entry(entries, number, starts.get(number, _END), len(small)) for number in range(len(entries))
    )
    directory_start = store(directory)
    tables = 1
    while tables * 128 < len(table) + tables:
        tables += 1
    table_start = len(table)
    table += [_TABLE] * tables
    table += [_FREE] * (tables * 128 - len(table))
    listed = [*range(table_start, table_start + tables), *[_FREE] * (109 - tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, directory_start, 0, _CUTOFF, chain_start, chain_sectors, _END, 0)
    header += struct.pack("<109I", *listed)
    return header + b"".join(body) + struct.pack(f"<{len(table)}I", *table)


def _entry(entries: list[tuple[str, int, bytes, list[int]]], number: int, start: int, small: int) -> bytes:
    """A directory entry; siblings hang one on the other's right, in the order that [MS-CFB] 2.6.4 wants."""
    name, kind, data, children = entries[number]
    right = _FREE
    for _, _, _, siblings in entries:
        if number in siblings:
            ordered = sorted(siblings, key=lambda sibling: (len(entries[sibling][0]), entries[sibling][0].upper()))
            at = ordered.index(number)
            right = ordered[at + 1] if at + 1 < len(ordered) else _FREE
    child = min(children, key=lambda each: (len(entries[each][0]), entries[each][0].upper())) if children else _FREE
    size = small if kind == 5 else len(data)
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
