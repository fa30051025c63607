"""Mails as most programs save them: .eml (RFC 5322 and 2045)."""

import datetime
import email
import email.errors
import email.header
import email.message
import email.utils
import re
from collections.abc import Iterator

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.reading.envelopes.envelope import MOST_TEXT, Contents, Enclosure, Envelope, Letter, bounded

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_OF_MAILS = re.compile(
    rb"^(from|received|return-path|delivered-to|mime-version|message-id|subject|date|to|x-[a-z-]+):", re.I | re.M
)
_OF_WEB_ARCHIVES = re.compile(rb"^content-type:\s*multipart/related(?![\s\S]{0,4000}^to:)", re.I | re.M)
_MOST_PARTS = 1_000
MAIL_ERRORS = (
    email.errors.MessageError,
    ValueError,  # includes UnicodeError
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
    OverflowError,
)
"""What Python's mail library raises for mails that are none."""


def head_of(data: bytes) -> bytes:
    """Give the lines above the first blank one; '' where what stands there are no header lines."""
    start = data[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b"From "):  # the line that a mailbox has before each mail (RFC 4155)
        start = start.partition(b"\n")[2]
    if not _HEADER.match(start):
        return b""
    return re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]


def _recognise(data: bytes) -> bool:
    """Say whether it begins as a mail does, with at least two of the headers that mails have; a web page saved as one
    file (.mht) does, too, but is addressed to nobody."""
    head = head_of(data)
    names = {match[1].lower() for match in _OF_MAILS.finditer(head)}
    return len(names) > 1 and (b"to" in names or b"received" in names or not _OF_WEB_ARCHIVES.search(head))


def _open(data: bytes, meter: Meter) -> Contents:
    if len(re.findall(rb"^content-type:", data, re.I | re.M)) > _MOST_PARTS:
        raise Unreadable(Reason.TOO_LARGE, f"it has more than {_MOST_PARTS:,} parts")
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        enclosures = list(_enclosures(message))
        letter, text = _letter(message), "\n".join(_texts(message))
    except MAIL_ERRORS as error:
        raise Unreadable(Reason.DAMAGED, "the mail cannot be taken apart") from error
    bounded(len(enclosures))
    meter.check_time()
    return Contents(enclosures, letter, text)


def _enclosures(part: email.message.Message) -> Iterator[Enclosure]:
    """Give the attachments; a mail that is attached is one of them, and is opened by whoever wants what is in it."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, email.message.Message):
            name = _file_name(part) or (_text(inner.get("Subject")) or "forwarded mail") + ".eml"
            yield Enclosure(name, lambda: inner.as_bytes())
        return
    if part.is_multipart():
        for inner_part in part.get_payload():
            if isinstance(inner_part, email.message.Message):
                yield from _enclosures(inner_part)
        return
    name = _file_name(part)
    disposition = part.get_content_disposition()
    if name or disposition == "attachment" or not kind.startswith(("text/", "multipart/")):
        ornament = kind.startswith("image/") and (disposition == "inline" or part.get("Content-ID") is not None)
        yield Enclosure(name or "attachment", lambda: _decoded(part), ornament)


def _texts(message: email.message.Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_maintype() == "text" and not _file_name(part):
            yield _decoded(part)[:MOST_TEXT].decode(part.get_content_charset("ascii"), "replace")
        elif part is not message and part.get_content_type() == "message/rfc822":
            return


def _decoded(part: email.message.Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except MAIL_ERRORS as error:
        raise Unreadable(Reason.DAMAGED, "the attachment cannot be decoded") from error
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: email.message.Message) -> str:
    return _text(part.get_filename())


def _text(header: object) -> str:
    """Give a header's text with its encoded words resolved (RFC 2047); what cannot be is left as it stands."""
    if header is None:
        return ""
    text = str(header)
    try:
        return " ".join(str(email.header.make_header(email.header.decode_header(text))).split())
    except MAIL_ERRORS:
        return " ".join(text.split())


def _letter(message: email.message.Message) -> Letter:
    name, address = email.utils.parseaddr(str(message.get("From", "")))
    return Letter(_text(name), address.strip().lower(), _sent(message), _text(message.get("Subject")))


def _sent(message: email.message.Message) -> datetime.datetime | None:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", "")))
    except MAIL_ERRORS:
        return None


MAIL = Envelope("mail", "mail", "attachment", _recognise, _open)
