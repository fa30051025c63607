"""A sentence that people read, and the cells that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Source(NamedTuple):
    """A place that a sentence was made from, and what stands there.

    ``file`` is relative to the locality's folder; ``""`` is the workbook that the group types into, where ``row`` is
    the reference or number of the row and ``column`` the title of the column (people sort that workbook, so that an
    address would not last). ``cell`` is ``""`` where a whole file or setting is meant.
    """

    file: str
    sheet: str
    cell: str
    text: str
    row: str = ""
    column: str = ""


class Sentence(NamedTuple):
    """A sentence, or a few that belong together; ``lead`` stands before it in bold."""

    text: str
    sources: tuple[Source, ...] = ()
    lead: str = ""

    @property
    def whole(self) -> str:
        """The lead and the text as one."""
        return f"{self.lead} {self.text}".strip()


def joined(sentences: Iterable[Sentence], lead: str = "") -> Sentence:
    """Make one paragraph of sentences, with the sources of all."""
    parts = list(sentences)
    text = " ".join(part.whole for part in parts if part.whole)
    return Sentence(text, tuple(dict.fromkeys(_sources(parts))), lead)


def _sources(parts: Iterable[Sentence]) -> Iterator[Source]:
    for part in parts:
        yield from part.sources
