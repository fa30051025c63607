"""ZIP archives: their files are unpacked into memory within bounds, and never onto the disk by their names."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.zip_package import ZIP_ERRORS, fold_name, is_encrypted, open_archive, unpack
from icsassess.excel.reading.envelopes.envelope import Contents, Enclosure, Envelope, bounded

_OF_PACKAGES = (
    "[content_types].xml",
    "_rels/",
    "docprops/",
    "customxml/",
    "xl/",
    "word/",
    "ppt/",
    "visio/",
    "mimetype",
    "index/",
    "index.zip",
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others cannot be bounded while they are unpacked


def _recognise(data: bytes) -> bool:
    """Say whether it is an archive of files, and not the package of an Office or OpenDocument file."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except ZIP_ERRORS:
        # Without its list, what the first file is called has to do (PKWARE APPNOTE 4.3.7).
        first = data[30 : 30 + int.from_bytes(data[26:28], "little")].decode("cp437")
        if not first.isprintable() or len(first) < 2 or len(data) < 30 + len(first):
            return False
        names = [first]
    return not any(fold_name(name).startswith(_OF_PACKAGES) for name in names)


def _open(data: bytes, meter: Meter) -> Contents:
    archive = open_archive(data, meter)
    return Contents(_enclosures(archive, meter))


def _enclosures(archive: zipfile.ZipFile, meter: Meter) -> Iterator[Enclosure]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    bounded(len(entries))
    for entry in entries:
        yield Enclosure(entry.filename, partial(_load, archive, entry, meter))


def _load(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: Meter) -> bytes:
    if is_encrypted(entry):
        raise Unreadable(Reason.PASSWORD)
    if entry.compress_type not in _METHODS:
        raise Unreadable(Reason.UNSAFE, "it is packed in an unusual way; Windows unpacks and packs it anew")
    return b"".join(unpack(archive, entry, entry.filename, meter, meter.limits.file_bytes))


ZIP = Envelope("zip", "ZIP archive", "file", _recognise, _open)
