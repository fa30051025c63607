"""The ZIP archive around the parts: every program must find the same parts in it, under the same names.

What a local header says beside the directory, or a further field of an entry, one program goes by and another does not
(PKWARE APPNOTE 4.3.7, 4.5 and 4.6.9).
"""

import io
import struct
import zipfile
from collections.abc import Iterator

from icsassess.excel.container.zip_package import ZIP_ERRORS
from icsassess.excel.strict.oddity import Oddity

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_DESCRIPTOR_FOLLOWS = 0x08
_HARMLESS_FIELDS = {0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xA220}
"""Sizes beyond 4 GiB, times, owners, and the room that Excel leaves for growing (ECMA-376 part 2, annex B)."""
_LONGEST_COMMENT = 0


def in_archive(data: bytes) -> Iterator[Oddity]:
    """Give what is odd about the archive and its entries."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        yield Oddity("", "its ZIP archive is damaged")
        return
    if len(archive.comment) > _LONGEST_COMMENT:
        yield Oddity("", "its ZIP archive has a comment")
    names: set[str] = set()
    end = 0
    for entry in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if entry.filename.lower() in names:
            yield Oddity(entry.filename, "the part stands twice in the archive")
        names.add(entry.filename.lower())
        if entry.header_offset < end:
            yield Oddity(entry.filename, "the part overlaps another in the archive")
        yield from _entry(data, entry)
        end = entry.header_offset + _LOCAL_HEADER.size + entry.compress_size
    first = min((entry.header_offset for entry in archive.infolist()), default=0)
    if first:
        yield Oddity("", "something stands in front of its ZIP archive")


def _entry(data: bytes, entry: zipfile.ZipInfo) -> Iterator[Oddity]:
    if entry.filename != entry.orig_filename or not entry.filename.isascii() or "\\" in entry.filename:
        yield Oddity(entry.filename, "its name can be read in two ways")
    if _odd_fields(entry.extra):
        yield Oddity(entry.filename, "the archive has further fields for it, such as another name")
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or header[:4] != _LOCAL_SIGNATURE:
        yield Oddity(entry.filename, "its header in the archive is damaged")
        return
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start = entry.header_offset + _LOCAL_HEADER.size
    name = data[start : start + name_length]
    extra = data[start + name_length : start + name_length + extra_length]
    sizes_differ = (crc, packed, size) != (entry.CRC, entry.compress_size, entry.file_size)
    if flags & _DESCRIPTOR_FOLLOWS or _has_large_sizes(extra):
        sizes_differ = False  # this header does not have them
    if name != entry.orig_filename.encode("utf-8") or method != entry.compress_type or sizes_differ:
        yield Oddity(entry.filename, "its two headers in the archive differ")
    if _odd_fields(extra):
        yield Oddity(entry.filename, "the archive has further fields for it, such as another name")


def _fields(extra: bytes) -> Iterator[int]:
    """Give the kind of each further field; -1 for what is none."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        yield kind if len(extra) >= 4 + length else -1
        extra = extra[4 + length :]
    if extra.strip(b"\0"):
        yield -1


def _odd_fields(extra: bytes) -> bool:
    return any(kind not in _HARMLESS_FIELDS for kind in _fields(extra))


def _has_large_sizes(extra: bytes) -> bool:
    return 0x0001 in set(_fields(extra))
