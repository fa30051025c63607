"""A reminder as an e-mail that mail programs open as a draft, with its attachment (RFC 5322, RFC 2045 to 2047)."""

from __future__ import annotations

import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from icsassess.locality.locality import Locality
from icsassess.locality.sender import addresses_of
from icsassess.reports.agenda.reminders import Reminder

_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_LONGEST_LINE = 998  # of a header (RFC 5322, 2.1.1): one that is not folded reads the same in every program
_MORNING = datetime.time(9, tzinfo=datetime.UTC)


def as_email(reminder: Reminder, locality: Locality, day: datetime.date) -> bytes:
    """Give a draft as the bytes of an ``.eml`` file, dated in the morning of ``day``.

    Opened in a mail program it is ready to be read through and sent. Where the settings name no address, the line for
    it is left out.
    """
    settings = locality.settings
    message = EmailMessage(policy=SMTP)
    if settings.sender.email:
        name = settings.sender.name or settings.sender.role
        message["From"] = Address(name, addr_spec=settings.sender.email)
    if addresses := addresses_of(reminder.partner.email):
        message["To"] = [Address(addr_spec=address) for address in addresses]
    message["Subject"] = " ".join(f"{settings.marking}: {reminder.subject}".split())
    message["Date"] = format_datetime(datetime.datetime.combine(day, _MORNING))
    message["X-Unsent"] = "1"  # opens as a draft, not as a message that was received
    message.set_content(reminder.text, cte="quoted-printable")
    if reminder.attachment is not None:
        maintype, subtype = _WORKBOOK
        data = reminder.attachment.read_bytes()
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=reminder.attachment.name)
        # A boundary of its own, so that the same draft has the same bytes.
        message.set_boundary(f"=_{reminder.partner.code}_icsassess_=")
    return message.as_bytes(policy=SMTP.clone(max_line_length=_LONGEST_LINE))
