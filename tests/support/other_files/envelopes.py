"""Mails and archives from what is in them."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

from tests.support.other_files.compound_file import Storage, compound_file

SENT = datetime.datetime(2024, 1, 9, 10, 30, tzinfo=datetime.UTC)
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def message(
    attachments: Mapping[str, bytes] | None = None,
    sender: str = "Quality team <quality@example.org>",
    subject: str = "Our return",
    text: str = "Please find our return attached.",
    forwarded: EmailMessage | None = None,
) -> EmailMessage:
    """Give a mail, with the picture of a signature as most have, and perhaps another mail attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "lead@example.org", subject
    mail["Date"] = SENT
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p><img src='cid:logo'>", subtype="html")
    mail.get_payload()[1].add_related(b"\x89PNG\r\n", "image", "png", cid="<logo>", filename="image001.png")  # type: ignore[index,union-attr]
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, *_XLSX, filename=name)
    if forwarded is not None:
        mail.add_attachment(forwarded)
    return mail


def eml(attachments: Mapping[str, bytes] | None = None, **of_message: object) -> bytes:
    """Give a mail as most programs save it."""
    return message(attachments, **of_message).as_bytes()  # type: ignore[arg-type]


def msg(
    attachments: Mapping[str, bytes] | None = None,
    sender: str = "Quality team",
    address: str = "quality@example.org",
    subject: str = "Our return",
    text: str = "Please find our return attached.",
    embedded: Mapping[str, Mapping[str, bytes]] | None = None,
) -> bytes:
    """Give a mail as Outlook saves it; ``embedded`` are attached mails by subject, with their attachments."""
    return compound_file(_message(attachments or {}, sender, address, subject, text, embedded or {}, 32))


def archive(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """Give a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(zipfile.ZipInfo(name, (2024, 1, 9, 10, 0, 0)), data, zipped.compression)
    return buffer.getvalue()


def _message(
    attachments: Mapping[str, bytes],
    sender: str,
    address: str,
    subject: str,
    text: str,
    embedded: Mapping[str, Mapping[str, bytes]],
    header: int,
) -> dict[str, bytes | Storage]:
    filetime = int((SENT - datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)).total_seconds()) * 10_000_000
    storage: dict[str, bytes | Storage] = {
        "__properties_version1.0": bytes(header) + struct.pack("<IIQ", 0x00390040, 6, filetime),
        **_texts({"0037": subject, "0C1A": sender, "5D01": address, "1000": text}),
    }
    parts: list[dict[str, bytes | Storage]] = [
        {"__properties_version1.0": bytes(8), "__substg1.0_37010102": data, **_texts({"3707": name})}
        for name, data in attachments.items()
    ]
    for inner_subject, files in embedded.items():
        inner = _message(files, "A partner", "partner@example.org", inner_subject, "", {}, 24)
        parts.append({"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner})
    for number, part in enumerate(parts):
        storage[f"__attach_version1.0_#{number:08X}"] = part
    return storage


def _texts(values: Mapping[str, str]) -> dict[str, bytes]:
    return {f"__substg1.0_{number}001F": text.encode("utf-16-le") for number, text in values.items() if text}
