"""Workbooks that are encrypted and open without a password all the same.

Excel encrypts a workbook whose structure is protected with a password that every program knows, so that people open it
without being asked for one ([MS-OFFCRYPTO] 2.4.2.3 for .xls). Nobody's secret is tried here: where this password does
not fit, the file has one of its own.
"""

import io
import struct

from icsassess.excel.container.compound_file import OLE_ERRORS, lists_stream
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.support.workers.bounds import Bounds
from icsassess.support.workers.pool import NoWorkers, bounded_call

_PASSWORD = "VelvetSweatshop"  # public, and the same for every workbook
_FILE_PASS = 0x2F  # the record that says that an .xls is encrypted ([MS-XLS] 2.4.117)
_BEGINNINGS = (0x809, 0x409, 0x209, 0x009)
_MOST_RECORDS = 20  # it stands right behind the first


def is_protected(data: bytes) -> bool:
    """Say whether a file is an encrypted workbook of Excel 2007 or newer."""
    return lists_stream(data, "EncryptedPackage", "EncryptionInfo")


def unprotected(data: bytes, meter: Meter) -> bytes:
    """Give what an encrypted workbook is, decrypted, and any other file as it is.

    Raises Unreadable where it has a password of its own.
    """
    if not is_protected(data):
        return data
    try:
        result = bounded_call(decrypt, data, Bounds(meter.seconds_remaining, meter.limits.worker_bytes))
    except NoWorkers as error:
        raise Unreadable(Reason.DAMAGED, "the process that opens such files could not be started") from error
    if not isinstance(result, bytes):
        raise Unreadable(Reason.PASSWORD)
    return result


def decrypt(data: bytes) -> bytes:
    """Give an encrypted workbook decrypted; raises whatever the library does where the password is another.

    To be called in a process that may fail without harm.
    """
    import msoffcrypto

    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=_PASSWORD, **({"verify_password": True} if is_protected(data) else {}))
    result = io.BytesIO()
    file.decrypt(result)
    return result.getvalue()


def is_protected_xls(data: bytes) -> bool:
    """Say whether an .xls is encrypted, in whichever way. To be called in a process that may fail without harm."""
    stream, at = _beginning(data), 0
    for number in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return False
        record, length = struct.unpack_from("<HH", stream, at)
        if number == 0 and record not in _BEGINNINGS:
            return False
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _beginning(data: bytes) -> bytes:
    """Give the beginning of the records of an .xls; none where it is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            name = next(name for name in ("Workbook", "Book", "") if not name or file.exists(name))
            return bytes(file.openstream(name).read(65_536)) if name else b""
    except OLE_ERRORS:
        return b""
