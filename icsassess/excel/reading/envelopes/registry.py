"""All kinds of file that hold other files. A further one is a module beside this one, and its line in ``ENVELOPES``."""

from icsassess.excel.reading.envelopes.envelope import Envelope
from icsassess.excel.reading.envelopes.mail import MAIL
from icsassess.excel.reading.envelopes.outlook import OUTLOOK
from icsassess.excel.reading.envelopes.zip_archive import ZIP

ENVELOPES: list[Envelope] = [ZIP, OUTLOOK, MAIL]
"""In the order in which they are asked whether a file is theirs."""


def envelope_of(data: bytes) -> Envelope | None:
    """Give the kind of envelope that a file is, by its bytes; None where it is none."""
    return next((candidate for candidate in ENVELOPES if candidate.recognise(data)), None)
