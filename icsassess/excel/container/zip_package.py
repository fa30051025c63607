"""The ZIP package around an .xlsx, .xlsb or .ods: its parts, unpacked within bounds and never onto the disk."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import MEBIBYTE, Meter, Remarks

_CHUNK = 64 * 1024
_ENTRY_SIGNATURE = b"PK\x01\x02"  # of each entry of the central directory (PKWARE APPNOTE 4.3.12)
_END_SIGNATURE = b"PK\x05\x06"  # of the end of the central directory (PKWARE APPNOTE 4.3.16)
_ENCRYPTED = 0x1  # flag bits 0 and 6 (PKWARE APPNOTE 4.4.4)
_STRONGLY_ENCRYPTED = 0x40
_DRIVE = re.compile(r"[A-Za-z]:")
_ROOT_FOLDERS = ("xl/", "docprops/", "_rels/", "customxml/", "[content_types].xml", "meta-inf/")

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,  # includes UnicodeError
    OverflowError,
    IndexError,
    KeyError,
)
"""What zipfile raises on damaged files (struct.error, which it turns into BadZipFile, left out)."""


def fold_name(name: str) -> str:
    """Give the form in which part names are compared: case and slashes do not matter (ECMA-376 part 2, 6.2.2.3)."""
    return name.replace("\\", "/").lstrip("/").lower()


def open_archive(data: bytes, meter: Meter) -> zipfile.ZipFile:
    """Look at the list of a ZIP file's parts; nothing is unpacked yet. Raises Unreadable."""
    if data.count(_ENTRY_SIGNATURE) > meter.limits.parts:
        raise Unreadable(Reason.TOO_LARGE, f"it has more than {meter.limits.parts:,} parts")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        if _END_SIGNATURE not in data:
            raise Unreadable(Reason.CUT_OFF, "its end is missing") from error
        raise Unreadable(Reason.DAMAGED, "the list of its parts is damaged") from error


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Say whether a part needs a password."""
    return bool(entry.flag_bits & (_ENCRYPTED | _STRONGLY_ENCRYPTED))


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, meter: Meter, allowed: int) -> Iterator[bytes]:
    """Unpack a part piece by piece, at most so many bytes of it. Raises Unreadable if it is damaged or too large."""
    limits = meter.limits
    _check_size(name, entry.file_size, allowed)
    if entry.file_size > limits.ratio_from and entry.file_size > entry.compress_size * limits.ratio:
        raise Unreadable(Reason.TOO_LARGE, f"{_shown(name)} unpacks to more than {limits.ratio} times its size")
    return _unpack(archive, entry, name, meter, allowed)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, meter: Meter, allowed: int) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                size += len(chunk)
                meter.unpacked(len(chunk))
                meter.check_time()
                _check_size(name, size, allowed)
                yield chunk
    except ZIP_ERRORS as error:
        raise Unreadable(Reason.DAMAGED, f"the part {_shown(name)} is damaged") from error
    if size != entry.file_size:
        raise Unreadable(Reason.DAMAGED, f"the part {_shown(name)} is not complete")


class Package:
    """The parts of a package, by name."""

    def __init__(self, data: bytes, meter: Meter, remarks: Remarks) -> None:
        """Look at the list of parts; nothing is unpacked yet. Raises Unreadable."""
        self._meter = meter
        self._remarks = remarks
        self._archive = open_archive(data, meter)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._archive.infolist():
            self._enlist(entry)

    def _enlist(self, entry: zipfile.ZipInfo) -> None:
        name = fold_name(entry.filename)
        if not name or name.endswith("/"):
            return
        if ".." in name.split("/") or _DRIVE.match(name) or "\0" in entry.orig_filename:
            raise Unreadable(Reason.UNSAFE, "a part's name leads out of the file")
        if entry.filename.startswith(("/", "\\")) and not name.startswith(_ROOT_FOLDERS):
            raise Unreadable(Reason.UNSAFE, "a part's name leads out of the file")
        if is_encrypted(entry):
            raise Unreadable(Reason.UNSAFE, "parts of it are encrypted")
        earlier = self._entries.get(name)
        if earlier is not None:
            if (earlier.CRC, earlier.file_size) != (entry.CRC, entry.file_size):
                raise Unreadable(Reason.UNSAFE, f"it holds the part {_shown(name)} twice, with different content")
            self._remarks.add(f"the file holds the part {_shown(name)} twice")
        self._entries[name] = entry

    def names(self) -> list[str]:
        """Give the names of all parts, in lower case, in the order of the file."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        """Say whether there is such a part."""
        return fold_name(name) in self._entries

    def chunks(self, name: str, most: int | None = None) -> Iterator[bytes]:
        """Unpack a part piece by piece, at most so many bytes of it (the limit of a part if not given).

        Raises KeyError if there is no such part, and Unreadable if it is damaged or too large.
        """
        entry = self._entries[fold_name(name)]
        limits = self._meter.limits
        allowed = limits.part_bytes if most is None else most
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Other methods are allowed in no workbook (ECMA-376 part 2, annex B) and cannot be bounded while unpacking.
            raise Unreadable(Reason.UNSAFE, f"{_shown(name)} is packed in a way no spreadsheet program uses")
        return unpack(self._archive, entry, name, self._meter, allowed)

    def read(self, name: str, most: int = MEBIBYTE) -> bytes:
        """Unpack a small part. Raises KeyError and Unreadable as chunks() does."""
        return b"".join(self.chunks(name, most))


def _shown(name: str) -> str:
    return repr(name[:60])


def _check_size(name: str, size: int, allowed: int) -> None:
    if size > allowed:
        mebibytes = f"{allowed / MEBIBYTE:g} MiB"
        raise Unreadable(Reason.TOO_LARGE, f"{_shown(name)} unpacks to more than {mebibytes} in one part")
