"""The mail or the archive that a return came in: in words, and as a sign of whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from icsassess.domain import personal_data
from icsassess.domain.problems import Problem, make_problem
from icsassess.excel.container.errors import Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Meter
from icsassess.excel.reading.envelopes.enclosed_files import Wrapping, list_enclosed
from icsassess.excel.reading.envelopes.envelope import Envelope, Letter
from icsassess.excel.reading.envelopes.registry import envelope_of
from icsassess.support.text import clip, listing

_SHARED_FILE = re.compile(
    r"https?://[^\s<>\"']*(?:sharepoint\.com|1drv\.ms|onedrive\.live\.com|docs\.google\.com|dropbox\.com|wetransfer\.com)",
    re.IGNORECASE,
)


def sender_of(wrappings: Sequence[Wrapping]) -> Letter | None:
    """Give the mail that a file was attached to, the innermost where one was forwarded; None for no mail.

    Its sender is a sign of whose the file is, and its date of when it came.
    """
    return next((wrapping.letter for wrapping in reversed(wrappings) if wrapping.letter is not None), None)


def came_in(wrappings: Sequence[Wrapping]) -> str:
    """Give where a file lay, in words: ‘the mail of 9 January 2024 from Age UK, attachment return.xlsx’."""
    pieces = []
    for wrapping in wrappings:
        pieces.append(describe(wrapping.envelope, wrapping.letter))
        pieces.append(f"{wrapping.envelope.part} ‘{clip(personal_data.mask(wrapping.name), 80)}’")
    return ", ".join(pieces)


def describe(envelope: Envelope, letter: Letter | None) -> str:
    """Give a mail or an archive in words: ‘the mail of 9 January 2024 from Age UK <quality@…>’."""
    words = f"the {envelope.noun}"
    if letter is None:
        return words
    if letter.sent is not None:
        words += f" of {letter.sent.day} {letter.sent:%B %Y}"
    name, address = letter.sender_name, letter.sender_address
    sender = f"{name} <{address}>" if name and address and name.lower() != address else name or address
    return f"{words} from {clip(personal_data.mask(sender), 80)}" if sender else words


def about_envelope(data: bytes, wrappings: tuple[Wrapping, ...]) -> Problem | None:
    """Give the point of a mail or an archive from which no return can be taken; None for any other file.

    ``wrappings`` are the mails and archives around it.
    """
    envelope = envelope_of(data)
    if envelope is None:
        return None
    meter = Meter(DEFAULT_LIMITS)
    try:
        contents = envelope.open(data, meter)
        what = describe(envelope, contents.letter)
        enclosed = list(list_enclosed(data, meter, around=wrappings))
        others = [(listed.name, listed.unreadable.detail) for listed in enclosed if listed.unreadable]
    except Unreadable as error:
        return make_problem("envelope-unusable", noun=envelope.noun, detail=error.detail or str(error.reason))
    if others:
        return make_problem("envelope-without-return", what=what, others=others_in_words(others))
    if _SHARED_FILE.search(contents.text):
        return make_problem("envelope-with-a-link", what=what)
    return make_problem("envelope-empty", what=what, part=envelope.part)


def others_in_words(others: Sequence[tuple[str, str]]) -> str:
    """Give files and what each is: ‘photo.jpg (an image) and notes.pdf (a PDF)’."""
    return listing([f"‘{clip(personal_data.mask(name), 60)}’ ({what})" for name, what in others], most=8)
