"""The OLE file around an .xls: finding one stream in it ([MS-CFB], the compound file format)."""

from __future__ import annotations

import struct

_FREE = 0xFFFFFFFA  # sector numbers from here on mean 'none' ([MS-CFB] 2.1)
_ENTRY = 128  # bytes of an entry of the directory
_SMALL = 4096  # shorter streams lie in the mini stream ([MS-CFB] 2.2)
_ROOT = 5  # type of the root's entry ([MS-CFB] 2.6.1)
_HEADER_SECTORS = 109  # sectors of the allocation table that the header lists

OLE_ERRORS = (struct.error, IndexError, ValueError)
"""What damaged files make these functions raise."""


class OleFile:
    """Finds streams by their name. Every method may raise one of OLE_ERRORS."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("no sector sizes that exist")
        self._size = 1 << shift
        directory, mini_table = struct.unpack_from("<I8xI", data, 48)
        self._table = self._numbers(self._table_sectors())
        self._mini_table = self._numbers(self._chain(mini_table, self._table))
        self._directory = self._joined(self._chain(directory, self._table))

    def _table_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", self._data, 76))
        more = struct.unpack_from("<I", self._data, 68)[0]
        most = len(self._data) // self._size + 1
        while more < _FREE and len(sectors) <= most:
            numbers = self._numbers([more])
            sectors += numbers[:-1]
            more = numbers[-1]
        return [sector for sector in sectors if sector < _FREE]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _joined(self, sectors: list[int]) -> bytes:
        return b"".join(self._sector(sector) for sector in sectors)

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        joined = self._joined(sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _chain(self, first: int, table: tuple[int, ...]) -> list[int]:
        """Give the sectors that follow one another from the first. Raises ValueError for a circle."""
        chain: list[int] = []
        while first < _FREE:
            if len(chain) > len(table):
                raise ValueError("sectors in a circle")
            chain.append(first)
            first = table[first]
        return chain

    def stream(self, *names: str) -> bytes:
        """Give the first stream with one of these names. Raises ValueError if there is none."""
        mini_stream = b""
        for start in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            entry = self._directory[start : start + _ENTRY]
            length, sort = struct.unpack_from("<HB", entry, 64)
            first, size = struct.unpack_from("<II", entry, 116)
            if sort == _ROOT:
                mini_stream = self._joined(self._chain(first, self._table))
            if entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace") not in names:
                continue
            if size >= _SMALL:
                return self._joined(self._chain(first, self._table))[:size]
            pieces = (mini_stream[number * 64 : number * 64 + 64] for number in self._chain(first, self._mini_table))
            return b"".join(pieces)[:size]
        raise ValueError("no such stream")
