"""What the rest of the program needs to know of a kind of file that holds other files."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter

MOST_TEXT = 100_000
"""Characters of a mail's own text that are looked at."""
MOST_ENCLOSURES = 200
"""Files in one envelope. A mail has a few, an archive of a locality's returns some dozens."""


class Letter(NamedTuple):
    """What a mail says of itself; what it does not say is '' or None."""

    sender_name: str
    """As the sender's mail program shows it, such as 'Age UK Trafford'."""
    sender_address: str
    """In lower case, such as 'quality@example.org'."""
    sent: datetime.datetime | None
    subject: str


class Enclosure(NamedTuple):
    """A file within another."""

    name: str
    """As the envelope has it: it may be anything, and is never a path on the disk."""
    load: Callable[[], bytes]
    """Give its bytes. Raises Unreadable."""
    is_ornament: bool = False
    """Whether it only belongs to the text of a mail, such as the picture of a signature."""


class Contents(NamedTuple):
    """What an envelope holds."""

    enclosures: Iterable[Enclosure]
    letter: Letter | None = None
    """Where the envelope is a mail."""
    text: str = ""
    """The text of the mail itself, as far as it is short."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A kind of file that holds other files: how it is recognised and opened, and how it is called."""

    name: str
    """Such as 'mail'."""
    noun: str
    """What it is called in a sentence, such as 'mail' or 'ZIP archive'."""
    part: str
    """What a file in it is called, such as 'attachment'."""
    recognise: Callable[[bytes], bool]
    """Say whether a file is of this kind, by its bytes."""
    open: Callable[[bytes, Meter], Contents]
    """Give what is in it. Raises Unreadable, also while the enclosures are gone through."""


def bounded(number: int) -> None:
    """Stop where an envelope holds more files than anybody would send. Raises Unreadable."""
    if number > MOST_ENCLOSURES:
        raise Unreadable(Reason.TOO_LARGE, f"it holds more than {MOST_ENCLOSURES} files")
