"""A file within another, by a path that goes on where the file on the disk ends: ``returns/mail.eml/return.xlsx``.

Such a path is only a name. Nothing is ever written under it, and what an envelope calls its files is made harmless
before it becomes a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import DEFAULT_LIMITS, Limits, Meter, Remarks
from icsassess.excel.reading.envelopes.envelope import Contents, Enclosure, Envelope, Letter, bounded
from icsassess.excel.reading.envelopes.registry import envelope_of
from icsassess.excel.reading.formats.registry import recognise
from icsassess.excel.reading.input_file import InputFile
from icsassess.support.system_files import is_of_the_system

MOST_LAYERS = 4
"""Envelopes in each other: an archive in a mail that was forwarded is three."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]+')
_LONGEST_NAME = 120


class Wrapping(NamedTuple):
    """An envelope that a file came in, from the outermost on."""

    envelope: Envelope
    name: str
    """The file's name in it."""
    letter: Letter | None


class Listed(NamedTuple):
    """A file within an envelope."""

    name: str
    """Its path from the envelope on, such as 'forms.zip/North/return.xlsx'."""
    wrappings: tuple[Wrapping, ...]
    data: bytes
    unreadable: Unreadable | None
    """Why it cannot be read as a table of any kind, as far as that shows from outside."""

    @property
    def may_be_read(self) -> bool:
        """Whether it is a table, or would be one but for a password or damage."""
        return self.unreadable is None or self.unreadable.reason is not Reason.NOT_A_WORKBOOK


def split_path(path: Path) -> tuple[Path, str]:
    """Give the file on the disk that a path leads to or into, and the path from there on, '' for the file itself."""
    for file in path.parents if not path.exists() else ():
        if file.is_file():
            return file, path.relative_to(file).as_posix()
    return path, ""


def enclosed_file(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[bytes, tuple[Wrapping, ...]]:
    """Give the bytes of the file of a name within an envelope, and what it came in. Raises Unreadable."""
    meter = Meter(limits)
    wrappings: tuple[Wrapping, ...] = ()
    while name:
        envelope = envelope_of(data)
        contents = envelope.open(data, meter) if envelope else None
        for enclosure in _named(contents):
            if name == enclosure.name or name.startswith(enclosure.name + "/"):
                assert envelope is not None
                assert contents is not None
                wrappings = (*wrappings, Wrapping(envelope, enclosure.name, contents.letter))
                data, name = enclosure.load(), name[len(enclosure.name) + 1 :]
                break
        else:
            raise Unreadable(Reason.MISSING, "there is no such file in it")
    return data, wrappings


def list_enclosed(data: bytes, meter: Meter, before: str = "", around: tuple[Wrapping, ...] = ()) -> Iterator[Listed]:
    """Give the files within an envelope, those of envelopes in it, too; nothing for a file that is none.

    Pictures that only belong to a mail's text are left out. Raises Unreadable.
    """
    envelope = envelope_of(data)
    if envelope is None:
        return
    if len(around) >= MOST_LAYERS:
        raise Unreadable(Reason.UNSAFE, f"it holds files in each other more than {MOST_LAYERS} deep")
    contents = envelope.open(data, meter)
    for enclosure in _named(contents):
        meter.check_time()
        if enclosure.is_ornament:
            continue
        name = f"{before}/{enclosure.name}" if before else enclosure.name
        wrappings = (*around, Wrapping(envelope, enclosure.name, contents.letter))
        try:
            inner = enclosure.load()
        except Unreadable as error:
            yield Listed(name, wrappings, b"", error)
            continue
        if envelope_of(inner) is None:
            yield Listed(name, wrappings, inner, _why_unreadable(inner, meter))
            continue
        try:
            yield from list_enclosed(inner, meter, name, wrappings)
        except Unreadable as error:  # costs what was in it only
            yield Listed(name, wrappings, inner, error)


def _why_unreadable(data: bytes, meter: Meter) -> Unreadable | None:
    if not data:
        return Unreadable(Reason.EMPTY_FILE)
    try:
        recognise(InputFile(data, meter, Remarks(meter.limits.remarks)))
    except Unreadable as error:
        return error
    return None


def _named(contents: Contents | None) -> Iterator[Enclosure]:
    """Give the enclosures under names that can stand in a path, each once; without what systems leave in archives."""
    taken: set[str] = set()
    for number, enclosure in enumerate(contents.enclosures if contents else (), 1):
        bounded(number)
        parts = harmless_parts(enclosure.name)
        if any(is_of_the_system(part) for part in parts):
            continue
        name = _free("/".join(parts) or f"file {number}", taken)
        taken.add(name.casefold())
        yield enclosure._replace(name=name)


def harmless_parts(name: str) -> list[str]:
    """Give the folders and the file of a name: nothing that leads out of a folder, and no character that a path or a
    terminal would act on."""
    parts = [" ".join(_UNSAFE.sub(" ", part).split()).strip(" ") for part in name.replace("\\", "/").split("/")]
    return [_short(part) for part in parts if part.strip(". ")]


def _short(part: str) -> str:
    if len(part) <= _LONGEST_NAME:
        return part
    stem, dot, ending = part.rpartition(".")
    return f"{stem[: _LONGEST_NAME - 12]}….{ending}" if dot and len(ending) < 8 else part[:_LONGEST_NAME]


def _free(name: str, taken: set[str]) -> str:
    """Give the name, or 'return (2).xlsx' where an earlier file has it."""
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem} ({number}).{ending}" if dot and "/" not in ending else f"{name} ({number})"
    return candidate
