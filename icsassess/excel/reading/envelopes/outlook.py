"""Mails as Outlook saves them: .msg ([MS-OXMSG])."""

import datetime
import io
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from icsassess.excel.container.compound_file import OLE_ERRORS, lists_stream
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.envelopes.envelope import MOST_TEXT, Contents, Enclosure, Envelope, Letter, bounded

if TYPE_CHECKING:
    import olefile

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
# Properties by their number in the names of streams ([MS-OXPROPS]).
_SUBJECT, _SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = "0037", "0C1A", "5D01", "0C1F"
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _CONTENT_ID = "3707", "3704", "3001", "3712"
_BODY = "1000"
_DATA, _EMBEDDED = "__substg1.0_37010102", "__substg1.0_3701000D"
_SUBMITTED, _DELIVERED, _IS_HIDDEN = 0x00390040, 0x0E060040, 0x7FFE000B
_FILETIME_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)  # [MS-DTYP] 2.3.3


def _recognise(data: bytes) -> bool:
    return lists_stream(data, _PROPERTIES) and not lists_stream(data, "Workbook")


def _open(data: bytes, meter: Meter) -> Contents:
    import olefile

    try:
        file = olefile.OleFileIO(io.BytesIO(data))
        reader = _Message(file, meter, ())
        return Contents(list(reader.enclosures()), reader.letter(), reader.text())
    except OLE_ERRORS as error:
        raise Unreadable(Reason.DAMAGED, "the mail cannot be taken apart") from error


class _Message:
    """A mail, or one within a mail, by the storage it stands in."""

    def __init__(self, file: "olefile.OleFileIO[str]", meter: Meter, storage: tuple[str, ...]) -> None:
        self._file = file
        self._meter = meter
        self._storage = storage
        self._fixed = self._fixed_properties(storage, 24 if storage else 32)

    def letter(self) -> Letter:
        """Give what the mail says of itself."""
        address = self._text(self._storage, _SENDER_SMTP) or self._text(self._storage, _SENDER_ADDRESS)
        sent = self._fixed.get(_SUBMITTED) or self._fixed.get(_DELIVERED)
        return Letter(
            self._text(self._storage, _SENDER_NAME),
            address.lower() if "@" in address else "",
            _moment(sent),
            self._text(self._storage, _SUBJECT),
        )

    def text(self) -> str:
        """Give the mail's own text."""
        return self._text(self._storage, _BODY)[:MOST_TEXT]

    def enclosures(self) -> Iterator[Enclosure]:
        """Give the attachments, those of a mail that is attached with its subject before their names."""
        at = len(self._storage)
        inside = [
            path[at]
            for path in self._file.listdir(streams=True, storages=True)
            if tuple(path[:at]) == self._storage and len(path) > at and path[at].startswith(_ATTACHMENT)
        ]
        names = sorted(dict.fromkeys(inside))
        bounded(len(names))
        for name in names:
            self._meter.check_time()
            storage = (*self._storage, name)
            if self._file.exists([*storage, _EMBEDDED]):
                if len(storage) > 6:  # a mail in a mail in a mail
                    raise Unreadable(Reason.UNSAFE, "it holds mails in each other more than three deep")
                inner = _Message(self._file, self._meter, (*storage, _EMBEDDED))
                subject = inner.letter().subject or "forwarded mail"
                for enclosure in inner.enclosures():
                    yield enclosure._replace(name=f"{subject.replace('/', ' ')}/{enclosure.name}")
            elif self._file.exists([*storage, _DATA]):
                fixed = self._fixed_properties(storage, 8)
                ornament = bool(fixed.get(_IS_HIDDEN)) or bool(self._text(storage, _CONTENT_ID))
                yield Enclosure(self._name(storage), partial(self._read, (*storage, _DATA)), ornament)

    def _name(self, storage: tuple[str, ...]) -> str:
        names = (self._text(storage, number) for number in (_LONG_NAME, _DISPLAY_NAME, _SHORT_NAME))
        return next((name for name in names if name), "attachment")

    def _read(self, path: tuple[str, ...]) -> bytes:
        try:
            size = self._file.get_size(list(path))
            if size > self._meter.limits.file_bytes:
                raise Unreadable(Reason.TOO_LARGE, "an attachment is larger than can be read")
            self._meter.unpacked(size)
            return bytes(self._file.openstream(list(path)).read())
        except OLE_ERRORS as error:
            raise Unreadable(Reason.DAMAGED, "the attachment cannot be taken out") from error

    def _text(self, storage: tuple[str, ...], number: str) -> str:
        """Give a property that is a text, in Unicode or as older Outlooks wrote it."""
        for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
            path = [*storage, f"__substg1.0_{number}{kind}"]
            if self._file.exists(path):
                return " ".join(self._read(tuple(path)).decode(encoding, "replace").replace("\0", " ").split())
        return ""

    def _fixed_properties(self, storage: tuple[str, ...], header: int) -> dict[int, int]:
        """Give the properties that are numbers or moments, by their tag ([MS-OXMSG] 2.4)."""
        path = [*storage, _PROPERTIES]
        if not self._file.exists(path):
            return {}
        data = self._read(tuple(path))[header:65_536]
        return {
            int.from_bytes(data[at : at + 4], "little"): int.from_bytes(data[at + 8 : at + 16], "little")
            for at in range(0, len(data) - 15, 16)
        }


def _moment(filetime: int | None) -> datetime.datetime | None:
    """Give a moment counted in tenths of microseconds since 1601; None for one that no calendar has."""
    if not filetime:
        return None
    try:
        return _FILETIME_EPOCH + datetime.timedelta(microseconds=filetime // 10)
    except OverflowError:
        return None


OUTLOOK = Envelope("outlook", "mail", "attachment", _recognise, _open)
