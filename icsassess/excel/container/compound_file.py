"""The list of what an OLE file holds, as Office wrote them until 2003 and Outlook still does ([MS-CFB])."""

import struct

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # 2.2
_ENTRY = 128  # bytes of a directory entry (2.6.1)
_NO_SIBLING = 0xFFFFFFFF
_LAST_REGULAR = 0xFFFFFFFA  # the largest number that a sector may have (2.1)
_MOST_ENTRIES = 100_000
OLE_ERRORS = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, RecursionError, OverflowError)
"""What olefile raises on damaged files; its own errors are OSErrors."""


def is_compound(data: bytes) -> bool:
    """Say whether a file is an OLE file."""
    return data.startswith(_SIGNATURE)


def lists_stream(data: bytes, *names: str) -> bool:
    """Say whether an OLE file holds one of these on its top level, whatever their capitals (2.6.4).

    What lies deeper does not count: a workbook that is attached to a mail makes no workbook of the mail. Where the
    directory is damaged, a name that stands anywhere in it counts.
    """
    if not is_compound(data):
        return False
    listed = _top_level(data)
    if listed is None:
        return any(_stands_somewhere(data, name) for name in names)
    return any(name.upper() in listed for name in names)


def _top_level(data: bytes) -> frozenset[str] | None:
    """Give the names on the top level, in capitals, and 'ROOT ENTRY'; None where the directory is damaged."""
    directory = _directory(data)
    if directory is None or len(directory) < _ENTRY:
        return None
    names = {_name(directory[:_ENTRY])}
    waiting, seen = [_number(directory, 76)], set[int]()  # the root's child, and then siblings (2.6.1)
    while waiting:
        entry = waiting.pop()
        if entry == _NO_SIBLING or entry in seen:
            continue
        at = entry * _ENTRY
        if at + _ENTRY > len(directory) or len(seen) > _MOST_ENTRIES:
            return None
        seen.add(entry)
        names.add(_name(directory[at : at + _ENTRY]))
        waiting += [_number(directory, at + 68), _number(directory, at + 72)]
    return frozenset(names)


def _directory(data: bytes) -> bytes | None:
    """Give the sectors of the directory, one after the other; None where their chain is broken."""
    size = 1 << min(int.from_bytes(data[30:32], "little"), 20)
    if size < 512 or len(data) < 512:
        return None
    table = _allocation_table(data, size)
    sector, pieces, seen = _number(data, 48), [], set[int]()
    while sector <= _LAST_REGULAR:
        piece = data[(sector + 1) * size : (sector + 2) * size]
        if sector in seen or not piece or len(seen) * size > _MOST_ENTRIES * _ENTRY or sector * 4 + 4 > len(table):
            return None
        seen.add(sector)
        pieces.append(piece)
        sector = _number(table, sector * 4)
    return b"".join(pieces)


def _allocation_table(data: bytes, size: int) -> bytes:
    """Give the table that says which sector follows which (2.3), from the list in the header and its continuation."""
    sectors = [_number(data, at) for at in range(76, 512, 4)]
    more, seen = _number(data, 68), set[int]()
    while more <= _LAST_REGULAR and more not in seen and (more + 2) * size <= len(data):
        seen.add(more)
        start = (more + 1) * size
        sectors += [_number(data, at) for at in range(start, start + size - 4, 4)]
        more = _number(data, start + size - 4)
    used = [sector for sector in sectors if sector <= _LAST_REGULAR][: len(data) // size]
    return b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in used)


def _name(entry: bytes) -> str:
    length = min(int.from_bytes(entry[64:66], "little"), 64)
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace").upper()


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _stands_somewhere(data: bytes, name: str) -> bool:
    """Say whether an entry with a name stands anywhere; its length in bytes, with the final zero, stands at 64."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    length = len(wanted).to_bytes(2, "little")
    at = data.find(wanted, 512)
    while at >= 0:
        if at % _ENTRY == 0 and data[at + 64 : at + 66] == length:
            return True
        at = data.find(wanted, at + 1)
    return False
