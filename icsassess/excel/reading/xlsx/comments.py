"""Notes on cells: the old kind, and threads of comments with their replies."""

import re
from collections.abc import Iterable

from icsassess.excel.cells.addresses import parse_area
from icsassess.excel.container.errors import Reason, Unreadable
from icsassess.excel.container.limits import Meter
from icsassess.excel.container.xml import PartReader, attribute, parse, unescape
from icsassess.excel.reading.xlsx.rich_text import RichText

Notes = dict[tuple[int, int], str]

# A thread also leaves an old note for programs that know no threads. Its author is "tc={...}" and it opens with a
# notice in the user's language, whose link is always this one; then come 'Comment:' and the texts.
_THREAD_AUTHOR = "tc={"
_NOTICE = re.compile(r"\[[^\]]*\].*?linkid=870924\S*\s*(?:[^\s:]{1,30}:)?[ \t]*\n?", re.DOTALL)


class _OldNotes(PartReader):
    """ECMA-376 part 1, 18.7.6."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.notes: Notes = {}
        self.wrong = 0
        self._authors: list[str] = []
        self._rich: RichText | None = None
        self._place: tuple[int, int] | None = None
        self._from_thread = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self._place = _place(attributes)
            self.wrong += self._place is None
            author = attribute(attributes, "authorId") or ""
            index = int(author) if author.isdecimal() and len(author) < 8 else -1
            self._from_thread = 0 <= index < len(self._authors) and self._authors[index].startswith(_THREAD_AUTHOR)
            self._rich = RichText()
        elif self._rich is not None:
            self.keeps_text = name == "t"
            self._rich.opened(name, attributes)

    def closed(self, name: str, text: str) -> None:
        if name == "author":
            self._authors.append(text)
        elif name == "comment" and self._rich is not None:
            note = self._rich.text()
            if self._from_thread or note.startswith("[Threaded comment]"):
                note = _NOTICE.sub("", note, count=1).strip()
            _add(self.notes, self._place, note, self.meter)
            self._rich = None
        elif self._rich is not None:
            self.keeps_text = False
            self._rich.closed(name, text)


class _Threads(PartReader):
    """[MS-XLSX] 2.6.205 (CT_ThreadedComment)."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.notes: Notes = {}
        self.wrong = 0
        self._place: tuple[int, int] | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "threadedComment":
            self._place = _place(attributes)
            self.wrong += self._place is None
        self.keeps_text = name == "text"

    def closed(self, name: str, text: str) -> None:
        if name == "text" and self._place is not None:
            _add(self.notes, self._place, unescape(text), self.meter)
        self.keeps_text = False


def _place(attributes: dict[str, str]) -> tuple[int, int] | None:
    try:
        return parse_area(attribute(attributes, "ref") or "")[:2]
    except ValueError:
        return None


def _add(notes: Notes, place: tuple[int, int] | None, note: str, meter: Meter) -> None:
    if place is None or not note:
        return
    if len(notes) >= meter.limits.annotations:
        raise Unreadable(Reason.TOO_LARGE, f"a sheet has more than {meter.limits.annotations:,} notes")
    meter.held(4 * len(note) + 200)
    notes[place] = f"{notes[place]}\n{note}" if place in notes else note


def read_notes(chunks: Iterable[bytes], meter: Meter, part: str, threaded: bool) -> tuple[Notes, int]:
    """Give the notes of a sheet by (row, column), and how many had an address that does not exist.

    Raises Unreadable.
    """
    reader = parse(chunks, _Threads(meter) if threaded else _OldNotes(meter), part)
    return reader.notes, reader.wrong
