"""Writes sentences into a document and keeps them with the cells that they came from, so that both can be listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icsassess.reports.display_text import display_text
from icsassess.reports.word.document import NUMBERED, Paper
from icsassess.reports.word.tables import Fill, add_table
from icsassess.view.findings.sentence import Sentence, Source


class WrittenSentence(NamedTuple):
    """A sentence as it stands in the document, and the part that it stands in."""

    part: str
    sentence: Sentence


class Row(NamedTuple):
    """A row of a table and the cells that it came from."""

    values: Sequence[object]
    sources: tuple[Source, ...] = ()


class Writer:
    """A document with a list of its sentences beside it."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.sentences: list[WrittenSentence] = []
        self._part = ""

    def heading(self, text: str, level: int = 1, *, numbered: bool = True) -> None:
        """Begin a part."""
        if level == 1:
            self._part = text
        self.paper.heading(text, level, numbered=numbered)

    def numbered(self, *sentences: Sentence, lead: str = "") -> None:
        """Write sentences as one numbered paragraph."""
        self._write(sentences, lead, NUMBERED)

    def paragraph(self, *sentences: Sentence, lead: str = "") -> None:
        """Write sentences as one paragraph."""
        self._write(sentences, lead, "Normal")

    def bullet(self, *sentences: Sentence, lead: str = "", style: str = "List Bullet") -> None:
        """Write sentences as an item of a list."""
        self._write(sentences, lead, style)

    def _write(self, sentences: Sequence[Sentence], lead: str, style: str) -> None:
        texts = [sentence.whole for sentence in sentences if sentence.whole]
        if texts or lead:
            self.paper.paragraph(" ".join(texts), lead=lead, style=style)
        for sentence in sentences:
            self.note(sentence._replace(lead=lead) if lead and sentence is sentences[0] else sentence)

    def note(self, sentence: Sentence) -> None:
        """Keep a sentence that was written elsewhere."""
        if sentence.whole:
            self.sentences.append(WrittenSentence(self._part, sentence))

    def table(
        self,
        caption: str,
        headings: Sequence[str],
        rows: Iterable[Row],
        widths: Sequence[float],
        *,
        fill: Fill | None = None,
        size: float = 10,
        total: bool = False,
        rooms: Sequence[int] = (),
    ) -> None:
        """Write a table; each of its rows is kept as a sentence, but where columns are ``rooms`` for the author."""
        rows = list(rows)
        values = [row.values for row in rows]
        add_table(self.paper, caption, headings, values, widths, fill=fill, size=size, last_is_total=total, rooms=rooms)
        for row in () if rooms else rows:
            text = " | ".join(display_text(value) for value in row.values if value not in ("", None))
            self.note(Sentence(text, row.sources, lead=f"{caption}."))
